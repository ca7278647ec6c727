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

async function openPage(baseURL: string | undefined): Promise<HeadlightPage> {
  const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const app = new HeadlightPage(await context.newPage());
  const body = readFileSync(`${SMALL}/model.gguf`);
  await app.page.route('**/models/*.gguf', (route) => route.fulfill({ status: 200, body }));
  return app;
}

async function expectReference(app: HeadlightPage): Promise<void> {
  await app.setText(text);
  const golden = new GoldenArrays('architectures/llama/expected');
  const expected = golden.floats('attention');
  const n = ids.length;
  for (let layer = 0; layer < 3; layer++) {
    for (let head = 0; head < 4; head++) {
      const packed = await app.readSlice(layer, head);
      const wanted: number[] = [];
      for (let query = 0; query < n; query++) {
        const at = ((layer * 4 + head) * n + query) * n;
        wanted.push(...expected.subarray(at, at + query + 1));
      }
      expect(findDifference(packed, wanted, { atol: 1e-4 })).toBeNull();
    }
  }
}

test('WebGPU gives the attention of the reference', async ({ baseURL }) => {
  const app = await openPage(baseURL);
  await app.page.goto('/');
  const adapter = await app.page.evaluate(async () => {
    const { gpu } = navigator as { gpu?: GPU };
    const found = await gpu?.requestAdapter();
    return found ? `${found.info.vendor} ${found.info.architecture}` : null;
  });
  const reason = 'this browser gives no WebGPU adapter, not even SwiftShader';
  if (adapter === null) console.log(`skipped: ${reason}`);
  test.skip(adapter === null, reason);
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
