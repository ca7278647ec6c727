import type { CssPixels } from '../../lib/flavor.ts';

export const LEFT = 40;
export const BOTTOM = 62;
export const TOP = 10;
const RIGHT = 4;

/** Bars along the text: `perBar` units share one where units are more than pixels. */
export interface BarLayout {
  readonly width: CssPixels;
  readonly height: CssPixels;
  readonly count: number;
  readonly perBar: number;
  readonly bars: number;
  readonly step: CssPixels;
  /** The value at the top. */
  readonly largest: number;
}

export function layOutBars(
  width: CssPixels,
  height: CssPixels,
  count: number,
  largest: number,
): BarLayout {
  const room = Math.max(1, width - LEFT - RIGHT);
  const perBar = Math.max(1, Math.ceil(count / room));
  const bars = Math.ceil(count / perBar);
  return { width, height, count, perBar, bars, step: room / Math.max(1, bars), largest };
}

/** Where a value lies, in pixels from the top. */
export function valueY(layout: BarLayout, value: number): CssPixels {
  const room = layout.height - TOP - BOTTOM;
  return TOP + room * (1 - (layout.largest > 0 ? value / layout.largest : 0));
}

/** The first unit of the bar under a point; null outside. */
export function unitAt(layout: BarLayout, x: CssPixels): number | null {
  const bar = Math.floor((x - LEFT) / layout.step);
  return bar >= 0 && bar < layout.bars ? bar * layout.perBar : null;
}

/** The largest defined value of each bar's units; NaN where none is. */
export function poolBars(values: ArrayLike<number>, perBar: number): Float32Array {
  const bars = new Float32Array(Math.ceil(values.length / perBar)).fill(Number.NaN);
  for (let i = 0; i < values.length; i++) {
    const bar = Math.floor(i / perBar);
    if (!(bars[bar] >= values[i])) bars[bar] = values[i];
  }
  return bars;
}

/** A map of rows x columns with room for labels at the left and below. */
export interface MapLayout {
  readonly width: CssPixels;
  readonly height: CssPixels;
  readonly left: CssPixels;
  readonly top: CssPixels;
  readonly rows: number;
  readonly columns: number;
  readonly cellWidth: CssPixels;
  readonly cellHeight: CssPixels;
}

const MAP_TOP = 18;
const LARGEST_CELL = { width: 44, height: 16 };

/** `labels`: height that the labels below take. Cells fill the width, or are as wide as they may be. */
export function layOutMap(
  width: CssPixels,
  rows: number,
  columns: number,
  labels: CssPixels,
): MapLayout {
  const room = Math.max(1, width - LEFT - RIGHT);
  const cellWidth = Math.min(LARGEST_CELL.width, room / Math.max(1, columns));
  const cellHeight = rows > 60 ? Math.max(4, 720 / rows) : rows > 20 ? 10 : LARGEST_CELL.height;
  const height = MAP_TOP + rows * cellHeight + labels;
  return { width, height, left: LEFT, top: MAP_TOP, rows, columns, cellWidth, cellHeight };
}

export interface MapCell {
  readonly row: number;
  readonly column: number;
}

/** The cell under a point; null outside. */
export function mapCellAt(layout: MapLayout, x: CssPixels, y: CssPixels): MapCell | null {
  const column = Math.floor((x - layout.left) / layout.cellWidth);
  const row = Math.floor((y - layout.top) / layout.cellHeight);
  return row >= 0 && column >= 0 && row < layout.rows && column < layout.columns
    ? { row, column }
    : null;
}

/** Every how many labels one is written, so that none stands closer than `room`. */
export function labelEvery(step: CssPixels, room: CssPixels): number {
  return Math.max(1, Math.ceil(room / Math.max(step, 1e-6)));
}
