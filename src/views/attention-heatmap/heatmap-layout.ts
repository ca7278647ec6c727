import type { CssPixels } from '../../lib/flavor.ts';

/** A part of an axis, in units: [start, end). */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** The part of the matrix in view. */
export interface HeatmapWindow {
  readonly queries: Window;
  readonly keys: Window;
}

export type Axis = 'queries' | 'keys';

export interface Box {
  readonly x: CssPixels;
  readonly y: CssPixels;
  readonly width: CssPixels;
  readonly height: CssPixels;
}

/** Where the matrix and what stands around it lie on the canvas, and which part of it is shown. */
export interface HeatmapLayout extends HeatmapWindow {
  /** Rows (and columns) of the whole matrix. */
  readonly count: number;
  readonly left: CssPixels;
  readonly top: CssPixels;
  /** Side of the matrix. */
  readonly side: CssPixels;
  readonly width: CssPixels;
  readonly height: CssPixels;
  /** The whole matrix in small, in the corner between the labels; null unless zoomed. */
  readonly minimap: Box | null;
}

/** Thickness of a marginal, and its distance from the matrix. */
export const MARGINAL = 26;
export const MARGINAL_GAP = 4;
/** The band of an axis title, outside the labels. */
export const TITLE = 14;
/** The least distance between two labels along an axis. */
export const LABEL_PITCH = 12;
const CAPTIONS = 32;
const WIDEST = 760;

/** Fits a square matrix, its labels, titles and marginals into a width; at most 760 pixels of it. */
export function layOutHeatmap(
  available: CssPixels,
  shown: HeatmapWindow,
  count: number,
): HeatmapLayout {
  const width = Math.min(WIDEST, available);
  const labels = Math.min(90, Math.max(48, Math.round(width * 0.15)));
  const left = TITLE + labels;
  const top = left;
  const side = Math.max(40, width - left - MARGINAL_GAP - MARGINAL - 2);
  const isWhole = length(shown.queries) >= count && length(shown.keys) >= count;
  return {
    queries: shown.queries,
    keys: shown.keys,
    count,
    left,
    top,
    side,
    width,
    height: top + side + MARGINAL_GAP + MARGINAL + CAPTIONS,
    minimap: isWhole ? null : { x: TITLE, y: TITLE, width: labels - 6, height: labels - 6 },
  };
}

function length(window: Window): number {
  return window.end - window.start;
}

/** The size of a cell; under 1 where the matrix is larger than the canvas. */
export function cellSize(layout: HeatmapLayout, along: Axis): CssPixels {
  return layout.side / length(layout[along]);
}

/** Where a unit's cell starts along an axis. */
export function cellStart(layout: HeatmapLayout, along: Axis, index: number): CssPixels {
  const origin = along === 'queries' ? layout.top : layout.left;
  return origin + (index - layout[along].start) * cellSize(layout, along);
}

/** The place of a cell on the canvas. */
export function cellBox(layout: HeatmapLayout, query: number, key: number): Box {
  return {
    x: cellStart(layout, 'keys', key),
    y: cellStart(layout, 'queries', query),
    width: cellSize(layout, 'keys'),
    height: cellSize(layout, 'queries'),
  };
}

/** What lies under a point: a cell, a row's or column's label or bar, or the minimap. */
export type HeatmapTarget =
  | { readonly kind: 'cell'; readonly query: number; readonly key: number }
  | { readonly kind: 'query'; readonly query: number }
  | { readonly kind: 'key'; readonly key: number }
  | { readonly kind: 'minimap' };

function unitAt(layout: HeatmapLayout, along: Axis, at: CssPixels): number | null {
  const origin = along === 'queries' ? layout.top : layout.left;
  const index = layout[along].start + Math.floor((at - origin) / cellSize(layout, along));
  return index >= layout[along].start && index < layout[along].end ? index : null;
}

/** The target under a point; null where there is nothing, as above the diagonal. */
export function targetAt(layout: HeatmapLayout, x: CssPixels, y: CssPixels): HeatmapTarget | null {
  if (layout.minimap !== null && isInside(layout.minimap, x, y)) return { kind: 'minimap' };
  const query = unitAt(layout, 'queries', y);
  const key = unitAt(layout, 'keys', x);
  if (query !== null && key !== null) return key <= query ? { kind: 'cell', query, key } : null;
  if (query !== null) return { kind: 'query', query };
  const isBeside = y < layout.top + layout.side + MARGINAL_GAP + MARGINAL;
  return key !== null && isBeside ? { kind: 'key', key } : null;
}

/** The cell under a point, or null outside the matrix and above the diagonal. */
export function cellAt(
  layout: HeatmapLayout,
  x: CssPixels,
  y: CssPixels,
): { readonly query: number; readonly key: number } | null {
  const target = targetAt(layout, x, y);
  return target?.kind === 'cell' ? { query: target.query, key: target.key } : null;
}

function isInside(box: Box, x: CssPixels, y: CssPixels): boolean {
  return x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;
}

/**
 * Which labels fit: none comes closer than `least` pixels to another; `always` (the selected ones) come
 * first, as far as they do not collide among themselves.
 */
export function chooseLabels(
  window: Window,
  size: CssPixels,
  least: CssPixels,
  always: readonly number[],
): readonly number[] {
  const chosen: number[] = [];
  const add = (index: number): void => {
    if (chosen.every((other) => Math.abs(other - index) * size >= least)) chosen.push(index);
  };
  for (const index of always) if (index >= window.start && index < window.end) add(index);
  const step = Math.max(1, Math.ceil(least / size));
  for (let index = window.start; index < window.end; index += step) add(index);
  return chosen.sort((a, b) => a - b);
}

/** A bar of a marginal: where it starts along the axis, how long it is there, and its value. */
export interface Bar {
  readonly start: CssPixels;
  readonly length: CssPixels;
  readonly value: number;
}

/** One bar a unit while units are at least a pixel, otherwise one a pixel with the largest value there. */
export function layOutBars(values: Float32Array, window: Window, side: CssPixels): readonly Bar[] {
  const units = length(window);
  const count = Math.min(units, Math.max(1, Math.floor(side)));
  const size = side / count;
  return Array.from({ length: count }, (_, i) => {
    const first = window.start + Math.floor((i * units) / count);
    const last = window.start + Math.floor(((i + 1) * units) / count);
    let value = Number.NaN;
    for (let unit = first; unit < last; unit++) {
      if (values[unit] > value || Number.isNaN(value)) value = values[unit];
    }
    // Narrow bars touch, a little over each other, so that no seams show.
    return { start: i * size, length: size > 6 ? size - 1 : size + 0.4, value };
  });
}

/**
 * Where a note of this size goes so that it covers neither the cell nor leaves the canvas: above it, else
 * below, right or left. Null when no side has room.
 */
export function placeTooltip(
  cell: Box,
  size: { readonly width: CssPixels; readonly height: CssPixels },
  canvas: { readonly width: CssPixels; readonly height: CssPixels },
): { readonly x: CssPixels; readonly y: CssPixels } | null {
  const gap = 8;
  const within = (at: number, extent: number, all: number): number =>
    Math.max(0, Math.min(all - extent, at));
  const x = within(cell.x + cell.width / 2 - size.width / 2, size.width, canvas.width);
  const y = within(cell.y + cell.height / 2 - size.height / 2, size.height, canvas.height);
  if (size.width > canvas.width || size.height > canvas.height) return null;
  if (cell.y - gap - size.height >= 0) return { x, y: cell.y - gap - size.height };
  const below = cell.y + cell.height + gap;
  if (below + size.height <= canvas.height) return { x, y: below };
  const right = cell.x + cell.width + gap;
  if (right + size.width <= canvas.width) return { x: right, y };
  const left = cell.x - gap - size.width;
  return left >= 0 ? { x: left, y } : null;
}
