import { formatPercent } from '../../lib/format-number.ts';
import type { WeightScale } from '../../state/display-options.ts';
import { formatWeight } from '../../state/shown-cell.ts';
import { LOG_FLOOR, toScale } from '../../state/weight-scale.ts';
import { type ColorTheme, sequentialColor } from '../../ui/color-scales.ts';
import type { TintUnit, TintValues } from './tint-values.ts';

/** Tints stay where the text's own colour is read on them: this part of the sequential scale. */
const DEEPEST: Readonly<Record<ColorTheme, number>> = { light: 0.58, dark: 0.46 };

/** Weights follow the page's scale, everything else is linear. */
function curveOf(
  { unit }: Pick<TintValues, 'unit'>,
  scale: WeightScale,
): 'linear' | 'sqrt' | 'log' {
  return unit !== 'weight' || scale === 'row' ? 'linear' : scale;
}

/** A value's place between nothing (0) and the largest (1); NaN stays NaN, and is everywhere when all is 0. */
export function toPlace(value: number, tint: TintValues, scale: WeightScale): number {
  if (!(tint.largest > 0)) return Number.NaN;
  return toScale(Math.max(0, value) / tint.largest, curveOf(tint, scale), 1);
}

/** The value that stands at a place: the inverse of `toPlace`. */
export function fromPlace(place: number, tint: TintValues, scale: WeightScale): number {
  const curve = curveOf(tint, scale);
  if (curve === 'sqrt') return place * place * tint.largest;
  if (curve === 'log') return place === 0 ? 0 : LOG_FLOOR ** (1 - place) * tint.largest;
  return place * tint.largest;
}

/** The background of a place; transparent for 0 and NaN. */
export function tintColor(place: number, theme: ColorTheme): string {
  return place > 0 ? sequentialColor(place * DEEPEST[theme], theme) : 'transparent';
}

/** A value in the digits that a person compares, without its unit's name. */
export function formatTint(value: number, unit: TintUnit): string {
  if (Number.isNaN(value)) return '–';
  if (value === 0) return '0';
  if (unit === 'weight') return formatWeight(value);
  if (unit === 'normalised') return formatPercent(value);
  return value.toFixed(unit === 'keys' ? 1 : 3);
}
