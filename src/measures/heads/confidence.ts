import { type LayerSummary, STRONGEST_KEYS } from '../../tensor/layer-summary.ts';
import { type HeadMeasure, type Pooled, toPooled } from '../measure.ts';

/** Sum of each query's largest weight from `start` on, without the first key if wanted. */
function poolLargest(
  summary: LayerSummary,
  head: number,
  start: number,
  skipsFirst: boolean,
): Pooled {
  const { queryCount, strongestKeys, strongestWeights } = summary;
  let sum = 0;
  for (let query = start; query < queryCount; query++) {
    const at = (head * queryCount + query) * STRONGEST_KEYS;
    sum += strongestWeights[skipsFirst && strongestKeys[at] === 0 ? at + 1 : at];
  }
  return toPooled(sum, queryCount - start);
}

/** The largest weight of a query: 1 when it looks at one key only. */
export const confidence = {
  id: 'confidence',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i of max_j a_ij',
  source: 'Voita et al. 2019; methods 5.14 [MEM]',
  certainty: 'standard',
  needs: 'summary',
  pool: (summary, head) => poolLargest(summary, head, 0, false),
} as const satisfies HeadMeasure;

/** The same without the first key, as Voita et al. leave out the end token. */
export const confidenceTail = {
  id: 'confidence-tail',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i ≥ 1 of max_j≥1 a_ij',
  source: 'Voita et al. 2019, the first key in the place of their end token; methods 5.14 [MEM]',
  certainty: 'standard',
  needs: 'summary',
  pool: (summary, head) => poolLargest(summary, head, 1, true),
} as const satisfies HeadMeasure;
