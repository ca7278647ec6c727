import type { LayerSummary } from '../../tensor/layer-summary.ts';

/** The rows of a summary that have one number for each head and query. */
type RowName = {
  [Name in keyof LayerSummary]: LayerSummary[Name] extends Float32Array ? Name : never;
}[keyof LayerSummary];

/** One head's numbers of a row measure, one a query. */
export function rowsOf(
  summary: LayerSummary,
  name: Exclude<RowName, 'strongestWeights'>,
  head: number,
): Float32Array {
  const { queryCount } = summary;
  return summary[name].subarray(head * queryCount, (head + 1) * queryCount);
}

/** Sum of the numbers from query `first` on. */
export function sumFrom(values: Float32Array, first: number): number {
  let sum = 0;
  for (let query = first; query < values.length; query++) sum += values[query];
  return sum;
}
