import { type LayerSummary, STRONGEST_KEYS } from '../../tensor/layer-summary.ts';
import { type HeadMeasure, toPooled, UNDEFINED } from '../measure.ts';

/** From this share of queries on a head counts as positional (Voita et al. 2019). */
export const POSITIONAL_SHARE = 0.9;

/** How far back the strongest key of each query is; the first query, which has no choice, is left out. */
export interface OffsetCounts {
  /** Offset i - j -> number of queries. */
  readonly counts: ReadonlyMap<number, number>;
  readonly queries: number;
}

/** Where a head mostly looks, as a distance from the query. */
export interface CommonOffset {
  readonly offset: number;
  /** Share of queries, 0 to 1. */
  readonly share: number;
  readonly isPositional: boolean;
}

/** Counts the offsets of a head's strongest keys in one text. */
export function countOffsets(summary: LayerSummary, head: number): OffsetCounts {
  const counts = new Map<number, number>();
  let queries = 0;
  for (let query = 1; query < summary.queryCount; query++) {
    const key = summary.strongestKeys[(head * summary.queryCount + query) * STRONGEST_KEYS];
    if (key < 0) continue;
    counts.set(query - key, (counts.get(query - key) ?? 0) + 1);
    queries++;
  }
  return { counts, queries };
}

/** Several texts taken together. */
export function addOffsets(parts: Iterable<OffsetCounts>): OffsetCounts {
  const counts = new Map<number, number>();
  let queries = 0;
  for (const part of parts) {
    for (const [offset, count] of part.counts)
      counts.set(offset, (counts.get(offset) ?? 0) + count);
    queries += part.queries;
  }
  return { counts, queries };
}

/**
 * The offset that most queries have, of equals the nearest; null without queries. A head is positional
 * when it is that of nine in ten. Offsets 1 1 1 3 -> 1, share .75, not positional.
 */
export function findCommonOffset({ counts, queries }: OffsetCounts): CommonOffset | null {
  if (queries === 0) return null;
  const [offset, most] = [...counts].reduce((best, each) =>
    each[1] > best[1] || (each[1] === best[1] && each[0] < best[0]) ? each : best,
  );
  const share = most / queries;
  return { offset, share, isPositional: share >= POSITIONAL_SHARE };
}

/** The largest share of queries whose strongest key is at one and the same distance, in each text. */
export const positional = {
  id: 'positional',
  unit: 'share',
  range: [0, 1],
  formula: 'largest share, over offsets k, of queries i ≥ 1 with argmax_j a_ij = i − k',
  source: 'Voita et al. 2019: positional from 90 % of queries on; methods 5.14 [MEM]',
  certainty: 'standard',
  needs: 'summary',
  pool: (summary, head) => {
    const offsets = countOffsets(summary, head);
    const common = findCommonOffset(offsets);
    return common === null ? UNDEFINED : toPooled(common.share * offsets.queries, offsets.queries);
  },
} as const satisfies HeadMeasure;
