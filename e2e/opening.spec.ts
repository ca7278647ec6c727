import { expect, test } from '@playwright/test';
import { HeadlightPage } from './headlight-page.ts';

test('a recorded run opens the page before the model is there, and live numbers replace it', async ({
  page,
}) => {
  const app = new HeadlightPage(page);
  let letModelThrough: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letModelThrough = resolve;
  });
  await page.route('**/*.gguf', async (route) => {
    await gate;
    await route.continue();
  });
  await page.goto('/');
  await expect(app.readout('recorded')).toContainText('Recorded run of');
  await expect(page.locator('[data-model=ready]')).toHaveCount(0);
  await expect(app.view('head-grid').locator('canvas').first()).toBeVisible();
  await expect(app.view('attention-heatmap').locator('canvas').first()).toBeVisible();
  await expect(app.view('head-card')).toContainText('of 270');
  letModelThrough();
  await expect(page.locator('[data-model=ready]')).toBeVisible({ timeout: 60_000 });
  await app.idle();
  await expect(app.readout('recorded')).toHaveCount(0);
  expect(app.errors).toEqual([]);
});

test('without the recorded run the page opens all the same', async ({ page }) => {
  const app = new HeadlightPage(page);
  await page.route('**/*.headlight', (route) => route.fulfill({ status: 404 }));
  await app.open();
  await expect(app.view('head-grid').locator('canvas').first()).toBeVisible();
  expect(app.errors).toEqual([]);
});

test('a newcomer is shown an induction head at the place where it copies', async ({ page }) => {
  const app = new HeadlightPage(page);
  await app.open('/#v=1&head=0.0&sample=library');
  await page.getByRole('button', { name: 'Show me a head that copies' }).click();
  await expect(app.readout('cell')).toContainText('query');
  await app.idle();
  const state = await page.evaluate(() => {
    const { store, runs } = (
      window as unknown as {
        __headlight: {
          store: { getState(): { shownRunId: string; selection: Record<string, number> } };
          runs: { get(id: string): { tokens: { ids: Int32Array } } };
        };
      }
    ).__headlight;
    const { selection, shownRunId } = store.getState();
    const { ids } = runs.get(shownRunId).tokens;
    return {
      query: ids[selection.query],
      beforeKey: ids[selection.key - 1],
      isEarlier: selection.key < selection.query,
    };
  });
  expect(state.isEarlier).toBe(true);
  expect(state.beforeKey).toBe(state.query);
  await page.getByRole('button', { name: 'Got it' }).click();
  await expect(page.getByRole('button', { name: 'Got it' })).toHaveCount(0);
});
