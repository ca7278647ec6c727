/** A row of a table: its cells by column. Cells that are missing or hold no text are not in it. */
export interface TableRow {
  /** 1-based line on which the row begins. */
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

/** Some rows of a table, as its file is read piece by piece. */
export interface RowBatch {
  readonly rows: readonly TableRow[];
  /** Columns that these rows brought, in their order. */
  readonly columns: readonly string[];
  /** 1-based lines that could not be read and are in no row. */
  readonly broken: readonly number[];
  /** 1-based lines of rows with more or fewer cells than the table has columns, or with stray quotes. */
  readonly odd: readonly number[];
  /** 1-based line from which on nothing could be read, since a quote that opens there never closes. */
  readonly openQuote: number | null;
  readonly bytesRead: number;
}

/** Lines that share a fault: how many, and the first of them. */
export interface LineCount {
  readonly count: number;
  readonly first: readonly number[];
}

const FIRST_LINES = 20;

/** Counts lines and keeps the first twenty. */
export function createLineCounter(): { add(line: number): void; get(): LineCount } {
  const first: number[] = [];
  let count = 0;
  return {
    add(line) {
      count++;
      if (first.length < FIRST_LINES) first.push(line);
    },
    get: () => ({ count, first: [...first] }),
  };
}
