import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGoldenJson } from '../../testing/golden.ts';
import { finish } from '../sliced-work.ts';
import {
  EXACT_SPLITS,
  getPermutationCount,
  getSmallestP,
  testColumns,
  testDifference,
} from './permutation-test.ts';
import { countSplits } from './splits.ts';

const golden = readGoldenJson<{
  readonly exact_permutation_mean_difference: {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly p: number;
  };
}>('statistics.json').exact_permutation_mean_difference;

const OPTIONS = { permutations: 2000, seed: 1 };

/**
 * [a, b, splits at least as extreme, all splits], counted in Python by itertools.combinations with exact
 * fractions. (scipy's two-sided p doubles the smaller tail; it agrees where the groups are of one size.)
 */
const COUNTED: readonly (readonly [readonly number[], readonly number[], number, number])[] = [
  [[1, 2, 3, 4], [2, 3, 4, 5, 6], 28, 126],
  [[0.5, 0.5, 1.5], [2.5, 3], 1, 10],
  [[1, 1, 2, 2, 3], [1, 2, 2, 3, 3, 3], 218, 462],
  [[10.1, 9.8, 10.4, 10.0, 9.9, 10.2, 10.3], [10.2, 10.6, 10.5, 10.1, 10.9, 10.7, 10.4], 70, 3432],
];

/** 15 and 14 values; p over all 77,558,760 splits by dynamic programming over exact sums in Python. */
const LARGE = {
  a: [
    0.03, 1.36, 1.22, -0.51, -0.3, -0.53, 0.57, -0.06, 0.75, -1.85, 1.57, -0.1, 0.68, -0.14, -0.38,
  ],
  b: [1.16, 1.52, 0.5, 0.55, 1.39, -0.17, -0.81, 1.09, 0.03, -1.22, -0.11, 0.23, -0.49, -0.79],
  p: 0.8764817281761595,
  /** With .6 added to each value of b. */
  shiftedP: 0.0563788023428946,
};

describe('the permutation test', () => {
  it('is exact for small groups: the reference’s, and what was counted', () => {
    const { p, isExact } = testDifference(golden.x, golden.y, OPTIONS);
    expect(p).toBeCloseTo(golden.p, 7);
    expect(isExact).toBe(true);
    for (const [a, b, asExtreme, splits] of COUNTED) {
      expect(countSplits(a.length + b.length, a.length)).toBe(splits);
      expect(testDifference(a, b, OPTIONS)).toEqual({ p: asExtreme / splits, isExact: true });
    }
  });

  it('comes near to the exact p by random splits of larger groups', () => {
    const options = { permutations: 20_000, seed: 5 };
    for (const [b, expected] of [
      [LARGE.b, LARGE.p],
      [LARGE.b.map((value) => value + 0.6), LARGE.shiftedP],
    ] as const) {
      const { p, isExact } = testDifference(LARGE.a, b, options);
      expect(isExact).toBe(false);
      const deviation = Math.sqrt((expected * (1 - expected)) / options.permutations);
      expect(Math.abs(p - expected)).toBeLessThan(4 * deviation);
    }
  });

  it('counts the split that was seen: p is never 0', () => {
    const a = Array.from({ length: 20 }, (_, i) => i / 100);
    const b = a.map((value) => value + 10);
    expect(testDifference(a, b, OPTIONS).p).toBe(1 / 2001);
    expect(testDifference(a, b, { permutations: 99, seed: 1 }).p).toBe(0.01);
  });

  it('is 1 where all values are equal, and undefined for an empty group', () => {
    const tenths = Array(15).fill(0.1);
    expect(testDifference(tenths, tenths, OPTIONS).p).toBe(1);
    expect(testDifference([0.1, 0.1, 0.1], [0.1, 0.1], OPTIONS).p).toBe(1);
    expect(testDifference([1], [2], OPTIONS).p).toBe(1);
    expect(testDifference([], [1, 2], OPTIONS).p).toBeNaN();
    expect(testDifference([1], [], OPTIONS).p).toBeNaN();
  });

  it('knows neither the order of the groups, nor the unit, nor the origin', () => {
    const value = fc.integer({ min: -9, max: 9 }).map((tenth) => tenth / 10);
    const group = fc.array(value, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(group, group, (a, b) => {
        const { p } = testDifference(a, b, OPTIONS);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        const swapped = testDifference(b, a, OPTIONS);
        expect(swapped.p).toBeCloseTo(p, 12);
        const move = (values: readonly number[]) => values.map((each) => 1000 - each * 0.7);
        expect(testDifference(move(a), move(b), OPTIONS).p).toBeCloseTo(p, 12);
      }),
    );
    const { a, b } = LARGE;
    expect(testDifference(b, a, OPTIONS).p).not.toBeNaN();
    expect(
      testDifference(
        a,
        b.map((each) => each * 5 + 3),
        OPTIONS,
      ).p,
    ).toBeLessThan(0.05);
  });

  it('gives each of many columns what it would get alone, and the same by the same seed', () => {
    for (const [rowsA, rowsB] of [
      [5, 4],
      [14, 15],
    ]) {
      const columns = 3;
      const make = (rows: number, step: number) =>
        Float64Array.from({ length: rows * columns }, (_, i) => Math.sin(i * step) + (i % 3) * 0.1);
      const [a, b] = [make(rowsA, 1.7), make(rowsB, 2.3)];
      const { p } = finish(testColumns(a, b, columns, OPTIONS));
      const pick = (values: Float64Array, column: number) =>
        values.filter((_, i) => i % columns === column);
      for (let column = 0; column < columns; column++) {
        const alone = testDifference(pick(a, column), pick(b, column), OPTIONS);
        expect(p[column]).toBe(alone.p);
      }
      const again = finish(testColumns(a, b, columns, OPTIONS)).p;
      expect(again).toEqual(p);
    }
  });

  it('tells how far it is, in slices', () => {
    const values = Float64Array.from({ length: 24 * 270 }, (_, i) => Math.sin(i));
    const told = [...testColumns(values, values, 270, OPTIONS)];
    expect(told.length).toBeGreaterThan(20);
    expect(told).toEqual([...told].sort((one, other) => one - other));
    expect(told.at(-1)).toBeLessThanOrEqual(1);
  });
});

describe('what the test can show', () => {
  it('is no less than its smallest p', () => {
    const low = [1, 1.1, 1.2, 1.3];
    const high = [5, 5.1, 5.2, 5.3];
    for (const [a, b] of [
      [low, high],
      [low.slice(0, 3), high],
      [low.slice(0, 1), high],
    ]) {
      const { p } = testDifference(a, b, OPTIONS);
      expect(p).toBeCloseTo(getSmallestP(a.length, b.length, OPTIONS.permutations), 12);
    }
    expect(getSmallestP(24, 24, 2000)).toBe(1 / 2001);
    expect(getSmallestP(0, 24, 2000)).toBeNaN();
    expect(EXACT_SPLITS).toBeGreaterThanOrEqual(countSplits(16, 8));
  });

  it('is enough, by so many permutations, for one column among all to be found', () => {
    for (const columns of [1, 270, 1600])
      expect(getSmallestP(24, 24, getPermutationCount(columns))).toBeLessThan(0.05 / columns);
    expect(getPermutationCount(270)).toBe(10_800);
  });
});
