import { expect, test } from '@playwright/test';
import Papa from 'papaparse';
import { findDifference } from '../src/testing/close-to.ts';
import { HeadlightPage } from './headlight-page.ts';

/* The question that brings a person to Domains, on the embedded model, from a cold start. */

test.describe.configure({ mode: 'serial' });
test.setTimeout(300_000);
let app: HeadlightPage;
let clicks = 0;

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext({ acceptDownloads: true });
  app = new HeadlightPage(await context.newPage());
  await app.open();
});
test.afterAll(() => app.page.context().close());

const summary = () => app.view('domain-summary');
const click = async (name: string | RegExp): Promise<void> => {
  clicks++;
  await app.page.getByRole('button', { name }).first().click();
};

test('does this model treat conversation differently from code? In under ten clicks', async () => {
  await click('Domains');
  await click('Use the four built-in domains');
  clicks += 2;
  await app.page.getByLabel('Length').selectOption({ label: '16 tokens' });
  await app.idle();
  await click(/^code/);
  await app.idle();
  await expect(app.readout('verdict')).toContainText('code');
  await expect(app.readout('verdict')).toContainText('conversation');
  clicks += 2;
  const png = await app.export('domain-summary', 'PNG 1×');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(clicks).toBeLessThan(10);
  expect(app.errors).toEqual([]);
});

/** Rows of a CSV by "layer.head", each as numbers in its columns' order. */
function readHeads(csv: string): Map<string, readonly number[]> {
  const { data } = Papa.parse<string[]>(csv, { comments: '#', skipEmptyLines: true });
  return new Map(data.slice(1).map((row) => [`${row[0]}.${row[1]}`, row.map(Number)]));
}

test('the table and the map of differences tell the same numbers', async () => {
  const table = readHeads((await app.export('domain-differences', 'CSV')).toString());
  await app.view('domain-map').getByRole('button', { name: 'difference' }).click();
  await app.idle();
  const map = readHeads((await app.export('domain-map', 'CSV')).toString());
  expect(table.size).toBe(270);
  expect(map.size).toBe(270);
  for (const [head, row] of map) {
    // Layer, head, four sets pooled, then difference and adjusted p of web, code and mathematics.
    const [difference, adjustedP] = row.slice(8, 10);
    const tested = table.get(head) ?? [];
    // Layer, head, mean and its ends twice, then the difference.
    expect(findDifference([difference], [tested[8]], { atol: 1e-9 }, true)).toBeNull();
    expect(findDifference([adjustedP], [tested.at(-1) ?? -1], { atol: 1e-9 }, true)).toBeNull();
  }
});

test('a head’s example opens in Read, and Back returns', async () => {
  await app.view('domain-differences').locator('tbody').getByRole('button').first().click();
  await app.idle();
  await expect(app.page).toHaveURL(/at=domains/);
  const link = app.view('domain-differences').locator('tbody tr').first().locator('button').last();
  await link.click();
  await app.idle();
  await expect(app.view('text-panel')).toBeVisible();
  await expect(app.page).not.toHaveURL(/at=domains/);
  await app.page.goBack();
  await expect(summary()).toBeVisible();
});

test('the paper’s figures and the report', async () => {
  await app.page.getByRole('button', { name: 'Make all figures' }).click();
  await app.idle();
  await expect(app.view('paper-figures')).toContainText('Ours');
  expect(app.errors).toEqual([]);
});
