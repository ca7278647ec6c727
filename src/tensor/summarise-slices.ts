import { type CausalSlice, rowOf } from './causal-slice.ts';
import type { LayerSummary } from './layer-summary.ts';
import { createLayerSummary, summariseRows } from './summary-rows.ts';

/** The summary of a layer whose heads have these matrices, worked out cell by cell; one tile a token. */
export function summariseSlices(
  slices: readonly CausalSlice[],
  ids: Int32Array,
  window: number | null = null,
): LayerSummary {
  const n = ids.length;
  const summary = createLayerSummary(0, slices.length, n, 1, window);
  slices.forEach((slice, head) => {
    summariseRows(summary, head, ids, (query) => rowOf(slice, query));
    for (let query = 0; query < n; query++) {
      const at = head * n + query;
      const row = Array.from(rowOf(slice, query));
      const terms = row.map((weight) => (weight > 0 ? -weight * Math.log(weight) : 0));
      const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
      summary.entropy[at] = sum(terms);
      summary.tailEntropy[at] = sum(terms.slice(1));
      summary.tailMass[at] = sum(row.slice(1));
      const distances = row.map((weight, key) => weight * (query - key));
      summary.distance[at] = sum(distances);
      summary.tailDistance[at] = sum(distances.slice(1));
    }
  });
  return summary;
}
