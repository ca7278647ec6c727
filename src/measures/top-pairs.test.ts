import { describe, expect, it } from 'vitest';
import { STRONGEST_KEYS } from '../tensor/layer-summary.ts';
import { createLayerSummary } from '../tensor/summary-rows.ts';
import { findTopPairs, findTopSlicePairs } from './top-pairs.ts';

const rows = [[1], [0.75, 0.25], [0.25, 0.5, 0.25], [0.125, 0.125, 0.5, 0.25]];
const slice = { size: 4, packed: Float32Array.from(rows.flat()) };

it('pairs of a summary and of its matrix are the same', () => {
  const summary = createLayerSummary(0, 1, 4, 1);
  rows.forEach((row, query) => {
    const order = [...row.keys()].sort((a, b) => row[b] - row[a]);
    order.forEach((key, k) => {
      summary.strongestKeys[query * STRONGEST_KEYS + k] = key;
      summary.strongestWeights[query * STRONGEST_KEYS + k] = row[key];
    });
  });
  for (const skips of [true, false])
    expect(findTopPairs(summary, 0, 3, skips)).toEqual(findTopSlicePairs(slice, 3, skips));
});

describe('findTopSlicePairs', () => {
  it('takes one a query, strongest first, equals in the order of the text', () => {
    expect(findTopSlicePairs(slice, 9, true)).toEqual([
      { query: 2, key: 1, weight: 0.5 },
      { query: 3, key: 2, weight: 0.5 },
      { query: 1, key: 1, weight: 0.25 },
    ]);
    expect(findTopSlicePairs(slice, 1, false)).toEqual([{ query: 1, key: 0, weight: 0.75 }]);
  });
  it('takes none of undefined rows, of hidden cells, or of nothing', () => {
    const nan = { size: 2, packed: Float32Array.of(1, Number.NaN, Number.NaN) };
    expect(findTopSlicePairs(nan, 3, false)).toEqual([]);
    expect(findTopSlicePairs({ size: 2, packed: new Float32Array(3) }, 3, true)).toEqual([]);
    expect(findTopSlicePairs({ size: 0, packed: new Float32Array() }, 3, true)).toEqual([]);
  });
});
