import { expect, it } from 'vitest';
import { createLayerSummary, summariseRows } from '../tensor/summary-rows.ts';
import { findInductionExample } from './induction-example.ts';

const ids = Int32Array.of(7, 8, 9, 7, 8);

/** A layer whose heads have these rows of weights for five tokens. */
function layerOf(layer: number, ...heads: readonly (readonly number[])[][]) {
  const summary = createLayerSummary(layer, heads.length, 5, 1);
  heads.forEach((rows, head) => {
    summariseRows(summary, head, ids, (query) => Float32Array.from(rows[query]));
  });
  return summary;
}
const flat = [
  [1],
  [0.5, 0.5],
  [0.4, 0.3, 0.3],
  [0.25, 0.25, 0.25, 0.25],
  [0.2, 0.2, 0.2, 0.2, 0.2],
];
const once = [...flat.slice(0, 3), [0, 0.95, 0, 0.05], [1, 0, 0, 0, 0]];
const both = [...flat.slice(0, 3), [0.1, 0.7, 0.1, 0.1], [0.1, 0, 0.8, 0.1, 0]];

it('takes the head with the best score, not the one with the strongest single cell', () => {
  const layers = [layerOf(0, flat, once), null, layerOf(2, both)];
  expect(findInductionExample(layers, ids)).toEqual({ layer: 2, head: 0, query: 4, key: 2 });
});

it('finds none where no token repeats, and none in nothing', () => {
  expect(findInductionExample([layerOf(0, flat)], Int32Array.of(1, 2, 3, 4, 5))).toBeNull();
  expect(findInductionExample([], ids)).toBeNull();
});
