import { readFileSync } from 'node:fs';
import { type Browser, expect, type Page, type Route, test } from '@playwright/test';
import type { HeadlightStore } from '../src/state/store.ts';
import { HeadlightPage } from './headlight-page.ts';

const MODEL = '**/models/*.gguf';
const MODEL_FILE = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';
const OWN_TEXT = 'Two ferries left the harbour at dawn; one of the ferries came back.';
const LONG_TEXT =
  'Every autumn the miller counts his sacks twice, writes the sum on a slate, and hides it. '.repeat(
    20,
  );

type PageWindow = typeof globalThis & {
  __headlight: HeadlightStore;
  __killEngine: () => void;
};

async function openPage(browser: Browser): Promise<HeadlightPage> {
  const context = await browser.newContext();
  return new HeadlightPage(await context.newPage());
}

/** Waits until layers of the present text are being computed, and says how many have come. */
function whenRunning(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const { store } = (globalThis as PageWindow).__headlight;
        const look = (): boolean => {
          const { run } = store.getState();
          if (run.status !== 'running' || run.layersDone < 2) return false;
          resolve(run.layersDone);
          return true;
        };
        const stop = look() ? null : store.subscribe(() => look() && stop?.());
      }),
  );
}

/** Lets workers' memory refuse to grow while the test says so: what a full machine does. */
async function controlMemory(page: Page, startsFull: boolean) {
  let isFull = startsFull;
  await page.context().route('**/assets/engine.worker-*.js', async (route) => {
    const response = await route.fetch();
    const body = `
      let isFull = ${isFull};
      const grow = WebAssembly.Memory.prototype.grow;
      WebAssembly.Memory.prototype.grow = function (pages) {
        if (isFull) throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
        return grow.call(this, pages);
      };
      new BroadcastChannel('memory').onmessage = ({ data }) => { isFull = data; };
      ${await response.text()}`;
    await route.fulfill({ response, body });
  });
  return {
    async setFull(full: boolean): Promise<void> {
      isFull = full;
      await page.evaluate((data) => {
        const channel = new BroadcastChannel('memory');
        channel.postMessage(data);
        channel.close();
      }, full);
    },
  };
}

test.describe('a server that does not isolate the page', () => {
  test('leaves one thread; the page says so and works', async ({ browser }) => {
    const app = await openPage(browser);
    await app.page.route('**/*', async (route) => {
      if (route.request().resourceType() !== 'document') return route.continue();
      const response = await route.fetch();
      const headers = response.headers();
      delete headers['cross-origin-opener-policy'];
      delete headers['cross-origin-embedder-policy'];
      await route.fulfill({ response, headers });
    });
    await app.open();
    expect(await app.page.evaluate(() => globalThis.crossOriginIsolated)).toBe(false);
    await expect(app.page.locator('[data-model=ready]')).toContainText(/WASM, 1 thread/);
    await app.setText(OWN_TEXT);
    await expect(app.view('head-grid').locator('canvas').first()).toBeVisible();
    await expect(app.view('head-grid').getByRole('alert')).toHaveCount(0);
    expect(app.errors).toEqual([]);
    await app.page.context().close();
  });
});

test.describe('a model file that is not as it should be', () => {
  test('is explained, the text is kept, and a later attempt works', async ({ browser }) => {
    const app = await openPage(browser);
    const bytes = readFileSync(MODEL_FILE);
    let answer = (route: Route): Promise<void> => route.fulfill({ status: 404, body: 'gone' });
    await app.page.route(MODEL, (route) => answer(route));
    await app.page.goto('/');
    const alert = app.view('head-grid').getByRole('alert');
    const again = app.view('head-grid').getByRole('button', { name: 'Try again' });
    await expect(alert).toContainText('the server answered 404', { timeout: 30_000 });
    await expect(alert).toContainText('Check the address and the connection');
    await app.page.getByLabel('Your text').fill(OWN_TEXT);

    answer = (route) => route.fulfill({ status: 200, body: bytes.subarray(0, 30_000_000) });
    await again.click();
    await expect(alert).toContainText('ends at byte 30000000', { timeout: 30_000 });
    await expect(alert).toContainText('Download the file again; it is not complete.');

    answer = (route) =>
      route.fulfill({
        status: 200,
        contentType: 'text/html',
        body: '<!doctype html><h1>Moved</h1>',
      });
    await again.click();
    await expect(alert).toContainText('answered with a web page');

    answer = (route) => route.fulfill({ status: 200, body: 'no model at all' });
    await again.click();
    await expect(alert).toContainText('is not a GGUF file');
    await expect(alert).toContainText('Choose a GGUF file');

    answer = (route) => route.abort('connectionrefused');
    await again.click();
    await expect(alert).toContainText('could not be read');

    answer = (route) => route.continue();
    await again.click();
    await expect(app.page.locator('[data-model=ready]')).toBeVisible({ timeout: 60_000 });
    await app.idle();
    await expect(alert).toHaveCount(0);
    await expect(app.page.getByLabel('Your text')).toHaveValue(OWN_TEXT);
    await expect(app.view('head-grid').locator('canvas').first()).toBeVisible();
    expect(app.errors).toEqual([]);
    await app.page.context().close();
  });
});

test.describe('a machine without memory', () => {
  test('is told so, and the model loads when there is some again', async ({ browser }) => {
    const app = await openPage(browser);
    const memory = await controlMemory(app.page, true);
    await app.page.goto('/?threads=1');
    const alert = app.view('head-grid').getByRole('alert');
    await expect(alert).toContainText('Not enough memory', { timeout: 60_000 });
    await expect(alert).toContainText('Close other tabs or shorten the text');
    await app.page.getByLabel('Your text').fill(OWN_TEXT);
    await memory.setFull(false);
    await app.view('head-grid').getByRole('button', { name: 'Try again' }).click();
    await expect(app.page.locator('[data-model=ready]')).toBeVisible({ timeout: 60_000 });
    await app.idle();
    await expect(alert).toHaveCount(0);
    await expect(app.page.getByLabel('Your text')).toHaveValue(OWN_TEXT);
    await expect(app.view('head-grid').locator('canvas').first()).toBeVisible();
    await app.page.context().close();
  });
});

test.describe('a page that is ready', () => {
  test.describe.configure({ mode: 'serial' });
  let app: HeadlightPage;
  let memory: Awaited<ReturnType<typeof controlMemory>>;

  test.beforeAll(async ({ browser }) => {
    app = await openPage(browser);
    memory = await controlMemory(app.page, false);
    await app.open('/?threads=1');
  });
  test.afterAll(() => app.page.context().close());

  test('goes on without a network', async () => {
    await app.page.context().setOffline(true);
    await app.setText(OWN_TEXT);
    await expect(app.readout('tokens')).toContainText('tokens');
    await expect(app.view('head-grid').getByRole('alert')).toHaveCount(0);
    expect(await app.readSlice(29, 8)).not.toHaveLength(0);
    await app.page.context().setOffline(false);
  });

  test('says when memory runs out in mid-run, keeps the text, and runs a shorter one', async () => {
    const alert = app.view('head-grid').getByRole('alert');
    const long = 'the '.repeat(7_500);
    await memory.setFull(true);
    await app.page.getByLabel('Your text').fill(long);
    await expect(alert).toContainText('Not enough memory', { timeout: 60_000 });
    await expect(alert).toContainText('shorten the text');
    await expect(app.page.getByLabel('Your text')).toHaveValue(long);
    await app.setText(OWN_TEXT);
    await expect(alert).toHaveCount(0);
    await memory.setFull(false);
    await app.setText(`${OWN_TEXT} And the other one?`);
    await expect(alert).toHaveCount(0);
    expect(await app.readSlice(29, 8)).not.toHaveLength(0);
  });

  test('whose engine dies in mid-run keeps the text and starts again', async () => {
    await app.page.getByLabel('Your text').fill(LONG_TEXT);
    expect(await whenRunning(app.page)).toBeGreaterThan(1);
    await app.page.evaluate(() => (globalThis as PageWindow).__killEngine());
    const alert = app.view('head-grid').getByRole('alert');
    await expect(alert).toContainText('stopped unexpectedly');
    await expect(alert).toContainText('Your text is kept');
    await expect(app.page.getByLabel('Your text')).toHaveValue(LONG_TEXT);
    await app.view('head-grid').getByRole('button', { name: 'Try again' }).click();
    await expect(app.page.locator('[data-model=ready]')).toBeVisible({ timeout: 60_000 });
    await app.idle();
    await expect(alert).toHaveCount(0);
    await expect(app.readout('tokens')).toContainText(/4\d\d tokens/);
    expect(app.errors).toEqual([]);
  });
});
