/**
 * One head's weights as a causal matrix [query, key], rows packed one after another: row q holds its
 * q + 1 keys from `rowStart(q)` on. `size` is the number of rows (and of keys). A row of NaN means
 * "undefined here" (for example nothing left after the first token was taken out).
 */
export interface CausalSlice {
  readonly size: number;
  readonly packed: Float32Array;
}

/** Where row `query` starts in the packed array; also the number of cells before that row. */
export function rowStart(query: number): number {
  return (query * (query + 1)) / 2;
}

/** The keys of one row as a view, length query + 1. */
export function rowOf(slice: CausalSlice, query: number): Float32Array {
  const start = rowStart(query);
  return slice.packed.subarray(start, start + query + 1);
}

/** The weight of a cell; 0 where the key comes after the query. */
export function weightAt(slice: CausalSlice, query: number, key: number): number {
  return key > query ? 0 : slice.packed[rowStart(query) + key];
}
