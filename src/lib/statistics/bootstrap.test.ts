import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { finish } from '../sliced-work.ts';
import { bootstrapColumns, bootstrapMean } from './bootstrap.ts';

const OPTIONS = { resamples: 2000, seed: 1, level: 0.95 };

/**
 * Percentile intervals of 200,000 resamples by scipy.stats.bootstrap 1.17 (method "percentile"): of the
 * mean of A [3, 4.67], of the difference of the means A - B [.1933, 2.28].
 */
const A = [2.1, 3.4, 1.9, 5.6, 4.4, 3.8, 2.7, 6.1, 4.9, 3.3];
const B = [3.9, 2.2, 1.5, 2.8, 3.1, 2.0];

describe('the bootstrap', () => {
  it('gives the intervals that scipy gives', () => {
    const options = { ...OPTIONS, resamples: 50_000 };
    const { a, difference } = finish(
      bootstrapColumns(Float64Array.from(A), Float64Array.from(B), 1, options),
    );
    expect(a.mean[0]).toBeCloseTo(3.82, 12);
    expect(Math.abs(a.low[0] - 3)).toBeLessThan(0.02);
    expect(Math.abs(a.high[0] - 4.67)).toBeLessThan(0.02);
    expect(difference.mean[0]).toBeCloseTo(3.82 - 15.5 / 6, 12);
    expect(Math.abs(difference.low[0] - 0.1933)).toBeLessThan(0.02);
    expect(Math.abs(difference.high[0] - 2.283)).toBeLessThan(0.02);
  });

  it('holds the mean, turns with the groups’ sign and grows with its level', () => {
    const value = fc.integer({ min: -100, max: 100 }).map((tenth) => tenth / 10);
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 12 }), (values) => {
        const options = { ...OPTIONS, resamples: 500 };
        const { mean, low, high } = bootstrapMean(values, options);
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
        expect(values.reduce((sum, each) => sum + each, 0) / values.length).toBeCloseTo(mean, 9);
        const wide = bootstrapMean(values, { ...options, level: 0.99 });
        expect(wide.low).toBeLessThanOrEqual(low);
        expect(wide.high).toBeGreaterThanOrEqual(high);
      }),
      { numRuns: 30 },
    );
  });

  it('is a point for equal values, exactly', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
        fc.integer({ min: 2, max: 9 }),
        (drawn, count) => {
          // No minus zero.
          const value = drawn + 0;
          const found = bootstrapMean(Array(count).fill(value), { ...OPTIONS, resamples: 50 });
          expect(found).toEqual({ count, mean: value, low: value, high: value });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('has no interval for one value and no mean for none; undefined values are left out', () => {
    const one = bootstrapMean([Number.NaN, 4], OPTIONS);
    expect(one).toEqual({ count: 1, mean: 4, low: Number.NaN, high: Number.NaN });
    const none = bootstrapMean([Number.POSITIVE_INFINITY], OPTIONS);
    expect(none).toEqual({ count: 0, mean: Number.NaN, low: Number.NaN, high: Number.NaN });
    expect(bootstrapMean([...A, Number.NaN], OPTIONS)).toEqual(bootstrapMean(A, OPTIONS));
    const { a, b, difference } = finish(
      bootstrapColumns(Float64Array.of(1), Float64Array.from(B), 1, OPTIONS),
    );
    expect([a.low[0], difference.low[0], difference.high[0]]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect(b.low[0]).toBeLessThan(b.mean[0]);
    expect(difference.mean[0]).toBeCloseTo(1 - 15.5 / 6, 12);
  });

  it('repeats itself with its seed', () => {
    expect(bootstrapMean(A, OPTIONS)).toEqual(bootstrapMean(A, OPTIONS));
    expect(bootstrapMean(A, OPTIONS).low).not.toBe(bootstrapMean(A, { ...OPTIONS, seed: 2 }).low);
  });

  it('gives more columns than stand in a block what each would get alone', () => {
    const columns = 70;
    const make = (rows: number) =>
      Float64Array.from({ length: rows * columns }, (_, i) => Math.sin(i * i));
    const [a, b] = [make(6), make(5)];
    const options = { ...OPTIONS, resamples: 100 };
    const all = finish(bootstrapColumns(a, b, columns, options));
    for (const column of [0, 31, 32, 69]) {
      const pick = (values: Float64Array) => values.filter((_, i) => i % columns === column);
      const alone = finish(bootstrapColumns(pick(a), pick(b), 1, options));
      for (const part of ['a', 'b', 'difference'] as const)
        for (const bound of ['mean', 'low', 'high'] as const)
          expect(all[part][bound][column]).toBe(alone[part][bound][0]);
    }
  });

  it('holds the true mean about as often as it says', () => {
    const random = createRandom(17);
    const repetitions = 400;
    let held = 0;
    for (let repetition = 0; repetition < repetitions; repetition++) {
      // Sums of three uniform numbers, mean 1.5.
      const values = Array.from({ length: 24 }, () => random() + random() + random());
      const options = { resamples: 500, seed: repetition, level: 0.95 };
      const { low, high } = bootstrapMean(values, options);
      if (low <= 1.5 && high >= 1.5) held++;
    }
    // Percentile intervals of 24 values are a little narrow; three standard deviations are .033.
    expect(held / repetitions).toBeGreaterThan(0.9);
    expect(held / repetitions).toBeLessThan(0.98);
  });
});
