import Papa from 'papaparse';
import { findColumns } from './table-columns.ts';
import type { RowBatch, TableRow } from './table-rows.ts';
import type { TextStream } from './text-stream.ts';

/** What may part cells. */
export type Delimiter = ',' | ';' | '\t' | '|';
const DELIMITERS: Delimiter[] = [',', ';', '\t', '|'];
/** Stands for "nothing parts cells": a character that tables do not have. */
const NO_DELIMITER = '\u001f';
/** Characters of one row beyond which its quote was surely never meant to open. */
const ROW_LIMIT = 8_000_000;

export interface CsvOptions {
  /** Found from the first rows when absent. */
  readonly delimiter?: Delimiter | undefined;
  /** Whether the first row names the columns; else they are called "1", "2" and so on. */
  readonly hasHeader: boolean;
  /**
   * Whether quotes enclose cells, as they do when absent; false for tables that have them as they come in
   * texts, which is usual where tabs part the cells.
   */
  readonly isQuoted?: boolean | undefined;
}

/**
 * The rows of a table of separated values, quoted as RFC 4180 has it, read piece by piece. Empty rows are
 * no rows. A row with more cells than columns loses the last ones, and is told as odd.
 */
export async function* readCsvRows(
  stream: TextStream,
  { delimiter, hasHeader, isQuoted = true }: CsvOptions,
): AsyncGenerator<RowBatch> {
  let parser: Papa.Parser | null = null;
  let columns: readonly string[] | null = null;
  let rest = '';
  let line = 1;
  for await (const { text, bytesRead } of stream.read()) {
    const isLast = bytesRead >= stream.byteCount;
    const input = rest + text;
    parser ??= new Papa.Parser({
      delimiter: delimiter ?? guessDelimiter(input),
      newline: '\n',
      ...(isQuoted ? {} : { fastMode: true }),
    });
    const parsed = parser.parse(input, 0, !isLast) as Papa.ParseResult<string[]>;
    const faults = new Map(parsed.errors.map(({ row = -1, code }) => [row, code]));
    rest = isLast ? '' : input.slice(parsed.meta.cursor);

    const rows: TableRow[] = [];
    const odd: number[] = [];
    const named: string[] = [];
    let openQuote: number | null = null;
    for (const [i, cells] of parsed.data.entries()) {
      const start = line;
      line += 1 + cells.reduce((sum, cell) => sum + countLineFeeds(cell), 0);
      if (cells.length === 1 && cells[0].trim() === '') continue;
      if (faults.get(i) === 'MissingQuotes') {
        openQuote = start;
        continue;
      }
      if (columns === null) {
        columns = nameColumns(hasHeader ? cells : cells.map((_, c) => String(c + 1)));
        named.push(...columns);
        if (hasHeader) continue;
      }
      if (cells.length !== columns.length || faults.has(i)) odd.push(start);
      rows.push({ line: start, cells: new Map(columns.map((name, c) => [name, cells[c] ?? ''])) });
    }
    if (rest.length > ROW_LIMIT) openQuote = line;
    yield { rows, columns: named, broken: [], odd, openQuote, bytesRead };
    if (openQuote !== null) return;
  }
}

/** What parts the cells of the first row into columns with known names, else of the first rows most evenly. */
function guessDelimiter(input: string): string {
  const parse = (delimiter: string, preview: number) =>
    Papa.parse<string[]>(input, {
      delimiter,
      preview,
      newline: '\n',
      skipEmptyLines: true,
      delimitersToGuess: DELIMITERS,
    });
  const telling = DELIMITERS.find((delimiter) => {
    const [cells = []] = parse(delimiter, 1).data;
    return cells.length > 1 && findColumns(cells).text !== null;
  });
  if (telling !== undefined) return telling;
  const { data, meta } = parse('', 10);
  // Commas within the prose of a table of one column do not part it.
  return (data[0]?.length ?? 0) > 1 ? meta.delimiter : NO_DELIMITER;
}

/** Names of columns without surrounding white space, each once: nameless ones by their place. */
function nameColumns(cells: readonly string[]): readonly string[] {
  const names: string[] = [];
  for (const [i, cell] of cells.entries()) {
    const name = cell.replace(/^\ufeff/, '').trim() || String(i + 1);
    let unique = name;
    for (let n = 2; names.includes(unique); n++) unique = `${name} (${n})`;
    names.push(unique);
  }
  return names;
}

function countLineFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
