import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { HeadlightPage } from './headlight-page.ts';

test.describe.configure({ mode: 'serial' });
let app: HeadlightPage;
const TEXT = 'Count slowly: one, two, three, four,';

/** The page's store, as far as these journeys look into it. */
interface PageStore {
  readonly store: {
    getState(): {
      readonly shownRunId: string;
      readonly generation: { readonly status: string; readonly made?: number };
      readonly continuation: { readonly tokens: { readonly ids: Int32Array } } | null;
    };
    subscribe(listener: () => void): () => void;
  };
  readonly runs: {
    get(id: string): {
      readonly tokens: { readonly ids: Int32Array };
      readonly layers: readonly { readonly queryCount: number }[];
      readonly predictions: { readonly count: number } | null;
    };
  };
}

test.beforeAll(async ({ browser }) => {
  app = new HeadlightPage(await (await browser.newContext()).newPage());
  await app.open();
  await app.setText(TEXT);
});
test.afterAll(() => app.page.context().close());

const card = () => app.view('token-card');
const text = () => app.page.getByLabel('Your text').inputValue();
const set = async (name: string, value: string) =>
  app.page.getByLabel(name, { exact: true }).fill(value);
const go = async () => {
  await card().getByRole('button', { name: 'Continue the text' }).click();
  await app.idle();
};
const takeBack = async () => {
  await card().getByRole('button', { name: 'Take it back' }).click();
  await app.idle();
  expect(await text()).toBe(TEXT);
};
let greedy = '';

test('each new token brings its row, its probability and a mark in the text', async () => {
  const before = Number.parseInt((await app.readout('tokens').textContent()) ?? '', 10);
  await app.page.evaluate(() => {
    const { store, runs } = (window as unknown as { __headlight: PageStore }).__headlight;
    const seen: number[] = [];
    Object.assign(window, { seenRows: seen });
    store.subscribe(() => {
      const { shownRunId, generation } = store.getState();
      if (generation.status !== 'generating' || !generation.made) return;
      const rows = runs.get(shownRunId).layers[29].queryCount;
      if (seen.at(-1) !== rows) seen.push(rows);
    });
  });
  await set('tokens', '6');
  await go();
  greedy = (await text()).slice(TEXT.length);
  expect(greedy).not.toBe('');
  const rows = await app.page.evaluate(
    () => (window as unknown as { seenRows: number[] }).seenRows,
  );
  expect(rows).toEqual(Array.from({ length: 6 }, (_, i) => before + i + 1));
  await expect(app.readout('generated').locator('li')).toHaveCount(6);
  await expect(app.readout('generated').locator('small').first()).toHaveText(/%/);
  await expect(app.readout('generated')).toContainText('All tokens asked for were made.');
  await expect(app.page.locator('[data-token][data-generated]')).toHaveCount(6);
  await expect(app.readout('tokens')).toContainText(`${before + 6} tokens`);
  await expect(app.view('attention-heatmap')).toHaveAttribute('data-status', 'ready');
  const { violations } = await new AxeBuilder({ page: app.page })
    .include('[data-view=token-card]')
    .analyze();
  expect(violations.map(({ id, impact }) => [id, impact])).toEqual([]);
});

test('what is shown at the end is a run of just those tokens, with predictions', async () => {
  const { chosen, shown, predicted } = await app.page.evaluate(() => {
    const { store, runs } = (window as unknown as { __headlight: PageStore }).__headlight;
    const { shownRunId, continuation } = store.getState();
    const run = runs.get(shownRunId);
    return {
      chosen: Array.from(continuation?.tokens.ids ?? []),
      shown: Array.from(run.tokens.ids),
      predicted: run.predictions?.count,
    };
  });
  expect(shown).toEqual(chosen);
  expect(predicted).toBe(chosen.length);
  await app.readout('generated').locator('li button').first().click();
  const first = chosen.length - 6;
  await expect(card().getByRole('heading', { level: 2 })).toHaveText(`Query ${first}`);
  await app.page.keyboard.press('Control+z');
  await expect(card().getByRole('heading', { level: 2 })).toHaveText('After the text');
});

test('a stop text ends it after the token that completes it', async () => {
  await takeBack();
  const [stop] = greedy.match(/[a-z]+,?/i) ?? [];
  await app.page.getByLabel('Stop when this text was generated').fill(stop ?? '');
  await set('tokens', '20');
  await go();
  const made = (await text()).slice(TEXT.length);
  expect(made).toContain(stop);
  expect(greedy.startsWith(made)).toBe(true);
  await expect(app.readout('generated')).toContainText('A stop text came.');
  await app.page.getByLabel('Stop when this text was generated').fill('');
});

test('the same seed makes the same text', async () => {
  await takeBack();
  await set('tokens', '4');
  await set('temperature', '1.4');
  await app.page.getByRole('spinbutton', { name: 'seed' }).fill('5');
  await go();
  const first = await text();
  await takeBack();
  await go();
  expect(await text()).toBe(first);
  await set('temperature', '0');
});

test('stopped in the middle, what was made is kept and runs; an edit makes it the person’s own', async () => {
  await takeBack();
  await set('tokens', '128');
  await card().getByRole('button', { name: 'Continue the text' }).click();
  await expect(app.readout('generated').locator('li').nth(1)).toBeVisible({ timeout: 60_000 });
  await card().getByRole('button', { name: 'Stop', exact: true }).click();
  await app.idle();
  await expect(app.readout('generated')).toContainText('Stopped; what was made is kept.');
  const kept = await text();
  expect(kept.startsWith(TEXT)).toBe(true);
  expect(kept.length).toBeGreaterThan(TEXT.length);
  await expect(app.readout('next').locator('dt')).toHaveCount(5);
  await app.setText(`${kept}!`);
  await expect(app.readout('generated')).toHaveCount(0);
  await expect(app.page.locator('[data-token][data-generated]')).toHaveCount(0);
  expect(app.errors).toEqual([]);
});
