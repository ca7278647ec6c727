import { scaleLinear } from 'd3';
import type { CssPixels } from '../lib/flavor.ts';

/** One line of a chart. Values stand at 0, 1, 2 … of the axis; NaN leaves a gap. */
export interface Series {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly values: ArrayLike<number>;
  /** Ends of an interval around each value; NaN where there is none. */
  readonly low?: ArrayLike<number>;
  readonly high?: ArrayLike<number>;
}

export interface SeriesLayout {
  readonly width: CssPixels;
  readonly height: CssPixels;
  readonly left: CssPixels;
  readonly right: CssPixels;
  readonly top: CssPixels;
  readonly bottom: CssPixels;
  readonly count: number;
  /** Values at the bottom and the top. */
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

const LEFT = 52;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 34;

/** The smallest and the largest defined value of all series and their intervals; null without any. */
function findExtent(series: readonly Series[]): readonly [number, number] | null {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const { values, low, high } of series) {
    for (const each of [values, low, high]) {
      for (let i = 0; each !== undefined && i < each.length; i++) {
        if (!Number.isFinite(each[i])) continue;
        least = Math.min(least, each[i]);
        most = Math.max(most, each[i]);
      }
    }
  }
  return least <= most ? [least, most] : null;
}

/** Room and axes for some series; `includesZero` draws the axis to 0. All alike values get room around. */
export function layOutSeries(
  series: readonly Series[],
  width: CssPixels,
  height: CssPixels,
  includesZero: boolean,
): SeriesLayout {
  const [least, most] = findExtent(series) ?? [0, 1];
  const from = includesZero ? Math.min(0, least) : least;
  const to = includesZero ? Math.max(0, most) : most;
  const room = to > from ? 0 : Math.max(1e-6, Math.abs(to) * 0.5);
  const scale = scaleLinear([from - room, to + room], [0, 1]).nice(5);
  const [bottom, top] = scale.domain();
  return {
    width,
    height,
    left: LEFT,
    right: width - RIGHT,
    top: TOP,
    bottom: height - BOTTOM,
    count: series.reduce((count, { values }) => Math.max(count, values.length), 0),
    domain: [bottom, top],
    ticks: scale.ticks(5),
  };
}

/** Where a place of the axis lies. */
export function seriesX(layout: SeriesLayout, index: number): CssPixels {
  const { left, right, count } = layout;
  return count < 2 ? (left + right) / 2 : left + ((right - left) * index) / (count - 1);
}

/** Where a value lies, from the top. */
export function seriesY({ top, bottom, domain }: SeriesLayout, value: number): CssPixels {
  return bottom - ((bottom - top) * (value - domain[0])) / (domain[1] - domain[0]);
}

/** The nearest place of the axis under a point; null beside the chart. */
export function placeAtX(layout: SeriesLayout, x: CssPixels): number | null {
  const { left, right, count } = layout;
  if (count === 0 || x < left - 8 || x > right + 8) return null;
  if (count === 1) return 0;
  const index = Math.round(((x - left) / (right - left)) * (count - 1));
  return Math.max(0, Math.min(count - 1, index));
}
