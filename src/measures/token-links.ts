import type { HeadIndex, LayerIndex, Probability, TokenIndex } from '../lib/flavor.ts';
import { type LayerSummary, STRONGEST_KEYS } from '../tensor/layer-summary.ts';

/** One head's weight between a token and another one. */
export interface TokenLink {
  readonly layer: LayerIndex;
  readonly head: HeadIndex;
  readonly other: TokenIndex;
  readonly weight: Probability;
}

/** A layer's strongest links of one token; null where there are none. */
export interface LayerLinks {
  /** To the earlier token that the token looks at most, over all heads; the first token left aside. */
  readonly key: TokenLink | null;
  /** From the later token that looks at it most, over all heads. */
  readonly query: TokenLink | null;
}

interface LookedAt {
  readonly weights: Float32Array;
  readonly heads: Int32Array;
  readonly queries: Int32Array;
}
const lookedAt = new WeakMap<LayerSummary, LookedAt>();

/** For each key the strongest later query, found once for a summary. */
function getLookedAt(summary: LayerSummary): LookedAt {
  const known = lookedAt.get(summary);
  if (known) return known;
  const { headCount, queryCount, strongestKeys, strongestWeights } = summary;
  const found = {
    weights: new Float32Array(queryCount),
    heads: new Int32Array(queryCount).fill(-1),
    queries: new Int32Array(queryCount).fill(-1),
  };
  for (let head = 0; head < headCount; head++) {
    for (let query = 0; query < queryCount; query++) {
      const at = (head * queryCount + query) * STRONGEST_KEYS;
      for (let k = at; k < at + STRONGEST_KEYS; k++) {
        const key = strongestKeys[k];
        if (key < 0 || key >= query || strongestWeights[k] <= found.weights[key]) continue;
        found.weights[key] = strongestWeights[k];
        found.heads[key] = head;
        found.queries[key] = query;
      }
    }
  }
  lookedAt.set(summary, found);
  return found;
}

/**
 * The strongest links of a token in a layer, from the eight strongest keys that a run keeps of each query
 * and head. A link is missing only where the token is among nobody's eight; the token itself does not
 * count. Exact: what is found is the largest weight there is, or none that was kept.
 */
export function findLayerLinks(summary: LayerSummary, token: TokenIndex): LayerLinks {
  const { layer, headCount, queryCount, strongestKeys, strongestWeights } = summary;
  let key: TokenLink | null = null;
  if (token < queryCount) {
    for (let head = 0; head < headCount; head++) {
      const at = (head * queryCount + token) * STRONGEST_KEYS;
      for (let k = at; k < at + STRONGEST_KEYS; k++) {
        const other = strongestKeys[k];
        const weight = strongestWeights[k];
        if (other <= 0 || other === token || weight <= (key?.weight ?? 0)) continue;
        key = { layer, head, other, weight };
      }
    }
  }
  const { weights, heads, queries } = getLookedAt(summary);
  const query =
    (queries[token] ?? -1) < 0
      ? null
      : { layer, head: heads[token], other: queries[token], weight: weights[token] };
  return { key, query };
}
