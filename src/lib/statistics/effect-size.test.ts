import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGoldenJson } from '../../testing/golden.ts';
import { computeCliffsDelta, computeHedgesG } from './effect-size.ts';

const golden = readGoldenJson<{
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly cliffs_delta: number;
  readonly hedges_g: number;
}>('statistics.json');

/**
 * [a, b, Cliff's delta, Hedges' g], from numpy 2: np.sign(a[:, None] - b[None]).mean() and
 * (mean a - mean b) / sqrt(((n-1) var_a + (m-1) var_b) / (n+m-2)) * (1 - 3 / (4 (n+m) - 9)).
 */
const WORKED_OUT: readonly (readonly [readonly number[], readonly number[], number, number])[] = [
  [[1, 2, 3, 4], [2, 3, 4, 5, 6], -0.55, -0.9108400680852975],
  [[0.5, 0.5, 1.5], [2.5, 3], -1, -2.7135219534600274],
  [[1, 1, 2, 2, 3], [1, 2, 2, 3, 3, 3], -0.36666666666666664, -0.5906818582581017],
  [
    [10.1, 9.8, 10.4, 10.0, 9.9, 10.2, 10.3],
    [10.2, 10.6, 10.5, 10.1, 10.9, 10.7, 10.4],
    -0.7346938775510204,
    -1.4457544650065006,
  ],
];

const value = fc.integer({ min: -50, max: 50 }).map((whole) => whole / 4);
const group = fc.array(value, { minLength: 2, maxLength: 12 });

describe('Cliff’s delta', () => {
  it('is the reference’s, and what was worked out', () => {
    expect(computeCliffsDelta(golden.x, golden.y)).toBeCloseTo(golden.cliffs_delta, 6);
    expect(computeCliffsDelta([1, 2], [0, 2])).toBe(0.25);
    for (const [a, b, delta] of WORKED_OUT) expect(computeCliffsDelta(a, b)).toBeCloseTo(delta, 12);
  });

  it('turns its sign with the groups, lies in -1..1, and knows order alone', () => {
    fc.assert(
      fc.property(group, group, (a, b) => {
        const delta = computeCliffsDelta(a, b);
        expect(Math.abs(delta)).toBeLessThanOrEqual(1);
        expect(computeCliffsDelta(b, a)).toBeCloseTo(-delta, 12);
        expect(computeCliffsDelta(a.map(Math.exp), b.map(Math.exp))).toBe(delta);
        const pairs = a.flatMap((one) => b.map((other) => Math.sign(one - other)));
        expect(delta).toBeCloseTo(pairs.reduce((sum, sign) => sum + sign, 0) / pairs.length, 12);
      }),
    );
  });

  it('leaves undefined values out and is undefined without values', () => {
    expect(computeCliffsDelta([1, Number.NaN, 2], [0, Number.POSITIVE_INFINITY, 2])).toBe(0.25);
    expect(computeCliffsDelta([], [1])).toBeNaN();
    expect(computeCliffsDelta([1], [Number.NaN])).toBeNaN();
  });
});

describe('Hedges’ g', () => {
  it('is the reference’s, and what was worked out', () => {
    expect(computeHedgesG(golden.x, golden.y)).toBeCloseTo(golden.hedges_g, 6);
    expect(computeHedgesG([0, 2], [3, 5])).toBeCloseTo((-3 / Math.SQRT2) * (4 / 7), 12);
    for (const [a, b, , g] of WORKED_OUT) expect(computeHedgesG(a, b)).toBeCloseTo(g, 10);
  });

  it('turns its sign with the groups and does not know the unit or the origin', () => {
    fc.assert(
      fc.property(group, group, (a, b) => {
        const g = computeHedgesG(a, b);
        const move = (values: readonly number[]) => values.map((each) => 3 * each + 7);
        if (Number.isNaN(g)) {
          expect([new Set(a).size, new Set(b).size]).toEqual([1, 1]);
          return;
        }
        expect(computeHedgesG(b, a)).toBeCloseTo(-g, 9);
        expect(computeHedgesG(move(a), move(b))).toBeCloseTo(g, 6);
      }),
    );
  });

  it('is undefined for fewer than two values, and without any spread', () => {
    expect(computeHedgesG([1], [2, 3])).toBeNaN();
    expect(computeHedgesG([1, Number.NaN], [2, 3])).toBeNaN();
    expect(computeHedgesG([0.1, 0.1, 0.1], [0.2, 0.2])).toBeNaN();
    expect(computeHedgesG([1, 1], [1, 1])).toBeNaN();
  });
});
