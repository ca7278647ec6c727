import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, expect, test } from '@playwright/test';
import type { DomainsStore } from '../src/state/domains/domains-store.ts';
import { HeadlightPage } from './headlight-page.ts';

/* Sets of texts in the page, on a tiny model: what the browser gives and keeps is real. */

const LLAMA = readFileSync('src/testing/golden/architectures/llama/model.gguf');

let context: BrowserContext;
let app: HeadlightPage;

test.beforeEach(async ({ browser }) => {
  context = await browser.newContext();
  await context.route('**/models/SmolLM2*.gguf', (route) =>
    route.fulfill({ body: Buffer.from(LLAMA), contentType: 'application/octet-stream' }),
  );
  app = new HeadlightPage(await context.newPage());
  await app.open('/?threads=1#v=1&at=domains');
});
test.afterEach(async () => {
  expect(app.errors).toEqual([]);
  await context.close();
});

/** What the store of the sets says. */
const read = () =>
  app.page.evaluate(() => {
    const { store, results } = (window as unknown as { __domains: DomainsStore }).__domains;
    const state = store.getState();
    return {
      queue: state.queue,
      counts: state.counts,
      length: state.plan?.length ?? null,
      keeping: state.keeping.status,
      kept: state.usage?.profileCount ?? null,
      sets: state.sets.map(({ name, texts }) => `${name} ${texts.length}`),
      texts: state.sets.flatMap(({ texts }) => texts.map(({ text }) => text)),
      profiles: results(state)?.sets.map(({ profiles }) => profiles.length) ?? null,
    };
  });

const button = (name: string | RegExp) => app.page.getByRole('button', { name });

/** Waits until so many texts are done. */
const untilDone = (count: number) =>
  app.page.waitForFunction(
    (wanted) =>
      (window as unknown as { __domains: DomainsStore }).__domains.store.getState().counts.done >=
      wanted,
    count,
    { polling: 5 },
  );

test('built-in domains: run with one click, back after a reload, forgotten when asked', async () => {
  await button('Use the four built-in domains').click();
  await app.idle();
  const done = await read();
  expect(done.sets).toEqual(['conversation 24', 'web 24', 'code 24', 'mathematics 24']);
  expect(done.counts.failed).toBe(0);
  expect(done.counts.done).toBe(done.counts.total);
  expect(done.counts.done).toBeGreaterThanOrEqual(77);
  expect(done.keeping).toBe('kept');
  expect(done.kept).toBe(done.counts.done);
  await expect(app.page.locator('[data-readout=queue]')).toContainText(
    `All ${done.counts.done} texts are done.`,
  );
  for (const theme of ['light', 'dark']) {
    await button(theme).click();
    const { violations } = await new AxeBuilder({ page: app.page }).analyze();
    const serious = violations.filter(
      ({ impact }) => impact === 'serious' || impact === 'critical',
    );
    expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }

  await app.page.reload();
  await app.open('/?threads=1#v=1&at=domains');
  const back = await read();
  expect(back).toEqual(done);
  await button('Forget results').click();
  await button(/^Forget the results of all texts/).click();
  await app.idle();
  const forgotten = await read();
  expect(forgotten).toMatchObject({ kept: 0, profiles: null });
  expect(forgotten.sets).toEqual(done.sets);
});

test('the tab closed in mid-queue: nothing is lost, and one click goes on', async () => {
  await button('Use the four built-in domains').click();
  await untilDone(5);
  await app.page.close();
  app = new HeadlightPage(await context.newPage());
  await app.open('/?threads=1#v=1&at=domains');
  const back = await read();
  expect(back.queue).toEqual({ status: 'paused', reason: 'reload' });
  // The text that was being written when the tab went waits again.
  expect(back.counts.done).toBeGreaterThanOrEqual(4);
  expect(back.counts.done).toBeLessThan(back.counts.total);
  await expect(app.page.locator('[data-readout=queue]')).toContainText(
    'texts were done when this page was left',
  );
  await button('Go on').click();
  await app.idle();
  const done = await read();
  expect(done.counts).toEqual({ done: done.counts.total, failed: 0, total: done.counts.total });
});

test('an engine that dies in mid-queue is started again, and the queue ends', async () => {
  await button('Use the four built-in domains').click();
  await untilDone(5);
  await app.page.evaluate(() => (window as unknown as { __killEngine: () => void }).__killEngine());
  await app.idle();
  const done = await read();
  if (done.queue.status === 'paused') {
    // It died between two texts, so that none of them is to blame: the person is asked.
    await button('Try again').click();
    await app.idle();
  }
  const { counts } = await read();
  expect(counts).toEqual({ done: counts.total, failed: 0, total: counts.total });
});

test('folders and tables that are dropped become sets; texts dropped in Read do not', async () => {
  await app.page.evaluate(() => {
    const transfer = new DataTransfer();
    const rows = ['label,text'];
    for (let i = 0; i < 6; i++) {
      rows.push(`chat,"hello there ${i}\nhow are you"`, `code,let x${i} = 1;`);
    }
    transfer.items.add(new File([rows.join('\n')], 'table.csv'));
    transfer.items.add(new File(['a lone text'], 'lone.txt'));
    document.body.dispatchEvent(
      new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }),
    );
  });
  await expect(app.page.getByText(/^table\.csv: 12 texts from column “text”/)).toBeVisible();
  await app.idle();
  expect((await read()).sets).toEqual(['lone 1', 'chat 6', 'code 6']);
  expect((await read()).texts).toContain('hello there 0\nhow are you');
  await app.page.getByRole('button', { name: 'Read', exact: true }).click();
  await app.page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['for reading'], 'read.txt'));
    document.body.dispatchEvent(
      new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }),
    );
  });
  await expect(app.page.getByLabel('Your text')).toHaveValue('for reading');
  expect((await read()).sets).toHaveLength(3);
});

test('without storage everything works and says that nothing is kept', async ({ browser }) => {
  const closed = await browser.newContext();
  await closed.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  });
  await closed.route('**/models/SmolLM2*.gguf', (route) =>
    route.fulfill({ body: Buffer.from(LLAMA), contentType: 'application/octet-stream' }),
  );
  const other = new HeadlightPage(await closed.newPage());
  await other.open('/?threads=1#v=1&at=domains');
  await other.page.getByRole('button', { name: 'Use the four built-in domains' }).click();
  await other.idle();
  await expect(other.page.getByRole('alert')).toContainText('last only as long as this page');
  await expect(other.page.locator('[data-readout=queue]')).toContainText(/All \d+ texts are done/);
  expect(other.errors).toEqual([]);
  await closed.close();
});
