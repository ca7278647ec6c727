import { describe, expect, it } from 'vitest';
import {
  computeCopySuppression,
  computeTokenCopying,
  countNameHits,
  countSuccessors,
  poolSums,
  type TokenLogits,
  toValue,
} from './token-logits.ts';

const table = (...rows: number[][]): TokenLogits => ({
  rows: rows.length,
  columns: rows[0].length,
  logits: Float32Array.from(rows.flat()),
});

describe('successors', () => {
  const logits = table([0, 3, 1], [0, 2, 1], [5, 0, 1]);

  it('are hits where the list’s likeliest token is the next one', () => {
    expect(countSuccessors(logits, [1, 2, -1])).toEqual({ sum: 1, weight: 2 });
    expect(countSuccessors(logits, [1, 2, 0])).toEqual({ sum: 2, weight: 3 });
  });

  it('are none where nothing is told apart or known', () => {
    expect(countSuccessors(table([0, 0]), [0])).toEqual({ sum: 0, weight: 1 });
    expect(countSuccessors(table([Number.NaN, 1]), [1])).toEqual({ sum: 0, weight: 1 });
    expect(toValue(countSuccessors(table([1, 2]), [-1]))).toBeNaN();
  });
});

describe('copy suppression', () => {
  it('is how many deviations the own logit lies below its row’s mean', () => {
    // Row −3 1 1 1: mean 0, deviation √3. Row 1 −3 1 1 with own −3 alike.
    const { score, lowest } = computeCopySuppression(table([-3, 1, 1, 1], [1, -3, 1, 1]), 1);
    expect(toValue(score)).toBeCloseTo(Math.sqrt(3), 6);
    expect(lowest).toEqual({ sum: 2, weight: 2 });
  });

  it('is negative for a head that copies, and counts ties as lower', () => {
    const { score, lowest } = computeCopySuppression(table([3, 0, 0], [0, 3, 0], [0, 0, 0]), 1);
    expect(toValue(score)).toBeCloseTo(-Math.SQRT2, 6);
    expect(lowest).toEqual({ sum: 0, weight: 2 });
    expect(computeCopySuppression(table([0, 0, 9], [9, 0, 0]), 1).lowest.sum).toBe(0);
    expect(computeCopySuppression(table([0, 0, 9], [9, 0, 0]), 2).lowest.sum).toBe(2);
  });

  it('is undefined where all logits are equal', () => {
    expect(toValue(computeCopySuppression(table([1]), 10).score)).toBeNaN();
    expect(toValue(computeCopySuppression(table([2, 2], [2, 2]), 10).lowest)).toBeNaN();
  });
});

describe('copying on random tokens', () => {
  it('is the own token’s share of what lies above the mean, from −1 to 1', () => {
    expect(toValue(computeTokenCopying(table([3, 0, 0]), [0]))).toBe(1);
    expect(toValue(computeTokenCopying(table([3, 0, 0]), [1]))).toBe(-1);
    // 4 2 0 0 less the mean 1.5: 2.5 and .5 are left; the own share is 5/6.
    expect(toValue(computeTokenCopying(table([4, 2, 0, 0]), [0]))).toBeCloseTo(2 / 3, 6);
  });

  it('leaves out rows with nothing above their mean', () => {
    expect(computeTokenCopying(table([1, 1], [2, 0]), [0, 0])).toEqual({ sum: 1, weight: 1 });
  });
});

describe('hits of names', () => {
  it('are tokens among the largest, and among the smallest', () => {
    const logits = table([5, 1, 2, 3], [0, 1, 2, 3]);
    expect(countNameHits(logits, [0, 0], 1)).toEqual({ largest: 1, smallest: 1 });
    expect(countNameHits(logits, [3, 2], 2)).toEqual({ largest: 2, smallest: 0 });
  });

  it('are none where all logits are equal or undefined', () => {
    expect(countNameHits(table([0, 0, 0]), [1], 2)).toEqual({ largest: 0, smallest: 0 });
    const undefinedRow = table([Number.NaN, Number.NaN]);
    expect(countNameHits(undefinedRow, [0], 5)).toEqual({ largest: 0, smallest: 0 });
  });
});

it('pools by adding sums and weights', () => {
  expect(
    toValue(
      poolSums([
        { sum: 1, weight: 1 },
        { sum: 0, weight: 3 },
      ]),
    ),
  ).toBe(0.25);
  expect(toValue(poolSums([]))).toBeNaN();
});
