import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';

/** A column of a Parquet file; null where a value is undefined. */
export interface ParquetColumn {
  readonly name: string;
  readonly kind: 'index' | 'text' | 'score';
  readonly values: readonly (number | string | null)[];
}

const TYPES = { index: 'INT32', text: 'STRING', score: 'DOUBLE' } as const;

/** Columns as a Parquet file, the settings as its metadata. All columns have equal length. */
export function toParquet(
  columns: readonly ParquetColumn[],
  settings: Readonly<Record<string, string>>,
): ArrayBuffer {
  return parquetWriteBuffer({
    columnData: columns.map(
      ({ name, kind, values }): ColumnSource => ({ name, type: TYPES[kind], data: [...values] }),
    ),
    kvMetadata: Object.entries(settings).map(([key, value]) => ({ key, value })),
    createdBy: settings.program ?? 'Headlight',
  });
}
