import type { TableRow } from './table-rows.ts';

/** Which columns hold what; null where there is none. */
export interface TableColumns {
  readonly text: string | null;
  readonly label: string | null;
  readonly title: string | null;
}

/** Names that columns have in collections of texts, likeliest first. */
const NAMES: Readonly<Record<keyof TableColumns, readonly string[]>> = {
  text: (
    'text texts content body message messages conversation conversations dialogue dialog document passage ' +
    'paragraph sentence utterance post comment review article abstract transcript story code snippet prompt'
  ).split(' '),
  label:
    'label labels domain class set category group genre topic kind type subset corpus source register'.split(
      ' ',
    ),
  title: 'title name heading headline subject id'.split(' '),
};

/** The columns whose names say what they hold, whatever their case; each column once. */
export function findColumns(columns: readonly string[]): TableColumns {
  const find = (names: readonly string[], taken: readonly (string | null)[]): string | null => {
    for (const name of names) {
      const found = columns.find(
        (column) => column.trim().toLowerCase() === name && !taken.includes(column),
      );
      if (found !== undefined) return found;
    }
    return null;
  };
  const text = find(NAMES.text, []);
  const label = find(NAMES.label, [text]);
  return { text, label, title: find(NAMES.title, [text, label]) };
}

/** The column whose cells are longest on average, as a proposal where no name says it; null without cells. */
export function findLongestColumn(
  columns: readonly string[],
  rows: readonly TableRow[],
): string | null {
  let longest: string | null = null;
  let most = 0;
  for (const column of columns) {
    const length = rows.reduce((sum, { cells }) => sum + (cells.get(column)?.length ?? 0), 0);
    if (length > most) [longest, most] = [column, length];
  }
  return longest;
}
