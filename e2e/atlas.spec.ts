import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import type { AtlasStore } from '../src/state/atlas/atlas-store.ts';
import type { HeadlightStore } from '../src/state/store.ts';
import { rowStart } from '../src/tensor/causal-slice.ts';
import { readGoldenJson } from '../src/testing/golden.ts';
import { HeadlightPage } from './headlight-page.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(420_000);
let app: HeadlightPage;

type AtlasWindow = { readonly __atlas: AtlasStore; readonly __headlight: HeadlightStore };

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext({ acceptDownloads: true });
  app = new HeadlightPage(await context.newPage());
  await app.open('/#v=1&at=atlas');
});
test.afterAll(() => app.page.context().close());

const { scores } = readGoldenJson<{
  readonly scores: Readonly<Record<string, readonly (readonly number[])[]>>;
}>('induction.json');

/** The reference's five best heads, "L18·H6". */
function topFive(name: string): readonly string[] {
  return scores[name]
    .flatMap((row, layer) => row.map((score, head) => ({ score, name: `L${layer}·H${head}` })))
    .sort((a, b) => b.score - a.score)
    .slice(0, 5)
    .map((each) => each.name);
}

test('an empty atlas explains itself, and the catalogue stands there already', async () => {
  const { page } = app;
  await expect(page.getByRole('button', { name: 'Test all heads of this model' })).toBeVisible();
  await expect(page.getByText(/about \d+ (second|minute)s?; you can go on/)).toBeVisible();
  await page.getByRole('button', { name: /^Truthfulness head/ }).click();
  await expect(page.getByText(/No test here: it needs a classifier/)).toBeVisible();
});

test('the battery runs beside the text, with progress, and stops', async () => {
  const { page } = app;
  await page.getByRole('button', { name: 'Test all heads of this model' }).click();
  const progress = page.getByRole('progressbar', { name: /Probe \d+ of \d+/ });
  await expect(progress).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Test all heads of this model' })).toBeVisible();
  await page.getByRole('button', { name: 'Test all heads of this model' }).click();
  await app.idle();
  await expect(
    app.view('atlas-map').getByRole('group', { name: /Map of all heads/ }),
  ).toBeVisible();
});

for (const [name, test_] of [
  ['induction', 'induction'],
  ['previous', 'previous'],
] as const) {
  test(`the best ${name} heads are the reference's, in order`, async () => {
    const heads = app.view('atlas-heads');
    await heads.getByRole('combobox', { name: 'Sort by' }).selectOption(test_);
    const names = await heads.getByRole('rowheader').allTextContents();
    expect(names.slice(0, 5)).toEqual(topFive(name));
  });
}

test('evidence opens the very text, head and cell in Read', async () => {
  const { page } = app;
  const heads = app.view('atlas-heads');
  await heads.getByRole('combobox', { name: 'Sort by' }).selectOption('induction');
  await heads.getByRole('button', { name: 'L18·H6' }).click();
  await app.view('atlas-map').getByRole('combobox', { name: 'Show' }).selectOption('induction');
  const cell = await app.view('atlas-evidence').locator('[data-readout=atlas-cell]').textContent();
  const [, query, key] = cell?.match(/^Query (\d+) .* to key (\d+) /s) ?? [];
  expect(Number(query) - Number(key)).toBe(49);
  await page.getByRole('button', { name: 'Open in Read' }).click();
  await app.idle();
  const { selection, weight } = await page.evaluate(() => {
    const { __headlight, __atlas } = window as unknown as AtlasWindow;
    const { result } = __atlas.store.getState();
    return {
      selection: __headlight.store.getState().selection,
      weight: result?.tests.induction.evidence?.weights[18 * 9 + 6],
    };
  });
  expect(selection).toEqual({ layer: 18, head: 6, query: Number(query), key: Number(key) });
  const slice = await app.readSlice(18, 6);
  expect(slice[rowStart(Number(query)) + Number(key)]).toBeCloseTo(weight ?? Number.NaN, 3);
  await page.getByRole('button', { name: 'Atlas' }).click();
});

test('what was found is there after a reload, and the link says what was shown', async () => {
  const { page } = app;
  await expect(page).toHaveURL(/[#&]at=atlas&.*atlas\.role=induction/);
  await page.reload();
  await expect(app.view('atlas-map')).toHaveAttribute('data-status', 'ready', { timeout: 60_000 });
  await expect(app.view('atlas-map').getByRole('combobox', { name: 'Show' })).toHaveValue(
    'induction',
  );
});

test('all scores are saved as Parquet, with what made them', async () => {
  const bytes = await app.export('atlas-heads', 'PARQUET');
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const rows = await parquetReadObjects({ file: file as ArrayBuffer });
  expect(rows.length).toBe(270);
  const best = rows.reduce((a, b) => (b.induction > a.induction ? b : a));
  expect([best.layer, best.head]).toEqual([18, 6]);
  const { key_value_metadata: metadata } = parquetMetadata(file as ArrayBuffer);
  expect(metadata?.find(({ key }) => key === 'file')?.value).toContain('SmolLM2');
  expect(metadata?.find(({ key }) => key === 'sha256')?.value).toMatch(/^[0-9a-f]{64}$/);
});

test('a rule of one’s own finds the heads that follow it', async () => {
  const { page } = app;
  await page.getByRole('textbox', { name: /Rule/ }).fill('after same token');
  await page.getByRole('button', { name: 'Find heads' }).click();
  await app.idle();
  const found = app.view('custom-role').getByRole('rowheader');
  expect((await found.allTextContents())[0]).toBe('L18·H6');
});

test('axe finds nothing serious, light and dark', async () => {
  const { page } = app;
  await page.getByRole('button', { name: /^Induction head/ }).click();
  for (const theme of ['light', 'dark']) {
    await page.getByRole('button', { name: theme, exact: true }).click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
    ).toEqual([]);
  }
  expect(app.errors).toEqual([]);
});
