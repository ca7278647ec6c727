import type { LayerIndex } from '../lib/flavor.ts';

/** How many of its strongest keys are kept for each query. */
export const STRONGEST_KEYS = 8;

/**
 * What a run keeps of one layer without its full matrices. Arrays are [head, query] row-major unless a
 * shape is given; `n` is the number of queries (= tokens of the text). Values are float32 as the graph
 * computed them. "Tail" means every key but the first token.
 */
export interface LayerSummary {
  readonly layer: LayerIndex;
  readonly headCount: number;
  readonly queryCount: number;
  /** How many keys a query sees at most, itself included; null: all before it. */
  readonly window: number | null;
  /** -Σ_j a ln a over all keys, nats. */
  readonly entropy: Float32Array;
  /** -Σ_{j>0} a ln a, nats, not renormalised. */
  readonly tailEntropy: Float32Array;
  /** Σ_{j>0} a: the mass that is not on the first token. */
  readonly tailMass: Float32Array;
  /** Σ_{j<4} a. */
  readonly firstFourMass: Float32Array;
  /** Σ_j a (i - j), tokens. */
  readonly distance: Float32Array;
  /** Σ_{j>0} a (i - j), tokens; NaN in recordings that do not hold it. */
  readonly tailDistance: Float32Array;
  /** a[i, i]. */
  readonly currentWeight: Float32Array;
  /** a[i, i-1]; 0 for the first query. */
  readonly previousWeight: Float32Array;
  /** Σ of a over earlier copies of the same token; NaN where it was not computed (long texts). */
  readonly duplicateWeight: Float32Array;
  /** Σ of a over keys that follow an earlier copy of the query's token; NaN where not computed. */
  readonly inductionWeight: Float32Array;
  /** [head, query, STRONGEST_KEYS] key positions by falling weight; -1 where there are fewer keys. */
  readonly strongestKeys: Int32Array;
  /** [head, query, STRONGEST_KEYS] their weights. */
  readonly strongestWeights: Float32Array;
  readonly tiles: AttentionTiles;
}

/**
 * Thumbnails: the matrix of each head pooled over squares of `tokensPerTile` tokens. `count` tiles a
 * side; `max` and `mean` are [head, tile row, tile column]. The mean is over causal cells only.
 */
export interface AttentionTiles {
  readonly tokensPerTile: number;
  readonly count: number;
  readonly max: Float32Array;
  readonly mean: Float32Array;
}
