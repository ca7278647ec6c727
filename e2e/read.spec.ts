import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { HeadlightPage } from './headlight-page.ts';

const REPEATING =
  'Nine quiet otters cross the frozen harbour. Everyone waits. Nine quiet otters cross the frozen harbour.';

test.describe.configure({ mode: 'serial' });
let app: HeadlightPage;

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext({ acceptDownloads: true });
  app = new HeadlightPage(await context.newPage());
  await app.open();
});
test.afterAll(() => app.page.context().close());

test('a pasted text shows every head, and the filter finds its induction heads', async () => {
  await app.setText(REPEATING);
  await expect(app.readout('tokens')).toContainText('tokens');
  await app.page.getByRole('searchbox').fill('induction');
  await expect(app.view('head-grid')).toContainText(/\d+ heads? match/);
  await app.view('head-grid').getByRole('button', { name: 'Table' }).click();
  await expect(app.view('head-grid').locator('tbody tr')).toHaveCount(270);
  await expect(app.view('head-grid').locator('tbody')).toContainText('induction');
  await app.view('head-grid').getByRole('button', { name: 'Table' }).click();
  await app.page.getByRole('searchbox').fill('beauty > 3');
  await expect(app.view('head-grid').getByRole('alert')).toContainText('beauty > 3');
  await app.page.getByRole('searchbox').fill('');
});

test('one selection by mouse and keyboard, Escape releases, undo brings back', async () => {
  await app.page.locator('[data-token="14"]').click();
  await expect(app.view('token-card').getByRole('heading', { level: 2 })).toHaveText('Query 14');
  await app.page.locator('[data-token="2"]').click({ modifiers: ['Shift'] });
  await expect(app.readout('cell')).toContainText('query 14');
  await expect(app.readout('cell')).toContainText('key 2');
  await app.view('attention-heatmap').locator('.chart').focus();
  await app.page.keyboard.press('ArrowDown');
  await expect(app.readout('cell')).toContainText('query 15');
  await app.view('head-grid').locator('.chart').focus();
  await app.page.keyboard.press('ArrowRight');
  await app.idle();
  await expect(app.view('attention-heatmap').getByRole('heading')).toContainText('Layer 19');
  await app.page.keyboard.press('Control+z');
  await expect(app.view('attention-heatmap').getByRole('heading')).toContainText('Layer 18');
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Escape');
  await expect(app.view('token-card').getByRole('heading', { level: 2 })).toHaveText(
    'After the text',
  );
});

test('leaving out the first token says how much that is, and is reversible', async () => {
  await app.page.getByLabel('First token', { exact: true }).selectOption('drop-renormalise');
  await expect(app.readout('left-out')).toContainText(/\d+ % of the attention left out/);
  await app.page.getByLabel('First token', { exact: true }).selectOption('keep');
  await expect(app.readout('left-out')).toHaveCount(0);
});

test('words, sentences and lines', async () => {
  await app.page.getByRole('button', { name: 'sentence', exact: true }).click();
  await app.view('attention-heatmap').getByRole('button', { name: 'Table' }).click();
  await expect(app.view('attention-heatmap').locator('tbody tr')).toHaveCount(6);
  await app.view('attention-heatmap').getByRole('button', { name: 'Table' }).click();
  await app.page.getByRole('button', { name: 'token', exact: true }).click();
});

test('exports are valid files that carry the model', async () => {
  const png = await app.export('attention-heatmap', 'PNG 2×');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBeGreaterThan(500);
  const svg = (await app.export('head-grid', 'SVG')).toString();
  expect(svg).toMatch(/^<svg[^>]+>/);
  expect(svg).toContain('SmolLM2');
  const csv = (await app.export('attention-heatmap', 'CSV')).toString();
  expect(csv).toContain('# model: SmolLM2');
  expect(csv).toContain('query,query text,key,key text,weight');
  const json = JSON.parse((await app.export('head-card', 'JSON')).toString());
  expect(json.settings.model).toContain('SmolLM2');
  const npy = await app.export('attention-heatmap', 'NPY');
  expect(npy.subarray(1, 6).toString()).toBe('NUMPY');
  const tensors = await app.export('attention-heatmap', 'SAFETENSORS');
  expect(
    JSON.parse(tensors.subarray(8, 8 + Number(tensors.readBigUInt64LE(0))).toString()),
  ).toHaveProperty('attention_layer18_head6');
});

test('the text continues token by token', async () => {
  const before = await app.page.getByLabel('Your text').inputValue();
  await app.page.getByLabel('tokens', { exact: true }).fill('4');
  await app.page.getByRole('button', { name: 'Continue the text' }).click();
  await app.idle();
  const after = await app.page.getByLabel('Your text').inputValue();
  expect(after.startsWith(before)).toBe(true);
  expect(after.length).toBeGreaterThan(before.length);
});

test('hostile texts leave the page alive and say what is wrong', async () => {
  await app.setText('');
  await expect(app.view('head-grid')).toContainText('Paste or type a text');
  await app.setText('Hi');
  await expect(app.readout('tokens')).toHaveText('1 token');
  await app.setText('שלום 😀👩‍👩‍👧 a\u0000b مرحبا \ud800');
  await expect(app.view('head-grid').locator('canvas').first()).toBeVisible();
  await app.setText('word '.repeat(20_000));
  await expect(app.view('text-panel').getByRole('alert')).toContainText('8192');
  expect((await app.page.getByLabel('Your text').inputValue()).length).toBe(100_000);
  await app.setText('And now something short.');
  await expect(app.view('head-grid').locator('canvas').first()).toBeVisible();
  expect(app.errors).toEqual([]);
});

test('a dead engine says so, keeps the text, and starts again', async () => {
  await app.page.evaluate(() => (window as unknown as { __killEngine: () => void }).__killEngine());
  await expect(app.view('head-grid').getByRole('alert')).toContainText('stopped unexpectedly');
  await app.view('head-grid').getByRole('button', { name: 'Try again' }).click();
  await expect(app.page.locator('[data-model=ready]')).toBeVisible({ timeout: 60_000 });
  await app.idle();
  await expect(app.page.getByLabel('Your text')).toHaveValue('And now something short.');
  await expect(app.view('head-grid').locator('canvas').first()).toBeVisible();
});

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing serious, ${theme}`, async () => {
    await app.page.getByRole('button', { name: theme, exact: true }).click();
    const { violations } = await new AxeBuilder({ page: app.page }).analyze();
    const serious = violations.filter(
      ({ impact }) => impact === 'serious' || impact === 'critical',
    );
    expect(
      serious.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(' ')).slice(0, 3)]),
    ).toEqual([]);
  });
}

test('a link restores the view, and no request left the page’s own host', async () => {
  await app.page.getByLabel('Sample').selectOption('library');
  await app.idle();
  await app.page.locator('[data-token="9"]').click();
  await app.page.getByRole('combobox', { name: 'Scale' }).selectOption('log');
  await expect.poll(() => app.page.url()).toContain('query=9');
  const { hash } = new URL(app.page.url());
  await app.open(`/?again${hash}`);
  await expect(app.view('token-card').getByRole('heading', { level: 2 })).toHaveText('Query 9');
  await expect(app.page.getByRole('combobox', { name: 'Scale' })).toHaveValue('log');
  await expect(app.page.getByLabel('Your text')).toHaveValue(/Our town library/);
  const hosts = new Set(
    app.requests.filter((url) => url.startsWith('http')).map((url) => new URL(url).hostname),
  );
  expect([...hosts]).toEqual(['localhost']);
});
