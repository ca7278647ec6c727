import { expect, it } from 'vitest';
import { rowStart } from '../../tensor/causal-slice.ts';
import { findDifference } from '../../testing/close-to.ts';
import { GoldenArrays, readGoldenJson } from '../../testing/golden.ts';
import { getValue } from '../measure.ts';
import { compareSlices } from './divergence.ts';

const { tokens_compared: n, js_rows_mean } = readGoldenJson<{
  tokens_compared: number;
  js_rows_mean: Record<string, number[][]>;
}>('measures.json');

/** The beginning of a head's matrix in the reference's attention [layer, head, query, key]. */
function beginningOf(attention: Float32Array, size: number, at: number) {
  const packed = new Float32Array(rowStart(n));
  for (let query = 0; query < n; query++) {
    const row = (at * size + query) * size;
    packed.set(attention.subarray(row, row + query + 1), rowStart(query));
  }
  return { size: n, packed };
}

it.each(Object.keys(js_rows_mean))('the divergence of %s equals the reference', (pair) => {
  const [a, b] = pair.split('|').map((name) => {
    const arrays = new GoldenArrays(`smollm2/${name}`);
    return { attention: arrays.floats('attention'), size: arrays.shape('attention')[3] };
  });
  const values = js_rows_mean[pair]
    .flat()
    .map((_, at) =>
      getValue(
        compareSlices(beginningOf(a.attention, a.size, at), beginningOf(b.attention, b.size, at)),
      ),
    );
  const tolerance = { atol: 1e-5, rtol: 1e-4 };
  expect(findDifference(values, js_rows_mean[pair].flat(), tolerance)).toBeNull();
});
