import { type HeadMeasure, toPooled } from '../measure.ts';
import { rowsOf, sumFrom } from './row-sums.ts';

/** Attention of a token to itself. */
export const current = {
  id: 'current',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i of a_ii',
  source: 'TransformerLens main demo; methods 5.2 [CODE]',
  certainty: 'standard',
  needs: 'summary',
  pool: (summary, head) =>
    toPooled(sumFrom(rowsOf(summary, 'currentWeight', head), 0), summary.queryCount),
} as const satisfies HeadMeasure;

/** Attention to the token before. */
export const previous = {
  id: 'previous',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i ≥ 1 of a_i,i−1',
  source: 'TransformerLens main demo; methods 5.2 [CODE]',
  certainty: 'standard',
  needs: 'summary',
  pool: (summary, head) =>
    toPooled(sumFrom(rowsOf(summary, 'previousWeight', head), 1), summary.queryCount - 1),
} as const satisfies HeadMeasure;
