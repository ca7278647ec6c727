import { type HeadMeasure, toPooled } from '../measure.ts';
import { rowsOf, sumFrom } from './row-sums.ts';

/** Share of attention that a token spends on others than itself and the first. Row .5 .3 .2 -> .3. */
export const interdependency = {
  id: 'interdependency',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i ≥ 2 of 1 − a_ii − a_i0',
  source:
    'our reading of the interdependency factor of Jawale et al. 2024, whose formula is not known; methods 1.4 [RECON]',
  certainty: 'ours',
  needs: 'summary',
  pool: (summary, head) =>
    toPooled(
      sumFrom(rowsOf(summary, 'tailMass', head), 2) -
        sumFrom(rowsOf(summary, 'currentWeight', head), 2),
      summary.queryCount - 2,
    ),
} as const satisfies HeadMeasure;
