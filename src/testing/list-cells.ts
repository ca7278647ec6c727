import type { CellPattern } from '../tensor/cell-pattern.ts';

/** The cells of a pattern as "query>key", row by row. */
export function listCells({ size, starts, keys }: CellPattern): string[] {
  const cells: string[] = [];
  for (let query = 0; query < size; query++)
    for (let at = starts[query]; at < starts[query + 1]; at++) cells.push(`${query}>${keys[at]}`);
  return cells;
}
