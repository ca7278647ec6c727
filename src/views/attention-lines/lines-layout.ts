import type { CssPixels } from '../../lib/flavor.ts';
import { type CausalSlice, rowOf } from '../../tensor/causal-slice.ts';

/** Two columns of units: queries left, keys right, the same rows [start, end) of the text in both. */
export interface LinesLayout {
  readonly width: CssPixels;
  readonly height: CssPixels;
  readonly count: number;
  readonly start: number;
  readonly end: number;
  /** Where the first unit's row begins; above it the row that stands for all earlier keys. */
  readonly top: CssPixels;
  /** Where lines leave the queries, and where they reach the keys. */
  readonly queryX: CssPixels;
  readonly keyX: CssPixels;
  /** Room for a label; numbers stand outside of it. */
  readonly labelWidth: CssPixels;
}

export const ROW: CssPixels = 16;
export const HEADER: CssPixels = 20;
/** Room for numbers outside the labels. */
export const NUMBERS: CssPixels = 46;
const GAP = 6;
const WIDE: CssPixels = 560;

/** How many rows fit on a canvas of this width; all of a short text. */
export function rowsThatFit(width: CssPixels, count: number): number {
  return Math.min(count, width < WIDE ? 26 : 40);
}

/** Lays the rows from `start` on out; `start` is moved so that the window stays inside the text. */
export function layOutLines(width: CssPixels, count: number, start: number): LinesLayout {
  const rows = rowsThatFit(width, count);
  const first = Math.max(0, Math.min(count - rows, start));
  const labelWidth = Math.min(150, Math.max(24, Math.round((width - 2 * NUMBERS) * 0.28)));
  const top = HEADER + (rows < count ? ROW : 0);
  return {
    width,
    height: top + rows * ROW + 4,
    count,
    start: first,
    end: first + rows,
    top,
    queryX: NUMBERS + labelWidth + GAP,
    keyX: width - NUMBERS - labelWidth - GAP,
    labelWidth,
  };
}

/** The middle of a unit's row; keys before the window share the row above it. */
export function rowMiddle(layout: LinesLayout, index: number): CssPixels {
  return layout.top + (Math.max(-1, index - layout.start) + 0.5) * ROW;
}

/** The unit under a point, and in which column; null between rows of nothing. */
export function unitAt(
  layout: LinesLayout,
  x: CssPixels,
  y: CssPixels,
): { readonly side: 'query' | 'key'; readonly index: number } | null {
  const index = layout.start + Math.floor((y - layout.top) / ROW);
  if (index < layout.start || index >= layout.end || x < 0 || x > layout.width) return null;
  return { side: x < layout.width / 2 ? 'query' : 'key', index };
}

/** The start of the window that holds a unit, moved as little as needed. */
export function followUnit(start: number, rows: number, index: number, count: number): number {
  const least = Math.max(0, Math.min(count - rows, start));
  if (index < least) return index;
  return index >= least + rows ? Math.min(count - rows, index - rows + 1) : least;
}

/** All keys before the window, taken together. */
export const EARLIER = -1;

/** A weight as a line from a query to a key; `key` is `EARLIER` for those before the window, summed. */
export interface Line {
  readonly query: number;
  readonly key: number;
  readonly weight: number;
}

/** The lines between rows of the window, weak ones first; none for weight 0 or undefined rows. */
export function computeLines(
  slice: CausalSlice,
  window: { readonly start: number; readonly end: number },
): readonly Line[] {
  const lines: Line[] = [];
  for (let query = window.start; query < window.end; query++) {
    const row = rowOf(slice, query);
    let earlier = 0;
    for (let key = 0; key < Math.min(window.start, row.length); key++) earlier += row[key];
    if (earlier > 0) lines.push({ query, key: EARLIER, weight: earlier });
    for (let key = window.start; key <= query; key++)
      if (row[key] > 0) lines.push({ query, key, weight: row[key] });
  }
  return lines.sort((a, b) => a.weight - b.weight);
}

/** What is looked at alone: the lines of one query, or those into one key. */
export interface Focus {
  readonly side: 'query' | 'key';
  readonly index: number;
}

/** Whether a line belongs to what is looked at. */
export function isInFocus(line: Line, focus: Focus): boolean {
  return (focus.side === 'query' ? line.query : line.key) === focus.index;
}
