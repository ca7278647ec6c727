import { describe, expect, it } from 'vitest';
import { finish } from '../../lib/sliced-work.ts';
import { compareGroups } from '../../lib/statistics/compare-groups.ts';
import { createSetOfValues, createSetResults } from '../../testing/domain-results.ts';
import { createProfile } from '../../testing/text-profile.ts';
import {
  countSignificant,
  findTypicalText,
  getThirds,
  rankHeads,
  toGroupRequest,
  toMeanRequest,
} from './compared-heads.ts';

const nan = Number.NaN;

describe('heads compared', () => {
  it('take one value a text, A less B', () => {
    const a = createSetOfValues(
      'a',
      ['m'],
      [
        [1, 2, 3, 4],
        [2, 3, 4, 5],
      ],
    );
    const b = createSetOfValues('b', ['m'], [[0, 2, 4, nan]]);
    const request = toGroupRequest(a, b, 'm');
    expect(Array.from(request.a)).toEqual([1, 2, 3, 4, 2, 3, 4, 5]);
    expect(request.columns).toBe(4);
    const found = finish(compareGroups({ ...request, permutations: 10, resamples: 10 }));
    expect(Array.from(found.difference)).toEqual([1.5, 0.5, -0.5, nan]);
    expect(Array.from(toMeanRequest(a, b, 'm').b)).toEqual([2]);
  });
  it('stand by the size of the effect, undefined ones last', () => {
    const comparison = {
      cliffsDelta: Float64Array.of(-1, 0.5, 1, nan, 1),
      hedgesG: Float64Array.of(-2, 9, 1, nan, 3),
      difference: Float64Array.of(-7, 1, 2, nan, 3),
      adjustedP: Float64Array.of(0.2, 0.01, 0.03, nan, 0.03),
    };
    expect(rankHeads(comparison)).toEqual([4, 0, 2, 1, 3]);
    expect(rankHeads(comparison, 'g')).toEqual([1, 4, 0, 2, 3]);
    expect(rankHeads(comparison, 'difference')).toEqual([0, 4, 2, 1, 3]);
    // Equal p: the larger effect first.
    expect(rankHeads(comparison, 'p')).toEqual([1, 4, 2, 0, 3]);
    expect(countSignificant(comparison)).toEqual({ up: 3, down: 0, tested: 4 });
    expect(countSignificant(comparison, [0, 3])).toEqual({ up: 0, down: 0, tested: 1 });
  });
  it('parts layers in three', () => {
    expect(getThirds(30)).toEqual([
      [0, 10],
      [10, 20],
      [20, 30],
    ]);
    expect(getThirds(4)).toEqual([
      [0, 1],
      [1, 3],
      [3, 4],
    ]);
    expect(getThirds(1)).toEqual([[0, 1]]);
  });
  it('finds the text nearest to the mean', () => {
    const set = createSetResults(
      'a',
      [1, 2, 9, nan].map((value) =>
        createProfile({
          m: { sums: [value, 0, 0, 0], weights: [Number.isNaN(value) ? 0 : 1, 0, 0, 0] },
        }),
      ),
    );
    // The mean is 4: the second text lies at 2.
    expect(findTypicalText(set, 'm', 0)).toBe(1);
    expect(findTypicalText(set, 'm', 1)).toBeNull();
    expect(findTypicalText(set, 'other', 0)).toBeNull();
  });
});
