import type { SlicedWork } from '../../lib/sliced-work.ts';
import { computeFlow } from '../../measures/flow.ts';
import { computeRolloutRows } from '../../measures/rollout.ts';
import type { SourceMethod } from '../../state/display-options.ts';
import { type CausalSlice, rowOf } from '../../tensor/causal-slice.ts';

/**
 * Rows of what a query's state comes from, [row][key], keys 0 to the query: one row a layer, or a single
 * one for flow. Shares: rows sum to 1. In slices.
 */
export function* computeSourceRows(
  layers: readonly CausalSlice[],
  query: number,
  method: SourceMethod,
): SlicedWork<readonly ArrayLike<number>[]> {
  if (method === 'rollout') return yield* computeRolloutRows(layers, query);
  if (method === 'flow') return [computeFlow(layers, query).share];
  return layers.map((layer) => rowOf(layer, query).slice());
}

/** The largest value but those of the first key and of the query itself; 0 when there is none. */
export function findLargestBetween(rows: readonly ArrayLike<number>[]): number {
  let largest = 0;
  for (const row of rows) {
    for (let key = 1; key < row.length - 1; key++) if (row[key] > largest) largest = row[key];
  }
  return largest;
}
