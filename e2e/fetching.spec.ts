import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, expect, test } from '@playwright/test';
import { findDifference } from '../src/testing/close-to.ts';
import { createTinyModel, writeGguf } from '../src/testing/gguf-file.ts';
import { GoldenArrays, readGoldenJson } from '../src/testing/golden.ts';
import { type ModelServer, startModelServer } from '../src/testing/model-server.ts';
import { HeadlightPage } from './headlight-page.ts';

/* Models from a server and a hub, which misbehave as servers do. */

const GOLDEN = 'src/testing/golden';
const LLAMA = readFileSync(`${GOLDEN}/architectures/llama/model.gguf`);
const QWEN: Record<string, Uint8Array> = Object.fromEntries(
  ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'model.safetensors'].map((name) => [
    name,
    readFileSync(`${GOLDEN}/architectures/qwen3/${name}`),
  ]),
);
const quantised = (type: string): Uint8Array => readFileSync(`${GOLDEN}/quantised/${type}.gguf`);
/** Slow enough that a test can see a download and stop it. */
const SLOW = { bytesPerTick: 20_000, tickMs: 50 };

let server: ModelServer;
let context: BrowserContext;
let app: HeadlightPage;

test.beforeEach(async ({ browser }) => {
  server = await startModelServer({
    files: { 'models/tiny.gguf': LLAMA },
    repos: {
      'acme/tiny': {
        files: {
          'README.md': new TextEncoder().encode('# tiny'),
          'tiny.Q4_0.gguf': quantised('Q4_0'),
          'tiny.Q8_0.gguf': quantised('Q8_0'),
          'tiny.TQ2_0.gguf': quantised('Q4_0'),
        },
        redirects: true,
      },
      'acme/qwen': { files: QWEN, pageSize: 2 },
      'acme/closed': { files: { 'a.gguf': LLAMA }, token: 'hf_secret' },
    },
  });
  context = await openContext(browser);
  app = new HeadlightPage(await context.newPage());
  await app.open('/?threads=1#v=1&begin=0');
});
test.afterEach(async () => {
  expect(app.errors).toEqual([]);
  await context.close();
  await server.close();
});

/** A fresh browser in which a small model stands in for the embedded one, which takes seconds to load. */
async function openContext(browser: Browser): Promise<BrowserContext> {
  const fresh = await browser.newContext();
  await fresh.route('**/models/SmolLM2*.gguf', (route) =>
    route.fulfill({ body: Buffer.from(LLAMA), contentType: 'application/octet-stream' }),
  );
  return fresh;
}

const chip = () => app.page.locator('.chip.model');
const notice = () => app.page.locator('[data-opening]');

async function openUrl(url: string): Promise<void> {
  const panel = await app.openModels();
  await panel.getByLabel('Address of a .gguf').fill(url);
  await panel.getByRole('button', { name: 'Open', exact: true }).first().click();
}

async function listHub(repo: string, token = ''): Promise<void> {
  const panel = await app.openModels();
  await panel.getByLabel('Hub id').fill(repo);
  if (!(await panel.getByLabel('Address of the hub').isVisible()))
    await panel.getByText('Hub, revision, access token').click();
  await panel.getByLabel('Address of the hub').fill(server.url);
  await panel.getByLabel('Access token').fill(token);
  await panel.getByRole('button', { name: 'List files' }).click();
}

async function expectLlama(): Promise<void> {
  const { text, ids } = readGoldenJson<{ text: string; ids: number[] }>(
    'architectures/llama/expected.json',
  );
  await app.page.keyboard.press('Escape');
  await app.setText(text);
  expect(await app.readIds()).toEqual(ids);
  const golden = new GoldenArrays('architectures/llama/expected');
  const attention = await app.readAttention();
  expect(findDifference(attention, golden.floats('attention'), { atol: 1e-4 })).toBeNull();
}

test('an address: fetched once, kept over a reload, read without a network, and deleted', async () => {
  await openUrl(`${server.url}/models/tiny.gguf`);
  await expect(chip()).toContainText('tiny', { timeout: 30_000 });
  await app.idle();
  const panel = await app.openModels();
  await expect(panel.locator('.models')).toContainText('tiny');
  await expect(panel.locator('[data-readout=hash]')).toHaveText(/^[0-9a-f]{64}$/);
  await expectLlama();
  expect(app.page.url()).toContain('model=url');
  server.forget();

  await app.page.reload();
  await expect(chip()).toContainText('tiny', { timeout: 30_000 });
  await app.idle();
  expect(server.requests).toEqual([]);
  await expectLlama();

  const again = await app.openModels();
  await again.getByRole('button', { name: 'Open SmolLM2-135M-Instruct' }).click();
  await expect(app.page.locator('[data-model=ready]')).toContainText('SmolLM2', {
    timeout: 60_000,
  });
  await again.getByRole('button', { name: 'Delete tiny from this browser' }).click();
  await again.getByRole('button', { name: /^Delete 623 kB\? tiny/ }).click();
  await expect(again.locator('.models li')).toHaveCount(1);
  await expect(again).toContainText('No other model is kept here yet');
});

test('a hub: its files with sizes, one of them fetched by way of another host, and verified', async () => {
  await listHub('acme/tiny');
  const rows = app.page.locator('[data-readout=variants] tbody tr');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(0)).toContainText('467 kB');
  await expect(rows.filter({ hasText: 'TQ2_0' })).toContainText('cannot be read');
  await expect(rows.filter({ hasText: 'TQ2_0' }).getByRole('button')).toBeDisabled();
  await rows.filter({ hasText: 'Q8_0' }).getByRole('button').click();
  await expect(chip()).toContainText('tiny.Q8_0', { timeout: 30_000 });
  await app.idle();
  expect(server.requests.some(({ isOtherHost }) => isOtherHost)).toBe(true);
  const panel = await app.openModels();
  await expect(panel.locator('.models')).toContainText('hash as the host gives it');
  await expect(panel.locator('.models')).toContainText('acme/tiny');
  await app.page.keyboard.press('Escape');
  const { text } = readGoldenJson<{ text: string }>('quantised/expected.json');
  await app.setText(text);
  const golden = new GoldenArrays('quantised/Q8_0.expected');
  const attention = await app.readAttention();
  expect(findDifference(attention, golden.floats('attention'), { atol: 1e-4 })).toBeNull();
});

test('a hub: safetensors with what belongs to them, as one choice', async () => {
  await listHub(`${server.url}/acme/qwen/tree/main`);
  const row = app.page.locator('[data-readout=variants] tbody tr');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('safetensors');
  await row.getByRole('button').click();
  await expect(chip()).toContainText('qwen', { timeout: 30_000 });
  await app.idle();
  const { text } = readGoldenJson<{ text: string }>('architectures/qwen3/expected.json');
  await app.page.keyboard.press('Escape');
  await app.setText(text);
  const golden = new GoldenArrays('architectures/qwen3/expected');
  const attention = await app.readAttention();
  expect(findDifference(attention, golden.floats('attention'), { atol: 1e-4 })).toBeNull();
});

test('a hub: a login, a repository that is not there, one without a model', async () => {
  await listHub('acme/closed');
  const panel = app.page.getByRole('dialog');
  await expect(panel.getByRole('alert')).toContainText('asks for a login');
  await listHub('acme/closed', 'hf_secret');
  await expect(panel.locator('[data-readout=variants] tbody tr')).toHaveCount(1);
  await panel.locator('[data-readout=variants] button').click();
  await expect(chip()).toContainText('· F32', { timeout: 30_000 });
  await app.idle();
  expect(server.requests.at(-1)?.authorization).toBe('Bearer hf_secret');
  server.putRepo('acme/words', { files: { 'README.md': new Uint8Array(3) } });
  await listHub('acme/words');
  await expect(panel.getByRole('alert')).toContainText('no .gguf');
  await listHub('acme/tiny:');
  await expect(panel.getByRole('alert')).toContainText('owner/name');
});

test('a download shows how far it is, is stopped, and goes on where it stopped after a reload', async () => {
  server.alwaysMisbehave('models/tiny.gguf', SLOW);
  await openUrl(`${server.url}/models/tiny.gguf`);
  await expect(notice()).toContainText(/of 622\.\d+ kB|of 623 kB/, { timeout: 30_000 });
  await expect(notice()).toContainText('left', { timeout: 30_000 });
  await expect(notice()).toContainText(/will take about 6\d\d\.\d MB of memory/);
  // The model in use works meanwhile.
  await app.page.keyboard.press('Escape');
  await expect(chip()).toContainText('fetching tiny');
  await app.page.getByLabel('Your text').fill('Three owls counted the bells.');
  await expect(app.readout('tokens')).toContainText('tokens');
  await notice().getByRole('button', { name: 'Stop' }).click();
  await expect(notice()).toHaveCount(0);

  await app.page.reload();
  await app.idle();
  server.alwaysMisbehave('models/tiny.gguf', null);
  server.forget();
  const panel = await app.openModels();
  await expect(panel.locator('.models li').nth(1)).toContainText(/kB of 62\d kB here/);
  await panel.getByRole('button', { name: 'Resume the download of tiny' }).click();
  await expect(chip()).toContainText('tiny', { timeout: 30_000 });
  await app.idle();
  const resumed = server.requests.map(({ range }) => range ?? '');
  expect(resumed.some((range) => /^bytes=[1-9]\d*-$/.test(range))).toBe(true);
  await expectLlama();
});

test('a line that drops and a server that asks to wait are overcome without a click', async () => {
  server.misbehave(
    'models/tiny.gguf',
    {},
    {},
    { dropsAfter: 200_000 },
    { status: 429, retryAfter: '1' },
    { status: 503 },
  );
  await openUrl(`${server.url}/models/tiny.gguf`);
  await expect(notice()).toContainText('trying again', { timeout: 30_000 });
  await expect(chip()).toContainText('tiny', { timeout: 60_000 });
  await app.idle();
  await expectLlama();
});

test('a server without ranges gives the model too; a page in place of a file does not stay', async () => {
  server.alwaysMisbehave('models/tiny.gguf', { refusesRanges: true });
  await openUrl(`${server.url}/models/tiny.gguf`);
  await expect(chip()).toContainText('tiny', { timeout: 30_000 });
  await app.idle();
  server.alwaysMisbehave('models/page.gguf', { page: '<h1>Hello</h1>' });
  await openUrl(`${server.url}/models/page.gguf`);
  await expect(notice()).toContainText('answered with a web page', { timeout: 30_000 });
  await expect(chip()).toContainText('tiny');
  const panel = await app.openModels();
  await expect(panel.locator('.models li')).toHaveCount(2);
});

test('404, a host that forbids other pages, a lying length, a damaged file: said, and the model in use stays', async () => {
  await openUrl(`${server.url}/models/none.gguf`);
  await expect(notice()).toContainText('answered 404');
  server.alwaysMisbehave('models/tiny.gguf', { forbidsOthers: true });
  await openUrl(`${server.url}/models/tiny.gguf`);
  await expect(notice()).toContainText('could not be read');
  server.alwaysMisbehave('models/tiny.gguf', null);
  server.putRepo('acme/liar', {
    files: { 'a.Q4_0.gguf': quantised('Q4_0'), 'b.Q8_0.gguf': quantised('Q8_0') },
    saysSizes: { 'a.Q4_0.gguf': 400_000 },
    saysHashes: { 'b.Q8_0.gguf': 'f'.repeat(64) },
  });
  for (const [name, said] of [
    ['a', 'not what it was said to be'],
    ['b', 'arrived damaged'],
  ]) {
    await listHub('acme/liar');
    await app.page.getByRole('button', { name: new RegExp(`^Fetch ${name}`) }).click();
    await expect(notice()).toContainText(said, { timeout: 30_000 });
  }
  await expect(chip()).toContainText('SmolLM2');
  await app.page.keyboard.press('Escape');
  await app.setText('The old model still reads.');
  expect(await app.readSlice(2, 3)).not.toHaveLength(0);
});

test('a link names its model: offered, never fetched unasked', async ({ browser }) => {
  await openUrl(`${server.url}/models/tiny.gguf`);
  await expect(chip()).toContainText('tiny', { timeout: 30_000 });
  await app.idle();
  await expect(app.page).toHaveURL(/model=url/);
  const link = app.page.url();
  server.forget();

  const other = await openContext(browser);
  const reader = new HeadlightPage(await other.newPage());
  await reader.page.goto(link);
  await expect(reader.page.locator('[data-readout=offered]')).toContainText('tiny.gguf');
  await expect(reader.page.locator('[data-model=ready]')).toContainText('SmolLM2', {
    timeout: 60_000,
  });
  expect(server.requests).toEqual([]);
  await reader.page.getByRole('button', { name: /Fetch it from 127/ }).click();
  await expect(reader.page.locator('[data-model=ready]')).toContainText('tiny', {
    timeout: 30_000,
  });
  await reader.idle();
  await expect(reader.page.locator('[data-readout=offered]')).toHaveCount(0);
  expect(reader.errors).toEqual([]);
  await other.close();
});

test('a link to the embedded model opens it, whatever was used last; a hostile link opens the page', async () => {
  await openUrl(`${server.url}/models/tiny.gguf`);
  await expect(chip()).toContainText('tiny', { timeout: 30_000 });
  await app.idle();
  await app.page.goto('about:blank');
  await app.open('/?threads=1#v=1&head=1.1&query=3&key=2&sample=repeats');
  await expect(chip()).toContainText('SmolLM2');
  await expect(app.page).toHaveURL(/query=3&key=2/);
  await app.page.goto('about:blank');
  await app.open('/?threads=1#v=1&model=hub(https://%25):o/n&begin=0');
  await expect(app.page.getByText('Parts of the link could not be read')).toBeVisible();
  await expect(app.page.getByLabel('Your text')).toBeVisible();
});

test('a kept model that is refused when the page opens leaves the embedded one', async () => {
  await openUrl(`${server.url}/models/tiny.gguf`);
  await expect(chip()).toContainText('tiny', { timeout: 30_000 });
  await app.idle();
  await context.route('**/assets/library.worker-*.js', async (route) => {
    const response = await route.fetch();
    const body = `File.prototype.slice = () => { throw new Error('gone'); };\n${await response.text()}`;
    await route.fulfill({ response, body });
  });
  await app.page.goto('about:blank');
  await app.open('/?threads=1');
  await expect(chip()).toContainText('SmolLM2');
  await expect(notice()).toContainText('that did not work');
});

test('a split model: from disk, by the address of one part, and from a hub', async () => {
  const tiny = createTinyModel();
  const uint32 = (value: number) => ({ type: 'uint32', value }) as const;
  const parts = [tiny.tensors.slice(0, 5), tiny.tensors.slice(5)].map((tensors, number) => {
    const metadata = {
      ...(number === 0 ? tiny.metadata : {}),
      'split.no': uint32(number),
      'split.count': uint32(2),
    };
    return Buffer.from(writeGguf({ ...tiny, metadata, tensors }).bytes);
  });
  const names = parts.map((_, number) => `split-0000${number + 1}-of-00002.gguf`);
  const files = Object.fromEntries(parts.map((bytes, number) => [names[number], bytes]));
  for (const [name, bytes] of Object.entries(files)) server.put(`models/${name}`, bytes);
  server.putRepo('acme/split', { files });
  const picked = parts.map((buffer, number) => ({
    name: names[number],
    mimeType: 'application/octet-stream',
    buffer,
  }));
  const panel = await app.openModels();
  const input = panel.locator('[data-input=model-files]');
  await input.setInputFiles(picked.slice(0, 1));
  await expect(notice()).toContainText('one of 2 parts, and 1 were given');
  await expect(notice()).toContainText('Open the files together');
  await input.setInputFiles(picked);
  await expect(app.page.locator('[data-model=ready]')).toContainText('split', { timeout: 30_000 });
  await app.idle();
  await openUrl(`${server.url}/models/${names[1]}`);
  await expect(panel.locator('.models')).toContainText('from 127.0.0.1', { timeout: 30_000 });
  await app.idle();
  await listHub('acme/split');
  await panel.locator('[data-readout=variants] button').click();
  await expect(panel.locator('.models')).toContainText('acme/split', { timeout: 30_000 });
  await app.idle();
  await expect(panel.locator('.models .badge')).toHaveText('in use');
  await app.page.keyboard.press('Escape');
  await app.setText('the tail');
  expect(await app.readSlice(0, 1)).not.toHaveLength(0);
});
