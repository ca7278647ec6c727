import type { HeadIndex } from '../lib/flavor.ts';

/**
 * The other query heads that share a head's keys and values (grouped-query attention): `groupSize` heads
 * in a row share one key-value head. Head 4 of 9 in groups of 3 -> 3, 5; groups of one share nothing.
 */
export function findSharers(
  head: HeadIndex,
  headCount: number,
  groupSize: number,
): readonly HeadIndex[] {
  if (groupSize < 2) return [];
  const first = Math.floor(head / groupSize) * groupSize;
  return Array.from({ length: Math.min(groupSize, headCount - first) }, (_, i) => first + i).filter(
    (other) => other !== head,
  );
}
