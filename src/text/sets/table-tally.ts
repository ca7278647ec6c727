import { findColumns, findLongestColumn, type TableColumns } from './table-columns.ts';
import { createLineCounter, type RowBatch, type TableRow } from './table-rows.ts';
import { SET_LIMIT } from './text-set.ts';

/** Which columns a person chose; what is absent is found from names. */
export interface ColumnChoice {
  readonly text?: string | undefined;
  /** null: the table is one set. */
  readonly label?: string | null | undefined;
  readonly title?: string | null | undefined;
  /** The labels that become sets; the eight with most texts when absent. */
  readonly labels?: readonly string[] | undefined;
}

/** A column that is needed and not there, with those that are. */
export interface MissingColumn {
  readonly ok: false;
  readonly why: 'no-text-column' | 'no-label-column' | 'no-texts' | 'no-labels';
  /**
   * The column that is not there or (`no-texts`, `no-labels`) is empty in every row; null where none was named and
   * no name says which one is meant.
   */
  readonly wanted: string | null;
  readonly columns: readonly string[];
  /** The column that a person most likely means; null where nothing speaks for one. */
  readonly proposal: string | null;
}

type UsedColumns = TableColumns & { readonly text: string };

/** Labels that are counted; the rows of further ones are only summed. */
const LABELS_COUNTED = 10_000;

/** A row's label without surrounding white space; "" where there is none. */
export function getLabel({ cells }: TableRow, { label }: TableColumns): string {
  return label === null ? '' : (cells.get(label) ?? '').trim();
}

/** Counts a table's rows by label. The columns are settled with the first rows that come. */
export function createTally(choice: ColumnChoice) {
  const columns = new Set<string>();
  const counts = new Map<string, number>();
  const [withoutText, withoutLabel, broken, odd] = Array.from({ length: 4 }, createLineCounter);
  let firstRows: readonly TableRow[] = [];
  let used: UsedColumns | null = null;
  let [rowCount, textCount, uncounted] = [0, 0, 0];
  let openQuote: number | null = null;

  const count = (row: TableRow, by: UsedColumns): void => {
    rowCount++;
    if ((row.cells.get(by.text) ?? '').trim() === '') {
      withoutText.add(row.line);
      return;
    }
    textCount++;
    const label = getLabel(row, by);
    if (by.label !== null && label === '') withoutLabel.add(row.line);
    else if (!counts.has(label) && counts.size >= LABELS_COUNTED) uncounted++;
    else counts.set(label, (counts.get(label) ?? 0) + 1);
  };
  /** Whether a column that nobody chose sorts texts at all: most values come more than once. */
  const isFit = (): boolean =>
    choice.label !== undefined ||
    choice.labels !== undefined ||
    (counts.size > 0 && (counts.size <= SET_LIMIT || 2 * (counts.size + uncounted) <= textCount));

  return {
    /** Says which column is missing, if one is. */
    add(batch: RowBatch): MissingColumn | null {
      for (const column of batch.columns) columns.add(column);
      for (const line of batch.broken) broken.add(line);
      for (const line of batch.odd) odd.add(line);
      openQuote ??= batch.openQuote;
      if (used === null && columns.size > 0) {
        const settled = settleColumns([...columns], batch.rows, choice);
        if ('why' in settled) return settled;
        used = settled;
        firstRows = batch.rows;
      }
      if (used !== null) for (const row of batch.rows) count(row, used);
      return null;
    },

    get() {
      if (used === null || rowCount === 0) return { ok: false, why: 'no-rows' } as const;
      const { text, label } = used;
      if (textCount === 0) {
        const others = [...columns].filter((column) => column !== text);
        const proposal = findLongestColumn(others, firstRows);
        const missing = { why: 'no-texts', wanted: text, columns: [...columns], proposal } as const;
        return { ok: false, ...missing } as const;
      }
      if (label !== null && counts.size === 0 && isFit()) {
        const missing = { why: 'no-labels', wanted: label, columns: [...columns] } as const;
        return { ok: false, ...missing, proposal: null } as const;
      }
      const isLabelled = label !== null && isFit();
      const lines = {
        withoutText: withoutText.get(),
        withoutLabel: isLabelled ? withoutLabel.get() : createLineCounter().get(),
        broken: broken.get(),
        odd: odd.get(),
      };
      return {
        ok: true,
        used: { ...used, label: isLabelled ? label : null },
        counts: isLabelled ? counts : new Map([['', textCount]]),
        report: {
          columns: [...columns],
          rowCount,
          ...lines,
          openQuote,
          unfitLabel: isLabelled ? null : label,
          uncounted: isLabelled ? uncounted : 0,
        },
      } as const;
    },
  };
}

function settleColumns(
  columns: readonly string[],
  rows: readonly TableRow[],
  choice: ColumnChoice,
): UsedColumns | MissingColumn {
  const named = findColumns(columns);
  const text = choice.text ?? named.text ?? (columns.length === 1 ? columns[0] : null);
  if (text === null || !columns.includes(text)) {
    const proposal = named.text ?? findLongestColumn(columns, rows);
    return { ok: false, why: 'no-text-column', wanted: choice.text ?? null, columns, proposal };
  }
  const other = (name: string | null): string | null => (name === text ? null : name);
  const label = choice.label === undefined ? other(named.label) : choice.label;
  if (label !== null && !columns.includes(label)) {
    const proposal = other(named.label);
    return { ok: false, why: 'no-label-column', wanted: label, columns, proposal };
  }
  const title = choice.title === undefined ? other(named.title) : choice.title;
  return { text, label, title: title !== null && columns.includes(title) ? title : null };
}
