import type { CssPixels } from '../../lib/flavor.ts';

/** Bars of several texts one under the other, all on one scale of values and of positions. */
export interface ExamplesLayout {
  readonly width: CssPixels;
  readonly height: CssPixels;
  readonly left: CssPixels;
  /** Width of a token: the longest text fills the width. */
  readonly step: CssPixels;
  /** The value at the top of each row. */
  readonly largest: number;
  readonly rowCount: number;
  /** Tokens of each row. */
  readonly counts: readonly number[];
}

export const EXAMPLES_LEFT = 44;
export const ROW_HEIGHT = 108;
export const ROW_TITLE = 22;
const RIGHT = 6;
const BOTTOM = 30;

export function layOutExamples(
  rows: readonly ArrayLike<number>[],
  width: CssPixels,
): ExamplesLayout {
  const counts = rows.map(({ length }) => length);
  const longest = Math.max(1, ...counts);
  const largest = rows.reduce((most, values) => {
    for (let at = 0; at < values.length; at++) if (values[at] > most) most = values[at];
    return most;
  }, 0);
  return {
    width,
    height: rows.length * ROW_HEIGHT + BOTTOM,
    left: EXAMPLES_LEFT,
    step: Math.max(0, width - EXAMPLES_LEFT - RIGHT) / longest,
    largest,
    rowCount: rows.length,
    counts,
  };
}

/** Where a row's bars stand. */
export function getGround(row: number): CssPixels {
  return (row + 1) * ROW_HEIGHT;
}

/** Height of a value's bar. */
export function getBarHeight({ largest }: ExamplesLayout, value: number): CssPixels {
  return largest > 0 ? ((ROW_HEIGHT - ROW_TITLE) * value) / largest : 0;
}

/** A place of the chart: a text and a token of it. */
export interface ExamplePlace {
  readonly row: number;
  readonly token: number;
}

/** The token under a point; null outside. */
export function tokenAt(
  { left, step, rowCount, counts }: ExamplesLayout,
  x: CssPixels,
  y: CssPixels,
): ExamplePlace | null {
  const row = Math.floor(y / ROW_HEIGHT);
  const token = Math.floor((x - left) / step);
  return row >= 0 && row < rowCount && token >= 0 && token < counts[row] ? { row, token } : null;
}
