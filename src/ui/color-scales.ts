import { interpolateRgb, interpolateRgbBasis, piecewise, rgb } from 'd3';

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

/** Black or white, whichever is read better on a colour: always with a contrast of 4.5 and more (WCAG 2). */
export function inkOn(background: string): string {
  const { r, g, b } = rgb(background);
  const linear = (part: number): number =>
    part <= 0.04045 * 255 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;
  const luminance = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? '#000' : '#fff';
}

/** How values become colours: from one end to the other, or from 0 to both sides. */
export type ColorScale =
  | { readonly kind: 'sequential'; readonly from: number; readonly to: number }
  | { readonly kind: 'diverging'; readonly limit: number };

/** A value's place on the scale, 0 to 1; NaN stays NaN; 0 where the scale has no length. */
export function placeOnScale(value: number, scale: ColorScale): number {
  const [from, to] =
    scale.kind === 'sequential' ? [scale.from, scale.to] : [-scale.limit, scale.limit];
  if (to > from) return Math.min(1, Math.max(0, (value - from) / (to - from)));
  return scale.kind === 'diverging' ? value - value + 0.5 : value - value;
}

function colorAt(place: number, kind: ColorScale['kind'], theme: ColorTheme): string {
  return (kind === 'sequential' ? SEQUENTIAL : DIVERGING)[theme](place);
}

/** The colour of a value; NaN is transparent. */
export function scaleColor(value: number, scale: ColorScale, theme: ColorTheme): string {
  const place = placeOnScale(value, scale);
  return Number.isNaN(place) ? 'transparent' : colorAt(place, scale.kind, theme);
}

const lookups = new Map<string, Uint8ClampedArray>();

/** 256 colours as RGBA bytes, for painting pixels. */
export function scaleLookup(kind: ColorScale['kind'], theme: ColorTheme): Uint8ClampedArray {
  const known = lookups.get(`${kind}/${theme}`);
  if (known !== undefined) return known;
  const lookup = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i++) {
    const [r, g, b] = colorAt(i / 255, kind, theme)
      .match(/\d+/g)
      ?.map(Number) ?? [0, 0, 0];
    lookup.set([r, g, b, 255], i * 4);
  }
  lookups.set(`${kind}/${theme}`, lookup);
  return lookup;
}

/**
 * Up to eight kinds that must be told apart, also by the colour-blind (after Okabe and Ito 2008, darker
 * on light ground): blue, orange, green, purple, sky, ochre, red, grey.
 */
const CATEGORIES: Readonly<Record<ColorTheme, readonly string[]>> = {
  light: ['#0065a8', '#d1570a', '#007f5c', '#9b4f8f', '#2b93c9', '#a67c00', '#b3261e', '#5d6570'],
  dark: ['#5aa9e6', '#f08a4b', '#3fc79a', '#d79ad0', '#8fd3ff', '#e6c04c', '#ff8f84', '#a9b1bc'],
};

/** The colour of the set or series with this index; the ninth is like the first. */
export function categoryColor(index: number, theme: ColorTheme): string {
  return CATEGORIES[theme][index % CATEGORIES[theme].length];
}
