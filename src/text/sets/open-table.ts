import { type Delimiter, readCsvRows } from './csv-rows.ts';
import { getTableFormat, type NamedFile, type TableFormat } from './file-kinds.ts';
import { JSON_LIMIT, readJsonArray, readJsonLines } from './json-rows.ts';
import type { RowBatch } from './table-rows.ts';
import { openTextStream, type TextStream } from './text-stream.ts';

export interface TableForm {
  /** Taken from the file's name when absent; files without a known name are read as CSV. */
  readonly format?: TableFormat | undefined;
  readonly delimiter?: Delimiter | undefined;
  /** Whether a CSV's first row names its columns; true when absent. */
  readonly hasHeader?: boolean | undefined;
  /** Whether quotes enclose the cells of a CSV or TSV; true when absent. */
  readonly isQuoted?: boolean | undefined;
}

export type OpenedTable =
  | {
      readonly ok: true;
      readonly format: TableFormat;
      readonly stream: TextStream;
      /** The table's rows from its beginning, as often as wanted. */
      read(): AsyncGenerator<RowBatch>;
    }
  | { readonly ok: false; readonly why: TableRefusal };

/**
 * Why a file is no table of texts: bytes that are no text, an encoding that cannot be guessed, a file that
 * is gone, a JSON array above 50 MB (as JSONL it may be larger), JSON that is no list of texts.
 */
export type TableRefusal =
  | 'binary'
  | 'encoding'
  | 'unreadable'
  | 'too-large'
  | 'not-a-list'
  | 'cancelled';

export async function openTable(
  { name, content }: NamedFile,
  {
    format = getTableFormat(name) ?? 'csv',
    delimiter,
    hasHeader = true,
    isQuoted = true,
  }: TableForm,
  goOn: () => Promise<boolean>,
): Promise<OpenedTable> {
  const opened = await openTextStream(content, goOn);
  if (!opened.ok) return opened;
  const { stream } = opened;
  if (format === 'csv' || format === 'tsv') {
    const parting = delimiter ?? (format === 'tsv' ? '\t' : undefined);
    const read = () => readCsvRows(stream, { delimiter: parting, hasHeader, isQuoted });
    return { ok: true, format, stream, read };
  }
  if (!(await isOneValue(stream, format))) {
    return { ok: true, format: 'jsonl', stream, read: () => readJsonLines(stream) };
  }
  if (stream.byteCount > JSON_LIMIT) return { ok: false, why: 'too-large' };
  let text = '';
  for await (const piece of stream.read()) text += piece.text;
  const batch = readJsonArray(text, stream.byteCount);
  if (batch === null) return { ok: false, why: 'not-a-list' };
  return {
    ok: true,
    format: 'json',
    stream,
    async *read() {
      yield batch;
    },
  };
}

/** Whether a file is one JSON value: some that are called .json hold a value a line, and the other way round. */
async function isOneValue(stream: TextStream, format: TableFormat): Promise<boolean> {
  for await (const { text } of stream.read()) {
    const start = text.trimStart();
    if (start === '') continue;
    if (start[0] === '[') return format === 'json' || !isJson(firstLine(start));
    return format === 'json' && !(isJson(firstLine(start)) && hasSecondLine(start));
  }
  return false;
}

const firstLine = (text: string): string => text.match(/^[^\n]*/)?.[0] ?? '';
const hasSecondLine = (text: string): boolean => /\n\s*\S/.test(text);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
