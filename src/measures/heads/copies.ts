import type { LayerSummary } from '../../tensor/layer-summary.ts';
import { type HeadMeasure, type Pooled, toPooled } from '../measure.ts';
import type { MeasuredText } from '../measured-text.ts';
import { rowsOf } from './row-sums.ts';

/**
 * Sum over the queries whose token stands earlier in the text as well (methods 5.1): only there can
 * attention to copies, or to what followed them, be more than 0 by right. A weight that underflowed to 0
 * counts as 0. Undefined when no token repeats, and when such a row was not computed.
 */
function poolCopies(
  summary: LayerSummary,
  name: 'duplicateWeight' | 'inductionWeight',
  head: number,
  { earlierCopies }: MeasuredText,
): Pooled {
  const values = rowsOf(summary, name, head);
  let sum = 0;
  let count = 0;
  for (let query = 0; query < values.length; query++) {
    if (earlierCopies[query] === 0) continue;
    sum += values[query];
    count++;
  }
  return toPooled(sum, count);
}

/** Attention to earlier copies of the token, where there are any. */
export const duplicate = {
  id: 'duplicate',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i with an earlier copy of token i, of Σ a_ij over those copies j',
  source: 'after the pattern of TransformerLens detect_head; methods 5.1 [CODE for the pattern]',
  certainty: 'ours',
  needs: 'summary',
  pool: (summary, head, text) => poolCopies(summary, 'duplicateWeight', head, text),
} as const satisfies HeadMeasure;

/** Attention to what followed earlier copies of the token, where there are any. */
export const induction = {
  id: 'induction',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i with an earlier copy j of token i, of Σ a_i,j+1',
  source: 'after the pattern of TransformerLens detect_head; methods 5.1 [CODE for the pattern]',
  certainty: 'ours',
  needs: 'summary',
  pool: (summary, head, text) => poolCopies(summary, 'inductionWeight', head, text),
} as const satisfies HeadMeasure;
