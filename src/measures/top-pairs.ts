import { type LayerSummary, STRONGEST_KEYS } from '../tensor/layer-summary.ts';

export interface AttentionPair {
  readonly query: number;
  readonly key: number;
  readonly weight: number;
}

/** The strongest query-key pairs of a head, from its strongest keys; optionally without the first key. */
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
  return pairs.sort((a, b) => b.weight - a.weight).slice(0, count);
}
