import type { TextEncoding } from '../decode-text.ts';
import { createBreaks, type LongWork } from './breaks.ts';
import type { NamedFile, TableFormat } from './file-kinds.ts';
import { chooseLabels, type LabelCount, type LeftOut, rankLabels } from './labels.ts';
import { openTable, type TableForm, type TableRefusal } from './open-table.ts';
import { isSpread } from './spread.ts';
import type { TableColumns } from './table-columns.ts';
import type { LineCount } from './table-rows.ts';
import { type ColumnChoice, createTally, getLabel, type MissingColumn } from './table-tally.ts';
import {
  createTextItem,
  createTextSets,
  SET_TEXT_LIMIT,
  type TextItem,
  type TextSet,
} from './text-set.ts';
import { LostFile } from './text-stream.ts';

/** What a person may choose about a table; what is absent is found from names. */
export interface TableChoice extends TableForm, ColumnChoice {
  /** The set of a table without labels; its file's name when absent. */
  readonly setName?: string | undefined;
}

/** What was found in a table and what became of it. */
export interface TableReport {
  /** The file's path. */
  readonly name: string;
  readonly format: TableFormat;
  readonly encoding: TextEncoding;
  /** True where letters may be wrong, since the file does not say how it is encoded. */
  readonly isGuess: boolean;
  readonly columns: readonly string[];
  /** The columns that were used. */
  readonly used: TableColumns & { readonly text: string };
  /** Rows that could be read, with text or without. */
  readonly rowCount: number;
  readonly withoutText: LineCount;
  /** Rows with text whose label is empty: they are in no set. */
  readonly withoutLabel: LineCount;
  /** Lines that are no JSON; for a JSON array, its elements that hold no text or columns. */
  readonly broken: LineCount;
  /** Rows with stray quotes, or more or fewer cells than columns; they are kept as they could be read. */
  readonly odd: LineCount;
  /** The line from which on nothing was read, since its quote never closes; null where all was read. */
  readonly openQuote: number | null;
  /** A label column by its name that is not used as such: it is empty, or differs in most rows. */
  readonly unfitLabel: string | null;
  /** Every label with its texts, the largest first; empty without a label column. */
  readonly labels: readonly LabelCount[];
  /** Rows of labels that were not counted, since there are more than 10,000 of them. */
  readonly uncounted: number;
  /** The labels that became sets. */
  readonly chosen: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** Titles of texts that were too long and were cut. */
  readonly shortened: readonly string[];
}

export type TableResult =
  | { readonly ok: true; readonly sets: readonly TextSet[]; readonly report: TableReport }
  | (MissingColumn & { readonly name: string })
  | { readonly ok: false; readonly why: TableRefusal | 'no-rows'; readonly name: string };

/**
 * The sets of a table (CSV, TSV, JSONL, JSON) with a column of texts and perhaps one of labels: a set a
 * label, else one set with the file's name. Files of any size are read in pieces, twice: to count, then to
 * collect at most `SET_TEXT_LIMIT` texts of each chosen label, spread evenly over the file.
 */
export async function readTable(
  file: NamedFile,
  choice: TableChoice = {},
  work: LongWork = {},
): Promise<TableResult> {
  try {
    return await readTableTwice(file, choice, work);
  } catch (thrown) {
    if (thrown instanceof LostFile) return { ok: false, why: 'unreadable', name: file.path };
    throw thrown;
  }
}

async function readTableTwice(
  file: NamedFile,
  choice: TableChoice,
  work: LongWork,
): Promise<TableResult> {
  const name = file.path;
  const goOn = createBreaks(work);
  const opened = await openTable(file, choice, goOn);
  if (!opened.ok) return { ...opened, name };
  const total = 2 * opened.stream.byteCount;
  const report = (done: number): void => work.onProgress?.({ done, total });

  const tally = createTally(choice);
  for await (const batch of opened.read()) {
    const missing = tally.add(batch);
    if (missing !== null) return { name, ...missing };
    report(batch.bytesRead);
    if (!(await goOn())) return { ok: false, why: 'cancelled', name };
  }
  const found = tally.get();
  if (!found.ok) return { name, ...found };

  const { used, counts } = found;
  const chosen = used.label === null ? [''] : chooseLabels(counts, choice.labels);
  const collected = new Map<string, TextItem[]>(chosen.map((label) => [label, []]));
  const passed = new Map<string, number>();
  const shortened: string[] = [];
  for await (const { rows, bytesRead } of opened.read()) {
    for (const row of rows) {
      const text = row.cells.get(used.text) ?? '';
      const label = getLabel(row, used);
      const items = collected.get(label);
      if (items === undefined || text.trim() === '') continue;
      const place = passed.get(label) ?? 0;
      passed.set(label, place + 1);
      if (!isSpread(place, counts.get(label) ?? 0, SET_TEXT_LIMIT)) continue;
      const title = used.title === null ? '' : row.cells.get(used.title);
      const source = { kind: 'table', name, line: row.line } as const;
      const { item, isShortened } = createTextItem(text, source, title);
      items.push(item);
      if (isShortened) shortened.push(item.title);
    }
    report(opened.stream.byteCount + bytesRead);
    if (!(await goOn())) return { ok: false, why: 'cancelled', name };
  }
  const named = [...collected].map(([label, texts]) => ({
    name: used.label === null ? (choice.setName ?? file.name.replace(/\.[^.]*$/, '')) : label,
    texts,
  }));
  return {
    ok: true,
    sets: createTextSets(named),
    report: {
      name,
      format: opened.format,
      encoding: opened.stream.encoding,
      isGuess: opened.stream.isGuess,
      ...found.report,
      used,
      labels: used.label === null ? [] : rankLabels(counts),
      chosen: used.label === null ? [] : chosen,
      leftOut: [...collected]
        .map(([label, { length }]) => ({ label, kept: length, count: counts.get(label) ?? 0 }))
        .filter(({ kept, count }) => kept < count),
      shortened,
    },
  };
}
