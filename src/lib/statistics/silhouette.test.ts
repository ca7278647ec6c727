import fc from 'fast-check';
import { silhouette } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { findDifference } from '../../testing/close-to.ts';
import { readGoldenJson } from '../../testing/golden.ts';
import { finish } from '../sliced-work.ts';
import { computeSilhouettes } from './silhouette.ts';

const golden = readGoldenJson<{
  readonly silhouette: {
    readonly points: readonly (readonly number[])[];
    readonly labels: readonly number[];
    readonly mean: number;
  };
}>('statistics.json').silhouette;

const compute = (points: readonly (readonly number[])[], labels: readonly number[]) =>
  finish(computeSilhouettes(Float64Array.from(points.flat()), points[0].length, labels));

describe('the silhouette', () => {
  it('is the reference’s, and what is worked out by hand', () => {
    expect(compute(golden.points, golden.labels).mean).toBeCloseTo(golden.mean, 6);
    const { values, mean } = compute([[0], [1], [5]], [7, 7, 3]);
    expect(findDifference(values, [0.8, 0.75, 0], { atol: 1e-12 })).toBeNull();
    expect(mean).toBeCloseTo(1.55 / 3, 12);
  });

  it('is what simple-statistics gives, for every point and any number of labels', () => {
    const point = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
      minLength: 3,
      maxLength: 3,
    });
    const labelled = fc.record({ point, label: fc.integer({ min: 0, max: 2 }) });
    fc.assert(
      fc.property(fc.array(labelled, { maxLength: 20 }), (more) => {
        const all = [
          ...[0, 1, 2].map((label) => ({ point: [label * 3, -label, 1], label })),
          ...more,
        ];
        const [points, labels] = [all.map((each) => each.point), all.map((each) => each.label)];
        const expected = silhouette(points, labels).map((value) => value || 0);
        expect(findDifference(compute(points, labels).values, expected, { atol: 1e-9 })).toBeNull();
      }),
    );
  });

  it('is undefined for fewer than two labels', () => {
    const { values, mean } = compute([[0], [1]], [4, 4]);
    expect([...values, mean]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    const none = finish(computeSilhouettes(new Float64Array(), 2, []));
    expect([none.values.length, none.mean]).toEqual([0, Number.NaN]);
  });

  it('is 0 for the only point of a label, and for points that all fall together', () => {
    expect(compute([[0], [5]], [0, 1])).toEqual({ values: Float64Array.of(0, 0), mean: 0 });
    const together = compute([[1], [1], [1], [1]], [0, 0, 1, 1]);
    expect(together).toEqual({ values: new Float64Array(4), mean: 0 });
  });

  it('leaves points out that are not finite', () => {
    const points = [
      [0, 0],
      [0, 1],
      [Number.NaN, 2],
      [5, 5],
      [5, 6],
    ];
    const { values, mean } = compute(points, [0, 0, 0, 1, 1]);
    const without = compute(
      points.filter((_, i) => i !== 2),
      [0, 0, 1, 1],
    );
    expect([...values].filter((_, i) => i !== 2)).toEqual([...without.values]);
    expect(values[2]).toBeNaN();
    expect(mean).toBe(without.mean);
    const lost = compute([[0], [1], [Number.NaN]], [0, 0, 1]);
    expect(lost.mean).toBeNaN();
  });
});
