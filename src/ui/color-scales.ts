import { interpolateRgbBasis } from 'd3';

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
