import { expect, test } from '@playwright/test';
import { openModelPath } from '../src/batch/model-sources.ts';
import { Tokenizer } from '../src/engine/tokenizer.ts';
import { findDifference, largestMagnitude } from '../src/testing/close-to.ts';
import { GoldenArrays } from '../src/testing/golden.ts';
import { HeadlightPage } from './headlight-page.ts';

const ATTENTION = { atol: 1e-4 };
const MEASURE = { atol: 1e-5, rtol: 1e-4 };
const [LAYERS, HEADS, WIDTH] = [30, 9, 576];

test.describe.configure({ mode: 'serial' });
let textOf: (ids: Int32Array) => string;

test.beforeAll(async () => {
  const file = await openModelPath('public/models/SmolLM2-135M-Instruct.Q4_1.gguf');
  const tokenizer = new Tokenizer(file.tokenizer);
  await file.close();
  textOf = (ids) => tokenizer.fromIds(ids).text;
});

const relative = (expected: Float32Array) => ({ atol: 1e-3 * largestMagnitude(expected) });

for (const [precision, chip] of [
  ['dequantised', 'Q4_1 → fp32'],
  ['packed', 'Q4_1 kept'],
]) {
  test.describe(`in the browser, weights ${precision}`, () => {
    let app: HeadlightPage;
    test.beforeAll(async ({ browser }) => {
      app = new HeadlightPage(await (await browser.newContext()).newPage());
      await app.open(`/?device=wasm&precision=${precision}`);
      await expect(app.page.locator('[data-model=ready]')).toContainText(chip);
    });
    test.afterAll(() => app.page.context().close());

    for (const name of ['one', 'repeat', 'conversation', 'web', 'code', 'math']) {
      test(`text "${name}" has the reference's attention, streams and logits`, async () => {
        const golden = new GoldenArrays(`smollm2/${name}`);
        const ids = golden.integers('ids');
        const n = ids.length;
        await app.setText(textOf(ids));
        expect(await app.readIds()).toEqual(Array.from(ids));

        const attention = golden.floats('attention');
        const actual = new Float32Array(attention.length);
        const packed = await app.readAllSlices();
        expect(packed.length).toBe((LAYERS * HEADS * n * (n + 1)) / 2);
        let at = 0;
        for (let head = 0; head < LAYERS * HEADS; head++) {
          for (let query = 0; query < n; query++) {
            actual.set(packed.subarray(at, at + query + 1), (head * n + query) * n);
            at += query + 1;
          }
        }
        expect(findDifference(actual, attention, ATTENTION)).toBeNull();

        const logits = golden.floats('logits_last');
        expect(findDifference(await app.readLogits(n - 1), logits, relative(logits))).toBeNull();
        if (golden.has('hidden')) {
          const hidden = golden.floats('hidden');
          for (let layer = 0; layer <= LAYERS; layer++) {
            const expected = hidden.subarray(layer * n * WIDTH, (layer + 1) * n * WIDTH);
            const stream = await app.readStream(layer);
            expect(findDifference(stream, expected, relative(hidden))).toBeNull();
          }
        }
      });
    }

    test('512 tokens have the reference’s rows, entropies, streams and logits', async () => {
      const golden = new GoldenArrays('smollm2/long512');
      const ids = golden.integers('ids');
      await app.setText(textOf(ids));
      expect(await app.readIds()).toEqual(Array.from(ids));
      const rows = golden.floats('attention_rows');
      const queries = golden.integers('queries');
      for (const [a, layer] of golden.integers('layers').entries()) {
        for (let head = 0; head < HEADS; head++) {
          const slice = await app.readSlice(layer, head);
          for (const [b, query] of queries.entries()) {
            const at = ((a * HEADS + head) * queries.length + b) * 512;
            const row = new Float32Array(512);
            const start = (query * (query + 1)) / 2;
            row.set(slice.subarray(start, start + query + 1));
            expect(findDifference(row, rows.subarray(at, at + 512), ATTENTION)).toBeNull();
          }
        }
      }
      expect(
        findDifference(await app.readEntropies(), golden.floats('entropy'), MEASURE),
      ).toBeNull();
      const logits = golden.floats('logits_last');
      expect(findDifference(await app.readLogits(511), logits, relative(logits))).toBeNull();
      const last = golden.floats('hidden_last');
      for (let layer = 0; layer <= LAYERS; layer++) {
        const stream = (await app.readStream(layer)).subarray(511 * WIDTH);
        const expected = last.subarray(layer * WIDTH, (layer + 1) * WIDTH);
        expect(findDifference(stream, expected, relative(last))).toBeNull();
      }
    });
  });
}
