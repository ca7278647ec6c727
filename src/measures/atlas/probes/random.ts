import { createRandom } from '../../../lib/random.ts';

/** Random ids are drawn from here, where the vocabulary is as large (methods 5.2). */
const LOWEST_ID = 1000;
const HIGHEST_ID = 10000;

/**
 * Candidates for random tokens: distinct ids in a seeded order, from 1000 to 10000, or from the upper nine
 * tenths of a smaller vocabulary. Control tokens may be among them.
 */
export function drawIds(vocabularySize: number, count: number, seed: number): Int32Array {
  const highest = Math.min(HIGHEST_ID, vocabularySize);
  const lowest = Math.min(LOWEST_ID, Math.floor(highest / 10));
  const random = createRandom(seed);
  const drawn = new Set<number>();
  const most = Math.min(count, highest - lowest);
  while (drawn.size < most) drawn.add(lowest + Math.floor(random() * (highest - lowest)));
  return Int32Array.from(drawn);
}

/** Ids said several times over, after a begin token when there is one. */
export function repeatIds(ids: Int32Array, times: number, begin: number | null = null): Int32Array {
  const all = Array.from({ length: times }, () => [...ids]).flat();
  return Int32Array.from(begin === null ? all : [begin, ...all]);
}
