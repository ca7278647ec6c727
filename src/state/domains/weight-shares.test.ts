import { describe, expect, it } from 'vitest';
import { countWeights, WEIGHT_BINS } from '../../tensor/weight-histogram.ts';
import { createSetResults } from '../../testing/domain-results.ts';
import { createProfile } from '../../testing/text-profile.ts';
import {
  countSetWeights,
  findMedianWeight,
  getOctaveEdge,
  getShareAbove,
  OCTAVES,
  toCumulativeShares,
  toOctaveShares,
} from './weight-shares.ts';

function profileOf(first: readonly number[], second: readonly number[]) {
  const weightCounts = new Float64Array(2 * WEIGHT_BINS);
  countWeights(weightCounts.subarray(0, WEIGHT_BINS), Float32Array.from(first));
  countWeights(weightCounts.subarray(WEIGHT_BINS), Float32Array.from(second));
  return createProfile({}, { weightCounts });
}

describe('weights of a set', () => {
  const set = createSetResults('a', [
    profileOf([0.5, 0.5, 0], [0.26]),
    profileOf([1], [0.3, 2 ** -30]),
  ]);
  it('fall into doublings that sum to 1', () => {
    const shares = toOctaveShares(countSetWeights(set, null));
    expect(shares).toHaveLength(OCTAVES);
    expect(getOctaveEdge(OCTAVES - 1)).toBe(0.5);
    expect(getOctaveEdge(1)).toBe(2 ** -24);
    // 0 and 2^-30; .26 and .3; .5, .5 and 1.
    expect(shares[0]).toBeCloseTo(2 / 7, 12);
    expect(shares[OCTAVES - 2]).toBeCloseTo(2 / 7, 12);
    expect(shares[OCTAVES - 1]).toBeCloseTo(3 / 7, 12);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });
  it('can be those of one layer', () => {
    const counts = countSetWeights(set, 1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
    expect(getShareAbove(counts, 1)).toBe(0);
    expect(getShareAbove(counts, 2)).toBeCloseTo(2 / 3, 12);
  });
  it('grow to 1, half of them under the median', () => {
    const counts = countSetWeights(set, null);
    const cumulative = toCumulativeShares(counts);
    expect(cumulative[0]).toBeCloseTo(2 / 7, 12);
    expect(cumulative[WEIGHT_BINS - 1]).toBeCloseTo(1, 12);
    // The middle one of seven is .3, in the bin from .25 to .3125.
    expect(findMedianWeight(counts)).toBe(0.3125);
  });
  it('are undefined where there are none', () => {
    const none = countSetWeights(createSetResults('b', []), null);
    expect(toOctaveShares(none).every(Number.isNaN)).toBe(true);
    expect(toCumulativeShares(none).every(Number.isNaN)).toBe(true);
    expect(findMedianWeight(none)).toBeNaN();
  });
});
