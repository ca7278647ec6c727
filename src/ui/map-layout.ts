import type { CssPixels } from '../lib/flavor.ts';

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

export const MAP_LEFT = 40;
const RIGHT = 4;
const MAP_TOP = 18;
const LARGEST_CELL = { width: 44, height: 16 };

/** `labels`: height that the labels below take. Cells fill the width, or are as wide as they may be. */
export function layOutMap(
  width: CssPixels,
  rows: number,
  columns: number,
  labels: CssPixels,
): MapLayout {
  const room = Math.max(1, width - MAP_LEFT - RIGHT);
  const cellWidth = Math.min(LARGEST_CELL.width, room / Math.max(1, columns));
  const cellHeight = rows > 60 ? Math.max(4, 720 / rows) : rows > 20 ? 10 : LARGEST_CELL.height;
  const height = MAP_TOP + rows * cellHeight + labels;
  return { width, height, left: MAP_LEFT, top: MAP_TOP, rows, columns, cellWidth, cellHeight };
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
