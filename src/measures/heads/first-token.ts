import { type HeadMeasure, toPooled } from '../measure.ts';
import { rowsOf, sumFrom } from './row-sums.ts';

/** Attention on the first token, which is 1 for the first query by definition. */
export const first = {
  id: 'first',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i ≥ 1 of a_i0',
  source: 'Xiao et al. 2023 (attention sinks); methods 5.5 [MEM]',
  certainty: 'standard',
  needs: 'summary',
  pool: (summary, head) => {
    const queries = summary.queryCount - 1;
    return toPooled(queries - sumFrom(rowsOf(summary, 'tailMass', head), 1), queries);
  },
} as const satisfies HeadMeasure;

/** Attention on the first four tokens, which StreamingLLM keeps. */
export const firstFour = {
  id: 'first-four',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i ≥ 4 of Σ_j<4 a_ij',
  source: 'Xiao et al. 2023 (StreamingLLM); methods 5.5 [MEM]',
  certainty: 'standard',
  needs: 'summary',
  pool: (summary, head) =>
    toPooled(sumFrom(rowsOf(summary, 'firstFourMass', head), 4), summary.queryCount - 4),
} as const satisfies HeadMeasure;
