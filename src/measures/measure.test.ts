import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getValue, poolTogether, toPooled, UNDEFINED } from './measure.ts';

describe('pooling', () => {
  it('is the mean of the values weighted by their weights', () => {
    const text = fc.tuple(
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.double({ min: 0.1, max: 9, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (texts) => {
        const pooled = texts.map(([value, weight]) => toPooled(value * weight, weight));
        const total = texts.reduce((sum, [, weight]) => sum + weight, 0);
        const mean = texts.reduce((sum, [value, weight]) => sum + (value * weight) / total, 0);
        expect(getValue(poolTogether(pooled))).toBeCloseTo(mean, 9);
      }),
    );
  });
  it('leaves out what is undefined', () => {
    expect(getValue(UNDEFINED)).toBeNaN();
    expect(toPooled(Number.NaN, 3)).toEqual(UNDEFINED);
    expect(toPooled(0, 0)).toEqual(UNDEFINED);
    expect(getValue(poolTogether([toPooled(Number.NaN, 3), toPooled(1, 4)]))).toBe(0.25);
    expect(getValue(poolTogether([]))).toBeNaN();
  });
});
