import type { WeightScale } from './display-options.ts';

/** The smallest weight that the logarithmic scale tells from nothing. */
export const LOG_FLOOR = 1e-4;

/** A weight as a place on the colour scale, 0 to 1; NaN stays NaN. `rowMaximum` is used by the scale per row. */
export function toScale(weight: number, scale: WeightScale, rowMaximum: number): number {
  if (scale === 'sqrt') return Math.sqrt(weight);
  if (scale === 'row') return rowMaximum > 0 ? weight / rowMaximum : 0;
  if (scale === 'log') return weight <= LOG_FLOOR ? 0 : 1 - Math.log(weight) / Math.log(LOG_FLOOR);
  return weight;
}

/** Places of the colour scale with what they stand for in words, for a legend. */
export function getScaleStops(scale: WeightScale): readonly (readonly [number, string])[] {
  return [0, 0.25, 0.5, 0.75, 1].map((place) => [place, sayPlace(place, scale)] as const);
}

function sayPlace(place: number, scale: WeightScale): string {
  if (scale === 'sqrt') return String(Number((place * place).toFixed(3)));
  if (scale === 'row') return `${place * 100} %`;
  if (scale === 'log') return place === 0 ? '≤0.0001' : (LOG_FLOOR ** (1 - place)).toPrecision(1);
  return String(place);
}
