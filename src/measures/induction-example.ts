import { type LayerSummary, STRONGEST_KEYS } from '../tensor/layer-summary.ts';

/** A head, and the query and key where it is seen best. */
export interface HeadExample {
  readonly layer: number;
  readonly head: number;
  readonly query: number;
  readonly key: number;
}

/**
 * The single cell of a run that shows induction best: of all queries whose token came before, the one
 * with most attention on what followed the earlier copy, with its strongest key. Null when no token
 * repeats.
 */
export function findInductionExample(layers: readonly (LayerSummary | null)[]): HeadExample | null {
  let best: HeadExample | null = null;
  let most = 0;
  for (const summary of layers) {
    if (summary === null) continue;
    const { layer, headCount, queryCount, inductionWeight, strongestKeys } = summary;
    for (let row = 0; row < headCount * queryCount; row++) {
      if (!(inductionWeight[row] > most)) continue;
      most = inductionWeight[row];
      const query = row % queryCount;
      const head = Math.floor(row / queryCount);
      best = { layer, head, query, key: strongestKeys[row * STRONGEST_KEYS] };
    }
  }
  return best;
}
