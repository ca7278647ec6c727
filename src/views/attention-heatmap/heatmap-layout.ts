/** The part of the matrix in view, in units: [start, end) of queries and keys alike. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Where the matrix lies on the canvas and which part of it is shown. */
export interface HeatmapLayout {
  readonly left: number;
  readonly top: number;
  /** Side of the matrix in CSS pixels. */
  readonly side: number;
  readonly width: number;
  readonly height: number;
  readonly queries: Window;
  readonly keys: Window;
}

export const MARGINAL = 26;

/** Fits a square matrix and its labels into a width. */
export function layOutHeatmap(width: number, queries: Window, keys: Window): HeatmapLayout {
  const left = Math.min(96, Math.max(56, Math.round(width * 0.16)));
  const top = left;
  const side = Math.max(40, width - left - MARGINAL - 8);
  return { left, top, side, width, height: top + side + MARGINAL + 22, queries, keys };
}

/** The size of a cell in CSS pixels; under 1 where the matrix is larger than the canvas. */
export function cellSize(layout: HeatmapLayout, along: 'queries' | 'keys'): number {
  return layout.side / (layout[along].end - layout[along].start);
}

/** Where a unit's cell starts along an axis. */
export function cellStart(layout: HeatmapLayout, along: 'queries' | 'keys', index: number): number {
  const origin = along === 'queries' ? layout.top : layout.left;
  return origin + (index - layout[along].start) * cellSize(layout, along);
}

/** The cell under a point, or null outside the matrix. Above the diagonal there is nothing. */
export function cellAt(
  layout: HeatmapLayout,
  x: number,
  y: number,
): { readonly query: number; readonly key: number } | null {
  const column = Math.floor((x - layout.left) / cellSize(layout, 'keys'));
  const row = Math.floor((y - layout.top) / cellSize(layout, 'queries'));
  const query = layout.queries.start + row;
  const key = layout.keys.start + column;
  const isInside = row >= 0 && column >= 0 && query < layout.queries.end && key < layout.keys.end;
  return isInside && key <= query ? { query, key } : null;
}

/** A window of half (or twice) the length around a place, kept inside [0, count). */
export function zoomWindow(window: Window, center: number, factor: number, count: number): Window {
  const length = Math.max(1, Math.min(count, Math.round((window.end - window.start) * factor)));
  const share = (center - window.start) / Math.max(1, window.end - window.start);
  const start = Math.max(0, Math.min(count - length, Math.round(center - share * length)));
  return { start, end: start + length };
}

/** A window moved by some units, kept inside [0, count). */
export function panWindow(window: Window, by: number, count: number): Window {
  const length = window.end - window.start;
  const start = Math.max(0, Math.min(count - length, window.start + by));
  return { start, end: start + length };
}

/**
 * Which labels fit: every label needs `least` pixels along its axis, `always` (the selected ones) come
 * first, and none comes closer than that to another.
 */
export function chooseLabels(
  window: Window,
  size: number,
  least: number,
  always: readonly number[],
): readonly number[] {
  const chosen = always.filter((index) => index >= window.start && index < window.end);
  const step = Math.max(1, Math.ceil(least / size));
  for (let index = window.start; index < window.end; index += step) {
    if (chosen.every((other) => Math.abs(other - index) * size >= least)) chosen.push(index);
  }
  return [...new Set(chosen)].sort((a, b) => a - b);
}
