import type { MeasureDescription } from '../measure.ts';

/** From this attention on the first token on a head counts as a sink. */
export const SINK_MASS = 0.3;

/**
 * The share of heads whose mean attention to the first token is above .3. Heads where that is undefined
 * are left out; NaN when none is left. .1, .4, .9 -> 2/3.
 */
export function computeSinkRate(firstTokenMass: Iterable<number>): number {
  let sinks = 0;
  let heads = 0;
  for (const mass of firstTokenMass) {
    if (Number.isNaN(mass)) continue;
    heads++;
    if (mass > SINK_MASS) sinks++;
  }
  return heads > 0 ? sinks / heads : Number.NaN;
}

export const sinkRate = {
  id: 'sink-rate',
  unit: 'share',
  range: [0, 1],
  formula: 'share of heads with a mean attention to the first token above .3',
  source: 'Gu et al. 2024; methods 5.5 [MEM]',
  certainty: 'standard',
  needs: 'heads',
} as const satisfies MeasureDescription;
