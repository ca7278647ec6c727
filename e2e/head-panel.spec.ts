import { expect, type Locator, test } from '@playwright/test';
import { HeadlightPage } from './headlight-page.ts';

const SENTENCE = 'Nine quiet otters cross the frozen harbour.';
const TEXT = `${SENTENCE} Everyone waits. ${SENTENCE} Nobody at all moves. ${SENTENCE}`;

test.describe.configure({ mode: 'serial' });
let app: HeadlightPage;

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext({ acceptDownloads: true });
  app = new HeadlightPage(await context.newPage());
  await app.open('/#v=1&head=18.6');
  await app.setText(TEXT);
});
test.afterAll(() => app.page.context().close());

const choose = (view: 'heatmap' | 'lines' | 'steps') =>
  app.page.getByRole('button', { name: view, exact: true }).click();
const chart = (view: string): Locator => app.view(view).locator('.chart');

/** Presses the button over a chart, moves, and lets go. Places are shares of the chart's size. */
async function drag(
  target: Locator,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (box === null) throw new Error('the chart is not on the page');
  const { mouse } = app.page;
  await mouse.move(box.x + from[0] * box.width, box.y + from[1] * box.height);
  await mouse.down();
  await mouse.move(box.x + to[0] * box.width, box.y + to[1] * box.height, { steps: 4 });
  await mouse.up();
}

test('a brush zooms into the matrix, 0 shows the whole again', async () => {
  const window = app.readout('window');
  await expect(window).toContainText('Drag a rectangle');
  await drag(chart('attention-heatmap'), [0.3, 0.4], [0.5, 0.6]);
  await expect(window).toContainText(/queries \d+–\d+, keys \d+–\d+ of \d+/);
  const [, q0, q1] =
    ((await window.textContent()) ?? '').match(/queries (\d+)–(\d+)/)?.map(Number) ?? [];
  expect(q1 - q0).toBeLessThan(12);
  await app.page.keyboard.down('Shift');
  await drag(chart('attention-heatmap'), [0.5, 0.4], [0.5, 0.7]);
  await app.page.keyboard.up('Shift');
  const [, moved] = ((await window.textContent()) ?? '').match(/queries (\d+)/)?.map(Number) ?? [];
  expect(moved).toBeLessThan(q0);
  await chart('attention-heatmap').focus();
  await app.page.keyboard.press('0');
  await expect(window).toContainText('Drag a rectangle');
});

test('the wheel zooms with Ctrl and does not scroll the page', async () => {
  const target = chart('attention-heatmap');
  const box = await target.boundingBox();
  if (box === null) throw new Error('the chart is not on the page');
  const before = await app.page.evaluate(() => window.scrollY);
  await app.page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.6);
  await app.page.keyboard.down('Control');
  for (let turn = 0; turn < 4; turn++) await app.page.mouse.wheel(0, -100);
  await app.page.keyboard.up('Control');
  await expect(app.readout('window')).toContainText('queries');
  expect(await app.page.evaluate(() => window.scrollY)).toBe(before);
  await app.view('attention-heatmap').getByRole('button', { name: 'Whole' }).click();
});

test('the keyboard goes through cells and says them', async () => {
  await chart('attention-heatmap').focus();
  await app.page.keyboard.press('Control+Home');
  await expect(app.readout('cell')).toContainText('query 0 “N” → key 0 “N”');
  await expect(app.readout('cell')).toContainText('1.0000, 100.0 % of its attention');
  await app.page.keyboard.press('PageDown');
  await app.page.keyboard.press('End');
  await expect(app.readout('cell')).toContainText('query 10');
  await expect(app.readout('cell')).toContainText('key 10');
  await app.page.keyboard.press('ArrowLeft');
  await expect(app.view('attention-heatmap').locator('[aria-live]')).toContainText(
    /^query 10 “.*” attends .+ % to key 9 “.*”$/,
  );
});

test('the table twin shows one query’s row of a long matrix', async () => {
  const heatmap = app.view('attention-heatmap');
  await heatmap.getByRole('button', { name: 'Table' }).click();
  await expect(heatmap.locator('tbody tr')).toHaveCount(11);
  await expect(heatmap).toContainText('The row of query 10 alone');
  await heatmap.getByRole('button', { name: 'Table' }).click();
});

test('the exported picture has text for labels and says what made it', async () => {
  const svg = (await app.export('attention-heatmap', 'SVG')).toString();
  expect(svg).toContain('<metadata>');
  expect(svg).toContain('SmolLM2');
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]);
  expect(texts).toContain('key: the token looked at →');
  expect(texts).toContain('4 ·cross');
  expect(texts.filter((text) => text.includes('received'))).toHaveLength(1);
});

test('lines: pointing at a query shows its lines, a click keeps it', async () => {
  await choose('lines');
  const target = chart('attention-lines');
  await expect(target).toBeVisible();
  await target.hover({ position: { x: 20, y: 36 + 16 * 5 + 8 } });
  await target.click({ position: { x: 20, y: 36 + 16 * 5 + 8 } });
  await expect.poll(() => app.page.url()).toContain('query=5');
  await app.view('attention-lines').getByRole('button', { name: 'arcs over the text' }).click();
  await expect(app.view('attention-lines')).toContainText('each arc');
  const svg = (await app.export('attention-lines', 'SVG')).toString();
  expect(svg).toMatch(/<path[^>]+C/);
  expect(svg).toContain('·harbour');
  await app.view('attention-lines').getByRole('button', { name: 'columns' }).click();
});

test('steps: numbers from scores to the output, and pages to all keys', async () => {
  await app.page.locator('[data-token="12"]').click();
  await choose('steps');
  await expect(app.readout('step')).toContainText(/score .+ weight .+/);
  await expect(app.readout('step-page')).toHaveText('keys 1–10 of 13 by score');
  await chart('attention-steps').focus();
  await app.page.keyboard.press('PageDown');
  await expect(app.readout('step-page')).toHaveText('keys 11–13 of 13 by score');
  const json = JSON.parse((await app.export('attention-steps', 'JSON')).toString());
  const weights = json.rows.map((row: readonly (string | number)[]) => Number(row[4]));
  const scores = json.rows.map((row: readonly (string | number)[]) => Number(row[2]));
  const largest = Math.max(...scores);
  const exponentials = scores.map((score: number) => Math.exp(score - largest));
  const sum = exponentials.reduce((a: number, b: number) => a + b);
  const slice = await app.readSlice(18, 6);
  weights.forEach((weight: number, key: number) => {
    expect(weight).toBeCloseTo(exponentials[key] / sum, 5);
    expect(weight).toBeCloseTo(slice[(12 * 13) / 2 + key], 5);
  });
  await app.page.getByRole('button', { name: 'word', exact: true }).click();
  await expect(app.view('attention-steps')).toContainText('The steps are of single tokens');
  await app.page.getByRole('button', { name: 'token', exact: true }).click();
});

test('a link restores the view of the head', async () => {
  await choose('lines');
  await expect.poll(() => app.page.url()).toContain('headView=lines');
  const { hash } = new URL(app.page.url());
  // The recorded run shows the view before the model is there.
  await app.page.goto(`/?again${hash}`);
  await expect(chart('attention-lines')).toBeVisible({ timeout: 60_000 });
  await choose('heatmap');
  await expect(chart('attention-heatmap')).toBeVisible();
  expect(app.errors).toEqual([]);
});

test('a recorded run says that steps need the model', async () => {
  await app.page.route('**/models/*', () => undefined);
  await app.page.goto('/?held#v=1&head=18.6&headView=steps');
  const steps = app.view('attention-steps');
  await expect(steps).toContainText('This is a recorded run', { timeout: 30_000 });
  await steps.getByRole('button', { name: 'heatmap', exact: true }).click();
  await expect(chart('attention-heatmap')).toBeVisible();
  await app.page.unrouteAll({ behavior: 'ignoreErrors' });
});
