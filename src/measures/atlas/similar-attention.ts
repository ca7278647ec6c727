import { comparePrepared, type PreparedSlice } from '../slices/divergence.ts';

/** A head and how differently another one looks at the same text. */
export interface DistantHead {
  readonly layer: number;
  readonly head: number;
  /** Mean Jensen-Shannon divergence of rows, nats, 0 to ln 2. */
  readonly distance: number;
}

/**
 * The heads that look at a text most as the head at `at` does: smallest mean Jensen-Shannon divergence of
 * their rows (Clark et al. 2019, who sum over rows; methods 5.13 [CODE]). `heads` are [layer, head].
 */
export function findSimilarAttention(
  heads: readonly PreparedSlice[],
  headCount: number,
  at: number,
  count: number,
): readonly DistantHead[] {
  return heads
    .map((other, place) => {
      const { sum, weight } = comparePrepared(heads[at], other);
      return {
        layer: Math.floor(place / headCount),
        head: place % headCount,
        distance: place === at || weight === 0 ? Number.NaN : sum / weight,
      };
    })
    .filter(({ distance }) => !Number.isNaN(distance))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count);
}
