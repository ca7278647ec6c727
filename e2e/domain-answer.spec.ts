import { expect, test } from '@playwright/test';
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

test('the summary, the table and the map tell the same numbers', async () => {
  const csv = (await app.export('domain-differences', 'CSV')).toString();
  const lines = csv.split('\r\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines).toHaveLength(271);
  await app.view('domain-map').getByRole('button', { name: 'difference' }).click();
  await app.idle();
  const map = (await app.export('domain-map', 'CSV')).toString();
  const rows = map.split('\r\n').filter((line) => /^\d/.test(line));
  expect(rows).toHaveLength(270);
  const header = map.split('\r\n').find((line) => line.startsWith('layer')) ?? '';
  const column = header.split(',').findIndex((name) => name.startsWith('code − conversation'));
  const ofMap = new Map(
    rows.map((row) => {
      const cells = row.split(',');
      return [`${cells[0]}.${cells[1]}`, Number(cells[header.includes('"') ? -1 : column])];
    }),
  );
  expect(ofMap.size).toBe(270);
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
