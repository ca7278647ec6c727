import type { DisplayedSlice } from '../measures/displayed-slice.ts';
import { rowStart } from '../tensor/causal-slice.ts';
import type { NamedArray } from '../tensor/named-array.ts';

/** Up to this many cells the page shows the whole table; beyond, one query's row. */
export const TWIN_CELLS = 500;

/** The numbers of a matrix as rows. */
export interface MatrixTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

const COLUMNS = ['query', 'query text', 'key', 'key text', 'weight'];

function toRows({ units, packed }: DisplayedSlice, query: number): MatrixTable['rows'] {
  const start = rowStart(query);
  return Array.from({ length: query + 1 }, (_, key) => [
    query,
    units[query].text,
    key,
    units[key].text,
    packed[start + key],
  ]);
}

/** Every cell on and below the diagonal as a row of a table. */
export function toTable(displayed: DisplayedSlice): MatrixTable {
  return {
    columns: COLUMNS,
    rows: displayed.units.flatMap((_, query) => toRows(displayed, query)),
  };
}

/** One query's keys as a table. */
export function toRowTable(displayed: DisplayedSlice, query: number): MatrixTable {
  return { columns: COLUMNS, rows: toRows(displayed, query) };
}

/** The matrix as a square array, [query, key]; 0 above the diagonal. */
export function toSquare({ size, packed }: DisplayedSlice, name: string): NamedArray {
  const data = new Float32Array(size * size);
  for (let query = 0; query < size; query++)
    data.set(packed.subarray(rowStart(query), rowStart(query + 1)), query * size);
  return { name, shape: [size, size], data };
}
