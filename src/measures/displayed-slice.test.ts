import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findMassLimit } from './displayed-slice.ts';

/** The same by sorting everything. */
function findBySorting(row: Float32Array, share: number): number {
  const falling = row
    .filter((value) => value > 0)
    .sort()
    .reverse();
  const wanted = share * falling.reduce((sum, value) => sum + value, 0);
  let reached = 0;
  let i = 0;
  while (i < falling.length && reached < wanted) reached += falling[i++];
  return falling[i - 1] ?? 0;
}

describe('findMassLimit', () => {
  it('is the smallest weight that is still needed', () => {
    const row = Float32Array.of(0.1, 0.4, 0, 0.3, 0.2);
    expect(findMassLimit(row, 0.35)).toBeCloseTo(0.4, 6);
    expect(findMassLimit(row, 0.65)).toBeCloseTo(0.3, 6);
    expect(findMassLimit(row, 0.95)).toBeCloseTo(0.1, 6);
  });
  it('is 0 for a row of nothing, and for an undefined one', () => {
    expect(findMassLimit(new Float32Array(0), 0.5)).toBe(0);
    expect(findMassLimit(new Float32Array(3), 0.5)).toBe(0);
    expect(findMassLimit(new Float32Array(3).fill(Number.NaN), 0.5)).toBe(0);
  });
  it('is what sorting gives', () => {
    // Multiples of 2^-20, so that sums are exact in any order.
    const weight = fc.integer({ min: 0, max: 1 << 20 }).map((n) => n / (1 << 20));
    const small = fc.integer({ min: 0, max: 40 }).map((n) => n / (1 << 20));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(weight, small), { maxLength: 80 }),
        fc.integer({ min: 1, max: 31 }),
        (weights, share) => {
          const row = Float32Array.from(weights);
          expect(findMassLimit(row, share / 32)).toBe(findBySorting(row, share / 32));
        },
      ),
    );
  });
});
