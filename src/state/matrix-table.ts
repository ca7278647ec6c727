import { createMessages } from '../lib/messages.ts';
import type { DisplayedSlice } from '../measures/displayed-slice.ts';
import { toArrayFiles } from '../tensor/array-files.ts';
import { rowStart } from '../tensor/causal-slice.ts';
import type { NamedArray } from '../tensor/named-array.ts';
import type { DisplayOptions } from './display-options.ts';
import type { Selection } from './selection.ts';

const t = createMessages('matrix-table', {
  row: 'The row of query {{query}} alone; CSV, JSON and arrays hold all {{count}} cells.',
});

/** Up to this many cells the page shows the whole table; beyond, one query's row. */
const TWIN_CELLS = 500;

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

/** What every view of one head's matrix exports alike: its table, a twin for long texts, its array. */
export function toMatrixExports(
  displayed: DisplayedSlice,
  shown: Pick<Selection, 'layer' | 'head' | 'query'> & Pick<DisplayOptions, 'weighting'>,
  settings: () => Readonly<Record<string, string>>,
) {
  const { size } = displayed;
  const query = Math.min(size - 1, shown.query ?? size - 1);
  const cells = rowStart(size);
  const twin = () => ({
    table: toRowTable(displayed, query),
    note: t('row', { query, count: cells }),
  });
  const what = shown.weighting === 'values' ? 'value_weighted' : 'attention';
  const name = `${what}_layer${shown.layer}_head${shown.head}`;
  return {
    table: () => toTable(displayed),
    ...(cells <= TWIN_CELLS ? {} : { twin }),
    settings,
    files: toArrayFiles(() => [toSquare(displayed, name)], settings, true),
  };
}
