/**
 * A sparse set of cells of a text's causal matrix: for each query its keys, ascending, in compressed rows.
 * Query i has `keys[starts[i]]` to `keys[starts[i + 1] - 1]`. Roles, rules over tokens and painted roles
 * are patterns.
 */
export interface CellPattern {
  /** Number of queries. */
  readonly size: number;
  /** [size + 1] */
  readonly starts: Int32Array;
  /** [starts[size]], each at most its query. */
  readonly keys: Int32Array;
}

/**
 * Makes a pattern from each query's keys. Keys after the query, before 0, or named twice are left out.
 * `createPattern(3, (query) => [query - 1])` is the previous-token pattern: 1 -> 0, 2 -> 1.
 */
export function createPattern(
  size: number,
  keysOf: (query: number) => Iterable<number>,
): CellPattern {
  const starts = new Int32Array(size + 1);
  const keys: number[] = [];
  for (let query = 0; query < size; query++) {
    const own = [...new Set(keysOf(query))].filter((key) => key >= 0 && key <= query);
    own.sort((a, b) => a - b);
    keys.push(...own);
    starts[query + 1] = keys.length;
  }
  return { size, starts, keys: Int32Array.from(keys) };
}

/** How many cells a pattern has. */
export function countCells(pattern: CellPattern): number {
  return pattern.keys.length;
}
