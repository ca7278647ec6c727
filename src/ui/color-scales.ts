import { interpolateRgb, interpolateRgbBasis, piecewise } from 'd3';

export type ColorTheme = 'light' | 'dark';

/** Rising in lightness contrast throughout, and told apart by the colour-blind: one hue, orange. */
const SEQUENTIAL: Readonly<Record<ColorTheme, (t: number) => string>> = {
  light: interpolateRgbBasis(['#fffdfb', '#fde3cb', '#f6ae72', '#d9692b', '#8f330e', '#3d1206']),
  dark: interpolateRgbBasis(['#14171b', '#3a1f12', '#7c3614', '#cc6a2a', '#f6b27a', '#fff3e4']),
};

/** The colour of a value from 0 to 1; NaN is transparent. */
export function sequentialColor(value: number, theme: ColorTheme): string {
  return Number.isNaN(value) ? 'transparent' : SEQUENTIAL[theme](Math.min(1, Math.max(0, value)));
}

const lookups = new Map<ColorTheme, Uint8ClampedArray>();

/** 256 colours as RGBA bytes, for painting pixels. */
export function sequentialLookup(theme: ColorTheme): Uint8ClampedArray {
  let lookup = lookups.get(theme);
  if (lookup === undefined) {
    lookup = new Uint8ClampedArray(256 * 4);
    for (let i = 0; i < 256; i++) {
      const [r, g, b] = SEQUENTIAL[theme](i / 255)
        .match(/\d+/g)
        ?.map(Number) ?? [0, 0, 0];
      lookup.set([r, g, b, 255], i * 4);
    }
    lookups.set(theme, lookup);
  }
  return lookup;
}

/** Blue below 0, orange above, the surface's own shade at 0; equal steps in lightness on both sides. */
const DIVERGING: Readonly<Record<ColorTheme, (t: number) => string>> = {
  light: piecewise(interpolateRgb, ['#0c3b7a', '#5b93d3', '#f6f5f2', '#e08a4a', '#7a2c0c']),
  dark: piecewise(interpolateRgb, ['#b9d8ff', '#3f74b8', '#1d2126', '#b5602a', '#ffd0a6']),
};

/** The colour of a value from -1 to 1, centred at 0; NaN is transparent. */
export function divergingColor(value: number, theme: ColorTheme): string {
  if (Number.isNaN(value)) return 'transparent';
  return DIVERGING[theme]((Math.min(1, Math.max(-1, value)) + 1) / 2);
}
