export const LEFT = 34;
export const BOTTOM = 58;
export const TOP = 8;

/** Bars along the text: `perBar` tokens share one where tokens are more than pixels. */
export interface BarLayout {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly perBar: number;
  readonly bars: number;
  readonly step: number;
  readonly largest: number;
}

export function layOutBars(
  width: number,
  height: number,
  count: number,
  largest: number,
): BarLayout {
  const room = Math.max(1, width - LEFT - 4);
  const perBar = Math.max(1, Math.ceil(count / room));
  const bars = Math.ceil(count / perBar);
  return { width, height, count, perBar, bars, step: room / Math.max(1, bars), largest };
}

/** Where a value lies, in pixels from the top. */
export function valueY(layout: BarLayout, value: number): number {
  const room = layout.height - TOP - BOTTOM;
  return TOP + room * (1 - (layout.largest > 0 ? value / layout.largest : 0));
}

/** The first token of the bar under a point; null outside. */
export function tokenAt(layout: BarLayout, x: number): number | null {
  const bar = Math.floor((x - LEFT) / layout.step);
  return bar >= 0 && bar < layout.bars ? bar * layout.perBar : null;
}

/** The largest defined value of each bar's tokens; NaN where none is. */
export function poolBars(values: ArrayLike<number>, perBar: number): Float32Array {
  const bars = new Float32Array(Math.ceil(values.length / perBar)).fill(Number.NaN);
  for (let i = 0; i < values.length; i++) {
    const bar = Math.floor(i / perBar);
    if (!(bars[bar] >= values[i])) bars[bar] = values[i];
  }
  return bars;
}

/** A map of rows x columns; wide ones share pixels by the mean. */
export interface MapLayout {
  readonly left: number;
  readonly top: number;
  readonly rows: number;
  readonly columns: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

export function layOutMap(width: number, height: number, rows: number, columns: number): MapLayout {
  const cellWidth = Math.min(40, (width - LEFT - 4) / Math.max(1, columns));
  const cellHeight = Math.min(18, (height - TOP - 20) / Math.max(1, rows));
  return { left: LEFT, top: TOP, rows, columns, cellWidth, cellHeight };
}

export function mapCellAt(
  layout: MapLayout,
  x: number,
  y: number,
): { readonly row: number; readonly column: number } | null {
  const column = Math.floor((x - layout.left) / layout.cellWidth);
  const row = Math.floor((y - layout.top) / layout.cellHeight);
  return row >= 0 && column >= 0 && row < layout.rows && column < layout.columns
    ? { row, column }
    : null;
}
