import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDifference } from '../../testing/close-to.ts';
import { createRandom } from '../random.ts';
import { finish } from '../sliced-work.ts';
import { computePrincipalComponents } from './principal-components.ts';

const compute = (rows: readonly (readonly number[])[], count: number) =>
  finish(computePrincipalComponents(Float64Array.from(rows.flat()), rows[0].length, count));

/** Scores and shares by numpy.linalg.svd of the centred rows; each column's farthest score is positive. */
const WORKED_OUT = {
  rows: [
    [2.5, 2.4, 0.3],
    [0.5, 0.7, 1.1],
    [2.2, 2.9, -0.4],
    [1.9, 2.2, 0.8],
    [3.1, 3.0, 0.1],
    [2.3, 2.7, 1.9],
  ],
  scores: [
    [-0.455078853, -0.175542957, -0.231850328],
    [2.274120861, -0.403795172, -0.060473988],
    [-0.837856253, -0.781095475, 0.330988556],
    [0.259400943, 0.07564607, 0.04459622],
    [-1.317254667, -0.047221196, -0.218197845],
    [0.07666797, 1.33200873, 0.134937385],
  ],
  shares: [0.7366061847288434, 0.241472963512194, 0.02192085175896257],
};

describe('principal components', () => {
  it('are what was worked out, from the products of columns and of rows alike', () => {
    const { rows, scores, shares } = WORKED_OUT;
    const wide = rows.map((row) => [...row, ...Array(9).fill(4)]);
    for (const each of [rows, wide]) {
      const found = compute(each, 3);
      expect(findDifference(found.scores, scores.flat(), { atol: 1e-8 })).toBeNull();
      expect(findDifference(found.shares, shares, { atol: 1e-12 })).toBeNull();
      const first = compute(each, 1);
      const firstScores = scores.map(([score]) => score);
      expect(findDifference(first.scores, firstScores, { atol: 1e-8 })).toBeNull();
    }
  });

  it('have a score of 0 beyond those that there are', () => {
    const { scores, shares } = compute(
      [
        [0, 0],
        [3, 4],
        [6, 8],
      ],
      3,
    );
    expect(findDifference(scores, [5, 0, 0, 0, 0, 0, -5, 0, 0], { atol: 1e-12 })).toBeNull();
    expect([...shares]).toEqual([1, 0, 0]);
  });

  it('do not know where the points stand or how the space is turned', () => {
    const random = createRandom(3);
    const rows = Array.from({ length: 30 }, () => [random() * 9, random() * 4, random()]);
    const expected = compute(rows, 3);
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.integer({ min: -50, max: 50 }),
        (angle, shift) => {
          const [c, s] = [Math.cos(angle), Math.sin(angle)];
          const turned = rows.map(([x, y, z]) => [
            c * x - s * y + shift,
            s * x + c * y - shift,
            z + 7,
          ]);
          const found = compute(turned, 3);
          expect(findDifference(found.scores, expected.scores, { atol: 1e-8 })).toBeNull();
          expect(findDifference(found.shares, expected.shares, { atol: 1e-10 })).toBeNull();
        },
      ),
      { numRuns: 30 },
    );
  });

  it('keep all distances when none is left out', () => {
    const { rows } = WORKED_OUT;
    const { scores } = compute(rows, 3);
    const distance = (one: ArrayLike<number>, other: ArrayLike<number>) =>
      Math.hypot(...[0, 1, 2].map((column) => one[column] - other[column]));
    for (let i = 0; i < rows.length; i++)
      for (let j = 0; j < i; j++)
        expect(
          distance(scores.subarray(i * 3, i * 3 + 3), scores.subarray(j * 3, j * 3 + 3)),
        ).toBeCloseTo(distance(rows[i], rows[j]), 9);
  });

  it('of equal rows are none: scores of 0, shares undefined', () => {
    for (const rows of [Array(5).fill([0.1, 0.7]), Array(3).fill([0.1, 0.7, 0.3, 0.9])]) {
      const { scores, shares } = compute(rows, 2);
      expect([...scores]).toEqual(Array(rows.length * 2).fill(0));
      expect([...shares]).toEqual([Number.NaN, Number.NaN]);
    }
  });
});
