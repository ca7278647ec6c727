import { readFileSync } from 'node:fs';
import { type Browser, chromium, expect, test } from '@playwright/test';
import { findDifference } from '../src/testing/close-to.ts';
import { findBrowser } from '../src/testing/find-browser.ts';
import { GoldenArrays, readGoldenJson } from '../src/testing/golden.ts';
import { HeadlightPage } from './headlight-page.ts';

/*
 * WebGPU on SwiftShader, a graphics adapter in software: right but slow, so the model is the smallest one.
 * It shows that the WebGPU path computes the same numbers, not how fast a real adapter is.
 */
const FLAGS = ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
const SMALL = 'src/testing/golden/architectures/llama';
const { text, ids } = readGoldenJson<{ text: string; ids: number[] }>(
  'architectures/llama/expected.json',
);

let browser: Browser;
test.beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findBrowser(), args: FLAGS });
});
test.afterAll(() => browser.close());

const GOLDEN = 'src/testing/golden';
/** Files that hold each packed form: 4 and 8 bits, parts of 16 and 32 values, with and without shifts. */
const QUANTISED = ['F16', 'Q4_0', 'Q4_1', 'Q5_1', 'Q2_K'];

async function openPage(
  baseURL: string | undefined,
  model = `${SMALL}/model.gguf`,
): Promise<HeadlightPage> {
  const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const app = new HeadlightPage(await context.newPage());
  const body = readFileSync(model);
  await app.page.route('**/models/*.gguf', (route) => route.fulfill({ status: 200, body }));
  return app;
}

/** Skips the test where this browser has no adapter; must be called before the model is opened. */
async function needAdapter(app: HeadlightPage): Promise<void> {
  await app.page.goto('/');
  const adapter = await app.page.evaluate(async () => {
    const { gpu } = navigator as { gpu?: GPU };
    const found = await gpu?.requestAdapter();
    return found ? `${found.info.vendor} ${found.info.architecture}` : null;
  });
  const reason = 'this browser gives no WebGPU adapter, not even SwiftShader';
  if (adapter === null) console.log(`skipped: ${reason}`);
  test.skip(adapter === null, reason);
}

/** Every matrix of the reference [layer, head, query, key] against the page's. */
async function expectAttention(
  app: HeadlightPage,
  content: string,
  expected: Float32Array,
  [layers, heads, n]: readonly [number, number, number],
  atol: number,
): Promise<void> {
  await app.setText(content);
  for (let layer = 0; layer < layers; layer++) {
    for (let head = 0; head < heads; head++) {
      const packed = await app.readSlice(layer, head);
      const wanted: number[] = [];
      for (let query = 0; query < n; query++) {
        const at = ((layer * heads + head) * n + query) * n;
        wanted.push(...expected.subarray(at, at + query + 1));
      }
      expect(findDifference(packed, wanted, { atol })).toBeNull();
    }
  }
}

function expectReference(app: HeadlightPage): Promise<void> {
  const golden = new GoldenArrays('architectures/llama/expected');
  return expectAttention(app, text, golden.floats('attention'), [3, 4, ids.length], 1e-4);
}

test('WebGPU gives the attention of the reference', async ({ baseURL }) => {
  const app = await openPage(baseURL);
  await needAdapter(app);
  await app.open('/?device=webgpu');
  await expect(app.page.locator('[data-model=ready]')).toContainText('WEBGPU');
  await expectReference(app);
  expect(app.errors).toEqual([]);
  await app.page.context().close();
});

test('without being asked, a software adapter is left for WASM, with the same numbers', async ({
  baseURL,
}) => {
  const app = await openPage(baseURL);
  await app.open();
  await expect(app.page.locator('[data-model=ready]')).toContainText('WASM');
  await expectReference(app);
  await app.page.context().close();
});

test('WebGPU gives the attention of the reference with weights kept as the file has them', async ({
  baseURL,
}) => {
  test.setTimeout(300_000);
  const { text: content, ids: cut } = readGoldenJson<{ text: string; ids: number[] }>(
    'quantised/expected.json',
  );
  for (const name of QUANTISED) {
    const app = await openPage(baseURL, `${GOLDEN}/quantised/${name}.gguf`);
    if (name === QUANTISED[0]) await needAdapter(app);
    await app.open('/?device=webgpu&precision=packed');
    await expect(app.page.locator('[data-model=ready]')).toContainText('kept');
    const golden = new GoldenArrays(`quantised/${name}.expected`);
    const attention = golden.floats('attention');
    const [layers, heads] = golden.shape('attention');
    await expectAttention(app, content, attention, [layers, heads, cut.length], 1e-4);
    expect(app.errors).toEqual([]);
    await app.page.context().close();
  }
});
