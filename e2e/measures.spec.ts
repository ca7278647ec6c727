import { expect, test } from '@playwright/test';
import { findDifference } from '../src/testing/close-to.ts';
import { readGoldenJson } from '../src/testing/golden.ts';
import { HeadlightPage } from './headlight-page.ts';

test.describe.configure({ mode: 'serial' });
let app: HeadlightPage;

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext({ acceptDownloads: true });
  app = new HeadlightPage(await context.newPage());
  await app.open();
});
test.afterAll(() => app.page.context().close());

const grid = () => app.view('head-grid');
const entropy = () => app.view('entropy');
const headCard = () => app.view('head-card');
const tokenCard = () => app.view('token-card');

test('heads by role: the first one of the sample that repeats itself is an induction head', async () => {
  await grid().getByLabel('Order').selectOption('role');
  await grid()
    .locator('.chart')
    .click({ position: { x: 14, y: 34 } });
  await app.idle();
  await expect(headCard()).toContainText('an induction head on this text');
  const score = await headCard().locator('[data-measure=induction]').textContent();
  expect(Number.parseFloat(score ?? '')).toBeGreaterThan(40);
  const chosen = await grid().locator('[data-readout=head]').textContent();
  expect(chosen).toContain('induction 0.');
  expect(chosen).toContain('shares keys and values with');
  await grid().locator('.chart').focus();
  await app.page.keyboard.press('ArrowRight');
  await expect(grid().locator('[data-readout=head]')).not.toHaveText(chosen ?? '');
  await app.page.keyboard.press('Control+z');
  await expect(grid().locator('[data-readout=head]')).toHaveText(chosen ?? '');
  await app.page.keyboard.press('End');
  await expect(headCard()).toContainText('layer 29 head');
});

test('heads by a measure stand in the table as on screen, and one key reaches the largest', async () => {
  await grid().getByLabel('Order').selectOption('entropy');
  await grid().locator('.chart').focus();
  await app.page.keyboard.press('Home');
  await expect(headCard()).toContainText('1 of 270');
  const csv = (await app.export('head-grid', 'CSV')).toString();
  const rows = csv.split('\r\n').filter((line) => /^\d/.test(line));
  const values = rows.map((row) => Number(row.split(',')[3]));
  expect(values).toHaveLength(270);
  expect(values).toEqual([...values].sort((a, b) => b - a));
  await grid().getByLabel('Order').selectOption('layer');
});

test('a filter from the examples; scale and first token as the heatmap has them', async () => {
  await grid().getByText('e.g.').click();
  await grid().getByRole('button', { name: 'entropy < 1', exact: true }).click();
  await expect(grid()).toContainText(/\d+ heads? match/);
  await app.page.getByRole('searchbox').fill('beauty > 3');
  await expect(grid().getByRole('alert')).toContainText('beauty > 3');
  await app.page.getByRole('searchbox').fill('');
  await app.page.getByRole('combobox', { name: 'Scale' }).selectOption('log');
  await expect(grid().locator('.scale')).toContainText('0.01');
  await app.page.getByRole('combobox', { name: 'Scale' }).selectOption('sqrt');
  await app.page.getByRole('combobox', { name: 'First token' }).selectOption('drop');
  await expect(grid()).toContainText('First token left out');
  await app.page.getByRole('combobox', { name: 'First token' }).selectOption('keep');
});

test('arrays of the grid and of entropy carry their shapes', async () => {
  const header = (file: Buffer) =>
    JSON.parse(file.subarray(8, 8 + Number(file.readBigUInt64LE(0))).toString());
  const tensors = header(await app.export('head-grid', 'SAFETENSORS'));
  const [layers, heads, side] = tensors.tiles_max.shape;
  expect([layers, heads]).toEqual([30, 9]);
  expect(tensors.tiles_mean.shape).toEqual([30, 9, side, side]);
  expect(tensors.measures.shape).toEqual([30, 9, 8]);
  const entropies = header(await app.export('entropy', 'SAFETENSORS'));
  expect(entropies.entropy.shape.slice(0, 2)).toEqual([30, 9]);
  expect(entropies.largest_possible.shape).toEqual([30, entropies.entropy.shape[2]]);
});

for (const [mode, key] of [
  ['keep', 'entropy_head'],
  ['drop', 'entropy_head_first_term_omitted'],
  ['drop-renormalise', 'entropy_head_first_dropped_renormalised'],
] as const) {
  test(`entropy of layers and heads equals the reference, first token: ${mode}`, async () => {
    const { texts } = readGoldenJson<{ texts: Record<string, Record<string, number[][]>> }>(
      'measures.json',
    );
    if (mode === 'keep') {
      await app.setText(readGoldenJson<Record<string, string>>('texts.json').repeat);
      await entropy().getByRole('button', { name: 'layer × head' }).click();
    }
    await app.page.getByRole('combobox', { name: 'First token' }).selectOption(mode);
    const csv = (await app.export('entropy', 'CSV')).toString();
    const rows = csv.split('\r\n').filter((line) => /^\d/.test(line));
    const shown = new Float64Array(270);
    for (const [layer, head, value] of rows.map((row) => row.split(',').map(Number)))
      shown[layer * 9 + head] = value;
    const wanted = texts.repeat[key].flat();
    expect(findDifference(shown, wanted, { atol: 1e-5, rtol: 1e-4 })).toBeNull();
  });
}

test('entropy along the text, by layer, in every unit, with keys and values', async () => {
  await app.page.getByRole('combobox', { name: 'First token' }).selectOption('keep');
  await entropy().getByRole('button', { name: 'token × layer' }).click();
  await entropy().locator('.chart').focus();
  await app.page.keyboard.press('Home');
  await app.page.keyboard.press('ArrowRight');
  const readout = entropy().locator('[data-readout=entropy]');
  await expect(readout).toContainText('token 1 ');
  await expect(readout).toContainText('of at most 0.69 nats');
  await entropy().getByRole('button', { name: 'bits', exact: true }).click();
  await expect(readout).toContainText('of at most 1.00 bits');
  await entropy().getByRole('button', { name: 'keys', exact: true }).click();
  await expect(readout).toContainText('of at most 2.00 effective keys');
  await entropy().getByRole('button', { name: 'of maximum' }).click();
  await expect(readout).toContainText('% of the largest possible');
  await entropy().getByRole('button', { name: 'this head' }).click();
  await entropy().getByRole('button', { name: 'nats', exact: true }).click();
  await expect(readout).toContainText('effective keys');
  await entropy()
    .locator('.chart')
    .click({ position: { x: 300, y: 100 } });
  await app.idle();
  const [, clicked] = ((await readout.textContent()) ?? '').match(/token (\d+)/) ?? [];
  await expect(tokenCard().getByRole('heading', { level: 2 })).toHaveText(`Query ${clicked}`);
});

test('the head card leads on: key-value group, similar heads, pairs in words', async () => {
  await app.page.getByLabel('Sample').selectOption('repeats');
  await app.idle();
  await grid().locator('.chart').focus();
  await app.page.keyboard.press('Home');
  await headCard().getByRole('button', { name: 'H2', exact: true }).click();
  await expect(headCard()).toContainText('layer 0 head 2');
  const similar = headCard().getByRole('button', { name: /^L\d+·H\d+$/ });
  await expect(similar).toHaveCount(3);
  const name = (await similar.first().textContent()) ?? '';
  await similar.first().click();
  const [layer, head] = name.match(/\d+/g) ?? [];
  await expect(headCard()).toContainText(`layer ${layer} head ${head}`);
  await app.page.getByRole('button', { name: 'word', exact: true }).click();
  await app.idle();
  await headCard().locator('[data-readout=pairs] button').first().click();
  await expect(tokenCard().getByRole('heading', { level: 2 })).toHaveText(/Query \d+, last token/);
  await expect(tokenCard()).toContainText('the last of this word');
  await app.page.getByRole('button', { name: 'token', exact: true }).click();
  for (const width of [1280, 2560]) {
    await app.page.setViewportSize({ width, height: 900 });
    const cut = await headCard()
      .locator('dd.number')
      .evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).length);
    expect(cut).toBe(0);
  }
  await app.page.setViewportSize({ width: 1280, height: 720 });
});

test('the token card knows who looks here, and every layer’s strongest link', async () => {
  await app.page.locator('[data-token="3"]').click();
  await app.idle();
  const heading = tokenCard().getByRole('heading', { level: 2 });
  await expect(heading).toHaveText('Query 3');
  const looking = tokenCard().locator('[data-readout=queries] button').first();
  const [query] = ((await looking.textContent()) ?? '').match(/^\d+/) ?? [];
  expect(Number(query)).toBeGreaterThan(3);
  await looking.click();
  await expect(heading).toHaveText(`Query ${query}`);
  await tokenCard().locator('.chart').focus();
  await app.page.keyboard.press('End');
  await app.page.keyboard.press('Enter');
  await expect(headCard()).toContainText('layer 29 head');
  expect(app.errors).toEqual([]);
});
