import { expect, test } from '@playwright/test';
import { HeadlightPage } from './headlight-page.ts';

test.describe.configure({ mode: 'serial' });
let app: HeadlightPage;

test.beforeAll(async ({ browser }) => {
  app = new HeadlightPage(await (await browser.newContext({ acceptDownloads: true })).newPage());
  await app.open();
});
test.afterAll(() => app.page.context().close());

test('a measure is explained from where it is shown, and its page has a link', async () => {
  await app.view('entropy').locator('summary', { hasText: 'What is this?' }).click();
  await app
    .view('entropy')
    .getByRole('button', { name: /More about/ })
    .click();
  await expect(app.page.getByRole('heading', { name: 'Entropy', level: 1 })).toBeVisible();
  await expect(app.page.getByText('What it does not say')).toBeVisible();
  await app.idle();
  await expect(app.page).toHaveURL(/at=measures/);
  await app.page
    .getByRole('searchbox')
    .or(app.page.getByLabel('Find a measure'))
    .first()
    .fill('rollout');
  await app.page
    .getByRole('link', { name: 'Rollout' })
    .or(app.page.getByRole('button', { name: 'Rollout' }))
    .first()
    .click();
  await expect(app.page.getByRole('heading', { name: /rollout/i, level: 1 })).toBeVisible();
  await app.page.goBack();
  await expect(app.view('head-grid')).toBeVisible();
});

test('weights times values: shares of what is added, told as such, and reversible', async () => {
  const heatmap = () => app.view('attention-heatmap');
  const before = (await app.export('attention-heatmap', 'CSV')).toString();
  await app.page.getByRole('button', { name: '× values' }).click();
  await app.idle();
  await expect(heatmap()).toContainText('length of the value that it carries');
  await expect(app.page).toHaveURL(/weighting=values/);
  const csv = (await app.export('attention-heatmap', 'CSV')).toString();
  expect(csv).not.toBe(before);
  // Shares: each row sums to 1.
  const sums = new Map<string, number>();
  for (const line of csv.split('\r\n').filter((each) => /^\d/.test(each))) {
    const query = line.split(',')[0];
    sums.set(query, (sums.get(query) ?? 0) + Number(line.slice(line.lastIndexOf(',') + 1)));
  }
  expect(sums.size).toBeGreaterThan(20);
  for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 4);
  await app.page.getByRole('button', { name: 'weights', exact: true }).click();
  await app.idle();
  expect(
    (await app.export('attention-heatmap', 'CSV')).toString().split('\r\n').slice(-50),
  ).toEqual(before.split('\r\n').slice(-50));
});

test('where a token’s state comes from: rollout of every layer, and the limit of flow', async () => {
  const view = () => app.view('token-sources');
  await view().scrollIntoViewIfNeeded();
  await expect(view()).toHaveAttribute('data-status', 'ready', { timeout: 30_000 });
  const csv = (await app.export('token-sources', 'CSV')).toString();
  const rows = csv.split('\r\n').filter((line) => /^\d/.test(line));
  const count = rows.length / 30;
  expect(Number.isInteger(count)).toBe(true);
  const last = rows.slice(-count).map((line) => Number(line.slice(line.lastIndexOf(',') + 1)));
  expect(last.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
  await view().getByRole('button', { name: 'flow' }).click();
  await expect(view()).toContainText('Flow is computed for queries among the first 40 tokens');
  await view().getByRole('button', { name: 'Use rollout' }).click();
  await expect(view()).toHaveAttribute('data-status', 'ready');
  expect(app.errors).toEqual([]);
});
