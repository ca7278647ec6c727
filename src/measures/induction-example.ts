import { type LayerSummary, STRONGEST_KEYS } from '../tensor/layer-summary.ts';
import { computeHeadValues } from './head-measures.ts';

/** A head, and the query and key where it is seen best. */
export interface HeadExample {
  readonly layer: number;
  readonly head: number;
  readonly query: number;
  readonly key: number;
}

/**
 * The head with the best induction score on a text, with the cell where it shows: the query with most
 * attention on what followed an earlier copy of its token, and its strongest key. Null when no token
 * repeats.
 */
export function findInductionExample(
  layers: readonly (LayerSummary | null)[],
  ids: Int32Array,
): HeadExample | null {
  let best: { readonly summary: LayerSummary; readonly head: number } | null = null;
  let most = 0;
  for (const summary of layers) {
    if (summary === null) continue;
    for (const [head, { induction }] of computeHeadValues(summary, ids).entries()) {
      if (!(induction > most)) continue;
      most = induction;
      best = { summary, head };
    }
  }
  if (best === null) return null;
  const { summary, head } = best;
  const { queryCount, inductionWeight, strongestKeys } = summary;
  const weights = inductionWeight.subarray(head * queryCount, (head + 1) * queryCount);
  const query = weights.reduce((top, weight, i) => (weight > weights[top] ? i : top), 0);
  const key = strongestKeys[(head * queryCount + query) * STRONGEST_KEYS];
  return { layer: summary.layer, head, query, key };
}
