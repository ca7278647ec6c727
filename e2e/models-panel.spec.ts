import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { findDifference } from '../src/testing/close-to.ts';
import { type ModelServer, startModelServer } from '../src/testing/model-server.ts';
import { HeadlightPage } from './headlight-page.ts';

/* The panel of models: drops, checks, ways back, storage that refuses. */

const GOLDEN = 'src/testing/golden';
const llama = `${GOLDEN}/architectures/llama`;

/** Drops files on the page as the browser does. */
async function drop(page: Page, paths: readonly string[]): Promise<void> {
  const files = paths.map((path) => ({
    name: path.slice(path.lastIndexOf('/') + 1),
    base64: readFileSync(path).toString('base64'),
  }));
  await page.evaluate((given) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    const event = { dataTransfer: transfer, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent('drop', event));
  }, files);
}

/** Runs code at the start of the library's worker, before its own. */
async function alterLibrary(context: BrowserContext, code: string): Promise<void> {
  await context.route('**/assets/library.worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code}\n${await response.text()}` });
  });
}

test.describe('with the embedded model', () => {
  test.describe.configure({ mode: 'serial' });
  let app: HeadlightPage;

  test.beforeAll(async ({ browser }) => {
    app = new HeadlightPage(await (await browser.newContext()).newPage());
    await app.open('/?threads=1');
  });
  test.afterAll(() => app.page.context().close());

  test('the check runs beside the text and agrees with the reference', async () => {
    const before = await app.readSlice(18, 6);
    const panel = await app.openModels();
    await panel.getByRole('button', { name: 'Check now' }).click();
    const result = panel.locator('[data-readout=trust]');
    await expect(result).toContainText('from the reference', { timeout: 30_000 });
    await expect(result.locator('.dot.good')).toHaveCount(4);
    await expect(result.locator('.dot.bad')).toHaveCount(0);
    expect(await app.readSlice(18, 6)).toEqual(before);
    await app.page.keyboard.press('Escape');
    await expect(panel).toHaveCount(0);
    await expect(app.page.locator('.chip.model')).toBeFocused();
  });

  test('is used by keyboard alone, and axe finds nothing, light and dark', async () => {
    await app.page.locator('.chip.model').focus();
    await app.page.keyboard.press('Enter');
    const panel = app.page.getByRole('dialog', { name: 'Models' });
    await expect(panel).toBeVisible();
    for (const scheme of ['light', 'dark'] as const) {
      await app.page.emulateMedia({ colorScheme: scheme });
      const { violations } = await new AxeBuilder({ page: app.page })
        .include('.model-panel')
        .analyze();
      expect(violations).toEqual([]);
    }
    const seen = new Set<string>();
    for (let press = 0; press < 12; press++) {
      await app.page.keyboard.press('Tab');
      seen.add(await app.page.evaluate(() => document.activeElement?.textContent ?? ''));
    }
    for (const name of ['Choose files …', 'Choose a folder …', 'List files', 'Check now'])
      expect([...seen]).toContain(name);
    await app.page.keyboard.press('Escape');
  });

  test('a model is dropped anywhere on the page; a text is still a text', async () => {
    await drop(app.page, ['public/models/README.md']);
    await app.idle();
    await expect(app.page.getByLabel('Your text')).toHaveValue(/^# The embedded model/);
    await app.setText('The ferry came back.');
    await drop(app.page, [`${llama}/model.gguf`]);
    await expect(app.page.locator('[data-model=ready]')).toContainText('model', {
      timeout: 30_000,
    });
    await app.idle();
    await expect(app.page.getByLabel('Your text')).toHaveValue('The ferry came back.');
    await expect(app.view('head-grid')).toContainText('3 layers × 4 heads');
    const files = ['config.json', 'tokenizer.json', 'model.safetensors'];
    await drop(
      app.page,
      files.map((name) => `${GOLDEN}/architectures/gpt2/${name}`),
    );
    await app.idle();
    const panel = await app.openModels();
    await expect(panel).toContainText('gpt2');
  });

  test('one’s own reference is compared, and another model’s is refused', async () => {
    await app.openFiles(`${llama}/model.gguf`);
    const panel = await app.openModels();
    const result = panel.locator('[data-readout=trust]');
    const input = panel.locator('[data-input=reference]');
    await input.setInputFiles(`${llama}/expected.safetensors`);
    await expect(result.locator('.dot.good')).toHaveCount(4, { timeout: 30_000 });
    await input.setInputFiles('public/reference/SmolLM2-135M-Instruct.Q4_1.safetensors');
    await expect(result).toContainText('could not be done');
    await input.setInputFiles('package.json');
    await expect(result).toContainText('safetensors file');
    await panel.getByRole('button', { name: 'Check now' }).click();
    await expect(result).toContainText('none for this file');
    await expect(result.locator('.dot.good')).toHaveCount(2);
  });

  test('a file that is no model is refused, and the model in use stays', async () => {
    const panel = await app.openModels();
    const notice = panel.locator('[data-opening]');
    const input = panel.locator('[data-input=model-files]');
    await input.setInputFiles({
      name: 'cut.gguf',
      mimeType: 'application/octet-stream',
      buffer: readFileSync(`${llama}/model.gguf`).subarray(0, 300_000),
    });
    await expect(notice).toContainText('cut short');
    await input.setInputFiles({
      name: 'model.safetensors',
      mimeType: 'application/octet-stream',
      buffer: readFileSync(`${llama}/model.safetensors`),
    });
    await expect(notice).toContainText('config.json');
    await input.setInputFiles('README.md');
    await expect(panel.getByRole('alert').last()).toContainText('no .gguf and no .safetensors');
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await expect(notice).toHaveCount(0);
    await app.page.keyboard.press('Escape');
    await app.setText('It still reads.');
    expect(await app.readSlice(2, 3)).not.toHaveLength(0);
  });

  test('a dropped model is kept when asked for, and opened again after a reload', async () => {
    await app.openFiles(`${llama}/model.gguf`);
    const panel = await app.openModels();
    await panel.getByRole('button', { name: 'Keep it in this browser' }).click();
    await app.idle();
    await expect(panel.locator('.models li')).toHaveCount(2);
    await expect(panel.getByRole('button', { name: 'Keep it in this browser' })).toHaveCount(0);
    await app.page.reload();
    await expect(app.page.locator('[data-model=ready]')).toContainText('model ·', {
      timeout: 30_000,
    });
    expect(app.errors).toEqual([]);
  });

  test('a begin token is switched on and off beside the text', async () => {
    await app.openFiles(`${GOLDEN}/architectures/gemma2/model.gguf`);
    await app.page.keyboard.press('Escape');
    await app.setText('The ferry came back.');
    const count = (await app.readIds()).length;
    const beginSwitch = app.view('text-panel').locator('.begin-switch');
    const isAdded = (await beginSwitch.getAttribute('aria-pressed')) === 'true';
    await beginSwitch.click();
    await app.idle();
    await expect(beginSwitch).toHaveAttribute('aria-pressed', String(!isAdded));
    expect((await app.readIds()).length).toBe(count + (isAdded ? -1 : 1));
    await expect(app.page).toHaveURL(/begin=[01]/);
    await beginSwitch.click();
    await app.idle();
    expect((await app.readIds()).length).toBe(count);
    await expect(app.page).not.toHaveURL(/begin=/);
  });
});

test('compressed weights are kept when asked for: the same numbers, said on the page', async ({
  browser,
}) => {
  const context = await browser.newContext();
  const app = new HeadlightPage(await context.newPage());
  await app.open('/?threads=1');
  await app.setText('The ferry left at noon. The ferry came back.');
  const before = await app.readSlice(18, 6);
  await expect(app.page.locator('.chip.model')).toContainText('Q4_1 → fp32');
  const panel = await app.openModels();
  await panel.getByRole('button', { name: 'kept (small)' }).click();
  await expect(app.page.locator('[data-model=ready]')).toContainText('Q4_1 kept', {
    timeout: 60_000,
  });
  await app.idle();
  await expect(panel).toContainText('weights kept compressed');
  const after = await app.readSlice(18, 6);
  expect(findDifference(after, before, { atol: 2e-3 })).toBeNull();
  await panel.getByRole('button', { name: 'Check now' }).click();
  await expect(panel.locator('[data-readout=trust] .dot.good')).toHaveCount(4, {
    timeout: 60_000,
  });
  expect(app.errors).toEqual([]);
  await context.close();
});

test('a model that may not fit is asked about first; the person decides', async ({ browser }) => {
  const context = await browser.newContext();
  await alterLibrary(
    context,
    "Object.defineProperty(WorkerNavigator.prototype, 'deviceMemory', { get: () => 0.5 });",
  );
  await context.route('**/models/SmolLM2*.gguf', (route) =>
    route.fulfill({ body: readFileSync(`${llama}/model.gguf`) }),
  );
  const app = new HeadlightPage(await context.newPage());
  await app.open('/?threads=1');
  const panel = await app.openModels();
  const input = panel.locator('[data-input=model-files]');
  const asked = panel.locator('[data-opening=asking]');
  await input.setInputFiles(`${GOLDEN}/architectures/qwen3/model.gguf`);
  await expect(asked).toContainText(
    /needs about 6\d\d\.\d MB, and this page should take 268\.4 MB/,
  );
  await asked.getByRole('button', { name: 'Leave it' }).click();
  await expect(asked).toHaveCount(0);
  await expect(app.page.locator('[data-model=ready]')).toContainText('SmolLM2');
  await input.setInputFiles(`${GOLDEN}/architectures/qwen3/model.gguf`);
  await asked.getByRole('button', { name: 'Open it anyway' }).click();
  await expect(app.page.locator('[data-model=ready]')).toContainText('model ·', {
    timeout: 30_000,
  });
  await app.idle();
  expect(app.errors).toEqual([]);
  await context.close();
});

test.describe('storage that refuses', () => {
  let server: ModelServer;
  test.beforeEach(async () => {
    server = await startModelServer({
      files: { 'a/tiny.gguf': readFileSync(`${llama}/model.gguf`) },
    });
  });
  test.afterEach(() => server.close());

  async function openWith(context: BrowserContext, code: string): Promise<HeadlightPage> {
    await alterLibrary(context, code);
    await context.route('**/models/SmolLM2*.gguf', (route) =>
      route.fulfill({ body: readFileSync(`${llama}/model.gguf`) }),
    );
    const app = new HeadlightPage(await context.newPage());
    await app.open('/?threads=1');
    const panel = await app.openModels();
    await panel.getByLabel('Address of a .gguf').fill(`${server.url}/a/tiny.gguf`);
    await panel.getByRole('button', { name: 'Open', exact: true }).first().click();
    return app;
  }

  test('a private window: the model is used from its server, and the page says so', async ({
    browser,
  }) => {
    const context = await browser.newContext();
    const app = await openWith(
      context,
      'StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException("no", "SecurityError"));',
    );
    await expect(app.page.locator('[data-model=ready]')).toContainText('tiny', {
      timeout: 30_000,
    });
    await app.idle();
    const panel = await app.openModels();
    await expect(panel).toContainText('gives the page no storage');
    expect(await app.readSlice(0, 0)).not.toHaveLength(0);
    expect(app.errors).toEqual([]);
    await context.close();
  });

  test('a full disk, known before: nothing is fetched, and the page says how much is missing', async ({
    browser,
  }) => {
    const context = await browser.newContext();
    const app = await openWith(
      context,
      'StorageManager.prototype.estimate = async () => ({ quota: 1e5, usage: 5e4 });',
    );
    const notice = app.page.locator('[data-opening=failed]');
    await expect(notice).toContainText('Delete a model', { timeout: 30_000 });
    expect(app.errors).toEqual([]);
    await context.close();
  });

  test('a full disk in the middle: what has arrived is kept and can be gone on with', async ({
    browser,
  }) => {
    const context = await browser.newContext();
    const app = await openWith(
      context,
      `let room = 200000;
       new BroadcastChannel('room').onmessage = ({ data }) => { room = data; };
       const write = FileSystemSyncAccessHandle.prototype.write;
       FileSystemSyncAccessHandle.prototype.write = function (bytes, options) {
         if ((options?.at ?? 0) + bytes.byteLength > room)
           throw new DOMException('full', 'QuotaExceededError');
         return write.call(this, bytes, options);
       };`,
    );
    const notice = app.page.locator('[data-opening=failed]');
    await expect(notice).toContainText('no more room', { timeout: 30_000 });
    await expect(notice).toContainText('What has arrived is kept');
    await app.page.evaluate(() => {
      const channel = new BroadcastChannel('room');
      channel.postMessage(1e9);
      channel.close();
    });
    await notice.getByRole('button', { name: 'Resume' }).click();
    await expect(app.page.locator('[data-model=ready]')).toContainText('tiny', {
      timeout: 30_000,
    });
    await app.idle();
    expect(app.errors).toEqual([]);
    await context.close();
  });
});

test('a model that cannot be started leads back to the one before', async ({ browser }) => {
  const context = await browser.newContext();
  const app = new HeadlightPage(await context.newPage());
  await app.page.route('**/models/SmolLM2*.gguf', (route) =>
    route.fulfill({ body: readFileSync(`${llama}/model.gguf`) }),
  );
  await app.open('/?threads=1');
  await app.setText('The ferry came back.');
  // Each model has a runtime of its own; this one's cannot be fetched.
  await context.route('**/ort-wasm*.wasm', (route) => route.abort('connectionfailed'));
  const panel = await app.openModels();
  await panel
    .locator('[data-input=model-files]')
    .setInputFiles(`${GOLDEN}/architectures/qwen3/model.gguf`);
  await expect(app.page.locator('[data-model=failed]')).toBeVisible({ timeout: 30_000 });
  await context.unroute('**/ort-wasm*.wasm');
  await panel.getByRole('button', { name: /^Go back to SmolLM2/ }).click();
  await expect(app.page.locator('[data-model=ready]')).toContainText('SmolLM2', {
    timeout: 30_000,
  });
  await app.idle();
  await app.page.keyboard.press('Escape');
  await expect(app.page.getByLabel('Your text')).toHaveValue('The ferry came back.');
  await expect(app.view('head-grid').locator('canvas').first()).toBeVisible();
  expect(app.errors).toEqual([]);
  await context.close();
});
