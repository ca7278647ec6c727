import { type LayerSummary, STRONGEST_KEYS } from '../tensor/layer-summary.ts';
import { causalCellsOfTile } from '../tensor/summary-rows.ts';

/** The first column of a head's tiles with the first key taken out. */
export interface TailColumn {
  /** [tile row]; 0 where the column held nothing but the first key. */
  readonly values: Float32Array;
  /** No value is farther than this below the true one; 0 where all are exact. */
  readonly largestError: number;
}

/**
 * Takes the first key out of the first column of tiles, from what a summary holds. The rest of the
 * thumbnail does not change: attention is not renormalised.
 * - `mean` is exact: the tile's sum less Σ a_i0 of its queries, over its other causal cells.
 * - `max` is exact where the tile's largest weight is larger than every a_i0, or where it stands among
 *   the strongest keys of its query. Else the true one is at most the smallest weight that was kept of a
 *   query, and not more than the mass that is left; `largestError` says how much that could matter.
 * Example, one tile of two tokens with rows 1 | .7 .3: max .3, mean .3.
 */
export function computeTailColumn(
  summary: LayerSummary,
  head: number,
  pool: 'max' | 'mean',
): TailColumn {
  const { tiles, queryCount, tailMass } = summary;
  const { tokensPerTile: side, count } = tiles;
  const values = new Float32Array(count);
  let largestError = 0;
  for (let row = 0; row < count; row++) {
    const start = row * side;
    const end = Math.min(start + side, queryCount);
    const tile = tiles[pool][(head * count + row) * count];
    let firstSum = 0;
    let firstMax = 0;
    for (let query = start; query < end; query++) {
      const first = 1 - tailMass[head * queryCount + query];
      firstSum += first;
      if (first > firstMax) firstMax = first;
    }
    if (pool === 'mean') {
      const cells = causalCellsOfTile(row, 0, side, queryCount);
      const rest = cells - (end - start);
      values[row] = rest > 0 ? Math.max(0, tile * cells - firstSum) / rest : 0;
    } else if (side > 1 && tile > firstMax + EQUAL) {
      values[row] = tile;
    } else if (side > 1) {
      const { known, bound } = findLargest(summary, head, start, end);
      values[row] = known;
      largestError = Math.max(largestError, bound - known);
    }
  }
  return { values, largestError };
}

/** Weights closer than this may be the same one, computed as 1 less the others. */
const EQUAL = 1e-5;

/** The largest weight on keys 1 to side - 1 that is known of some queries, and what no weight exceeds. */
function findLargest(
  summary: LayerSummary,
  head: number,
  start: number,
  end: number,
): { readonly known: number; readonly bound: number } {
  const { queryCount, strongestKeys, strongestWeights, tailMass, tiles } = summary;
  let known = 0;
  let bound = 0;
  for (let query = start; query < end; query++) {
    const at = head * queryCount + query;
    let rest = tailMass[at];
    let own = Number.NaN;
    let k = 0;
    for (; k < STRONGEST_KEYS; k++) {
      const key = strongestKeys[at * STRONGEST_KEYS + k];
      if (key < 0) break;
      if (key === 0) continue;
      const weight = strongestWeights[at * STRONGEST_KEYS + k];
      if (key < tiles.tokensPerTile) {
        own = weight;
        break;
      }
      rest -= weight;
    }
    if (own > 0) {
      known = Math.max(known, own);
    } else if (k === STRONGEST_KEYS) {
      const least = strongestWeights[at * STRONGEST_KEYS + STRONGEST_KEYS - 1];
      bound = Math.max(bound, Math.min(least, Math.max(0, rest)));
    }
  }
  return { known, bound: Math.max(known, bound) };
}
