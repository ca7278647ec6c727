import type { MeasureDescription } from '../measure.ts';

/** Keeps the logarithm finite where a weight underflowed. */
const SMALLEST = 1e-9;

/** A head's leaning between two option words. */
export interface NegativeAttention {
  /** Σ (yes + no) ln(no / yes); positive: "no" is looked at more. */
  readonly score: number;
  /** Mean over rows of yes + no. */
  readonly mass: number;
  /** Mean over rows of ln(no / yes). */
  readonly logRatio: number;
}

/**
 * The negative attention score from two columns: each query's weight on the word for "yes" and on the
 * word for "no". Rows after both words count, from `firstQuery` on. All NaN when there is none.
 * Weights .1 and .3 in one row -> .4 ln 3.
 */
export function computeNegativeAttention(
  yes: Float32Array,
  no: Float32Array,
  firstQuery: number,
): NegativeAttention {
  let score = 0;
  let mass = 0;
  let logRatio = 0;
  const rows = yes.length - firstQuery;
  for (let query = firstQuery; query < yes.length; query++) {
    const both = yes[query] + no[query];
    const ratio = Math.log((no[query] + SMALLEST) / (yes[query] + SMALLEST));
    score += both * ratio;
    mass += both;
    logRatio += ratio;
  }
  return rows > 0
    ? { score, mass: mass / rows, logRatio: logRatio / rows }
    : { score: Number.NaN, mass: Number.NaN, logRatio: Number.NaN };
}

export const negativeAttention = {
  id: 'negative-attention',
  unit: 'score',
  range: [null, null],
  formula: 'Σ_i (a_i,yes + a_i,no) ln(a_i,no / a_i,yes), i after both words',
  source:
    'Zheng et al. 2024, formula; which rows count and 1e-9 within the logarithm are ours; methods 5.10 [TEX]',
  certainty: 'ours',
  needs: 'columns',
} as const satisfies MeasureDescription;
