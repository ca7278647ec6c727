import { describe, expect, it } from 'vitest';
import { findDifference, largestMagnitude } from './close-to.ts';

describe('findDifference', () => {
  it('accepts what lies within the tolerance, absolute plus relative', () => {
    expect(findDifference([1.05, 10.9], [1, 10], { atol: 0.05 + 1e-12, rtol: 0.1 })).toBeNull();
  });
  it('names the first element outside', () => {
    expect(findDifference([1, 2], [1, 3], { atol: 0.5 })).toMatch(/element 1 is 2/);
  });
  it('is passed by no NaN', () => {
    expect(findDifference([Number.NaN], [Number.NaN], { atol: 1e9 })).toMatch(/NaN/);
    expect(findDifference([Number.NaN], [1], { atol: 1e9 }, true)).toMatch(/NaN/);
    expect(findDifference([1], [Number.NaN], { atol: 1e9 }, true)).toMatch(/NaN/);
    expect(findDifference([Number.NaN], [Number.NaN], { atol: 0 }, true)).toBeNull();
  });
  it('refuses other lengths', () => {
    expect(findDifference([], [1], { atol: 1 })).toMatch(/length 0/);
  });
});

describe('largestMagnitude', () => {
  it('is 0 of nothing and ignores signs', () => {
    expect(largestMagnitude([])).toBe(0);
    expect(largestMagnitude([1, -3, 2])).toBe(3);
  });
});
