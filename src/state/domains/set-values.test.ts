import { describe, expect, it } from 'vitest';
import { createSetOfValues, createSetResults } from '../../testing/domain-results.ts';
import { createProfile } from '../../testing/text-profile.ts';
import {
  findLimit,
  findRange,
  getSetMeans,
  getSetValues,
  getTextMeans,
  getTextRows,
  meanAlong,
  meanOf,
  subtract,
} from './set-values.ts';

const nan = Number.NaN;

describe('values of sets', () => {
  it('pool sums and weights before dividing, so that a long text counts more', () => {
    const set = createSetResults('a', [
      createProfile({ m: { sums: [1, 0, 0, 4], weights: [1, 0, 1, 2] } }),
      createProfile({ m: { sums: [9, 0, 0, 5], weights: [3, 0, 1, 1] } }),
    ]);
    // 10 / 4, not the mean of 1 and 3; nothing stands behind the second head.
    expect(Array.from(getSetValues(set, 'm') ?? [])).toEqual([2.5, nan, 0, 3]);
    expect(getSetValues(set, 'm')).toBe(getSetValues(set, 'm'));
    expect(getSetValues(set, 'other')).toBeNull();
  });
  it('differ place by place, undefined where one is', () => {
    expect(Array.from(subtract(Float64Array.of(3, nan, 1), Float64Array.of(1, 1, nan)))).toEqual([
      2,
      nan,
      nan,
    ]);
  });
  it('average by layer over heads and by head over layers', () => {
    const values = Float64Array.of(1, 3, 5, nan);
    expect(Array.from(meanAlong(values, 2, 'layers'))).toEqual([2, 5]);
    expect(Array.from(meanAlong(values, 2, 'heads'))).toEqual([3, 3]);
  });
  it('give each text the mean over its defined heads', () => {
    const set = createSetOfValues(
      'a',
      ['m'],
      [
        [1, 2, 3, 4],
        [1, nan, 3, nan],
      ],
    );
    expect(Array.from(getTextMeans(set, 'm'))).toEqual([2.5, 2]);
    expect(getTextMeans(createSetResults('none', []), 'm')).toHaveLength(0);
  });
  it('have a range of what is defined, and a limit that one extreme does not stretch', () => {
    expect(findRange([[nan, 2], [-1]])).toEqual([-1, 2]);
    expect(findRange([[nan]])).toBeNull();
    expect(findLimit([Array.from({ length: 200 }, (_, i) => (i === 7 ? -500 : 1))])).toBe(1);
    expect(findLimit([[-3, nan]])).toBe(3);
    expect(findLimit([])).toBe(0);
    expect(meanOf([])).toBeNaN();
  });
});

describe('what is compared', () => {
  it('leaves out heads that are defined in fewer than half of a set’s texts', () => {
    const nan = Number.NaN;
    const set = createSetOfValues(
      'a',
      ['m'],
      [
        [1, nan, nan, 4],
        [2, 5, nan, 4],
        [3, 7, 9, nan],
        [6, nan, nan, nan],
      ],
    );
    const columnOf = (head: number) =>
      Array.from({ length: 4 }, (_, text) => getTextRows(set, 'm')[text * 4 + head]);
    expect(columnOf(1)).toEqual([nan, 5, 7, nan]);
    expect(columnOf(2)).toEqual([nan, nan, nan, nan]);
    expect(Array.from(getSetMeans(set, 'm'))).toEqual([3, 6, nan, 4]);
  });
});
