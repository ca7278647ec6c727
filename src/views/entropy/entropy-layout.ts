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
