import { extent } from 'd3';
import type { CssPixels } from '../../lib/flavor.ts';

/** Where points lie in a plane of this size; both axes have one scale. */
export interface ScatterLayout {
  readonly width: CssPixels;
  readonly height: CssPixels;
  /** [points, 2] from the left and the top; NaN for points that have no place. */
  readonly places: Float64Array;
}

const MARGIN = 18;

/** Fits coordinates [points, 2] into a plane, alike in both directions, y upwards. */
export function layOutScatter(
  coordinates: Float64Array,
  width: CssPixels,
  height: CssPixels,
): ScatterLayout {
  const column = (axis: number): readonly number[] =>
    Array.from({ length: coordinates.length / 2 }, (_, at) => coordinates[at * 2 + axis]);
  const [left = 0, right = 0] = extent(column(0).filter(Number.isFinite));
  const [bottom = 0, top = 0] = extent(column(1).filter(Number.isFinite));
  const room = (length: CssPixels): CssPixels => Math.max(1, length - 2 * MARGIN);
  const scale = Math.min(
    room(width) / Math.max(right - left, 1e-12),
    room(height) / Math.max(top - bottom, 1e-12),
  );
  const usable = Number.isFinite(scale) && scale < 1e11 ? scale : 0;
  const places = coordinates.map((value, at) =>
    at % 2 === 0
      ? width / 2 + (value - (left + right) / 2) * usable
      : height / 2 - (value - (bottom + top) / 2) * usable,
  );
  return { width, height, places };
}

/** The nearest point within reach of a place; null when there is none. */
export function pointAt(
  { places }: ScatterLayout,
  x: CssPixels,
  y: CssPixels,
  reach: CssPixels = 14,
): number | null {
  let nearest: number | null = null;
  let least = reach * reach;
  for (let at = 0; at < places.length / 2; at++) {
    const distance = (places[2 * at] - x) ** 2 + (places[2 * at + 1] - y) ** 2;
    if (!(distance <= least)) continue;
    least = distance;
    nearest = at;
  }
  return nearest;
}
