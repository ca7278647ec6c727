import { type CausalSlice, rowStart } from '../tensor/causal-slice.ts';
import { type LayerSummary, STRONGEST_KEYS } from '../tensor/layer-summary.ts';

export interface AttentionPair {
  readonly query: number;
  readonly key: number;
  readonly weight: number;
}

const byFallingWeight = (a: AttentionPair, b: AttentionPair): number =>
  b.weight - a.weight || a.query - b.query;

/**
 * The strongest query-key pairs of a head, at most one a query, from its strongest keys; optionally
 * without the first key. Falling by weight, equals in the order of the text.
 */
export function findTopPairs(
  summary: LayerSummary,
  head: number,
  count: number,
  skipFirstKey: boolean,
): readonly AttentionPair[] {
  const pairs: AttentionPair[] = [];
  for (let query = 1; query < summary.queryCount; query++) {
    const at = (head * summary.queryCount + query) * STRONGEST_KEYS;
    for (let k = 0; k < STRONGEST_KEYS; k++) {
      const key = summary.strongestKeys[at + k];
      if (key < 0 || (skipFirstKey && key === 0)) continue;
      pairs.push({ query, key, weight: summary.strongestWeights[at + k] });
      break;
    }
  }
  return pairs.sort(byFallingWeight).slice(0, count);
}

/**
 * The same from a matrix as it is shown, in its own units (words, sentences, lines). Undefined rows and
 * hidden cells (0) give no pair. Rows `1 | .7 .3 | .2 .6 .2` without the first key -> (2, 1) .6, (1, 1) .3.
 */
export function findTopSlicePairs(
  slice: CausalSlice,
  count: number,
  skipFirstKey: boolean,
): readonly AttentionPair[] {
  const pairs: AttentionPair[] = [];
  for (let query = 1; query < slice.size; query++) {
    const start = rowStart(query);
    let best = -1;
    for (let key = skipFirstKey ? 1 : 0; key <= query; key++) {
      const weight = slice.packed[start + key];
      if (weight > 0 && (best < 0 || weight > slice.packed[start + best])) best = key;
    }
    if (best >= 0) pairs.push({ query, key: best, weight: slice.packed[start + best] });
  }
  return pairs.sort(byFallingWeight).slice(0, count);
}
