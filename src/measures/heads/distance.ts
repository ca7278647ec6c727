import { type HeadMeasure, toPooled } from '../measure.ts';
import { rowsOf, sumFrom } from './row-sums.ts';

/** How many tokens back a head looks, pooled before it is divided. Uniform rows of n tokens: (n - 1) / 4. */
export const distance = {
  id: 'distance',
  unit: 'tokens',
  range: [0, null],
  formula: 'Σ_ij a_ij (i − j) / Σ_ij a_ij',
  source: 'Vig & Belinkov 2019; methods 1.1 [2ND]',
  certainty: 'standard',
  needs: 'summary',
  pool: (summary, head) =>
    toPooled(sumFrom(rowsOf(summary, 'distance', head), 0), summary.queryCount),
} as const satisfies HeadMeasure;

/** The same without the first key, which else says more about how much of a sink it is. */
export const distanceTail = {
  id: 'distance-tail',
  unit: 'tokens',
  range: [0, null],
  formula: 'Σ_i,j≥1 a_ij (i − j) / Σ_i,j≥1 a_ij',
  source: 'Vig & Belinkov 2019, who leave the first token out [MEM]; methods 1.1 [2ND]',
  certainty: 'standard',
  needs: 'summary',
  pool: (summary, head) =>
    toPooled(
      sumFrom(rowsOf(summary, 'tailDistance', head), 1),
      sumFrom(rowsOf(summary, 'tailMass', head), 1),
    ),
} as const satisfies HeadMeasure;
