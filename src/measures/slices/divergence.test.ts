import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowOf } from '../../tensor/causal-slice.ts';
import { randomAttention } from '../../testing/random-attention.ts';
import { compareSlices, computeHeadDistances, prepareSlice } from './divergence.ts';

const slice = (...rows: number[][]) => ({
  size: rows.length,
  packed: Float32Array.from(rows.flat()),
});

/** As the definition has it, row by row. */
function divergeSlowly(p: readonly number[], q: readonly number[]): number {
  const term = (a: number, m: number) => (a > 0 ? a * Math.log(a / m) : 0);
  return p.reduce((sum, a, i) => {
    const m = (a + q[i]) / 2;
    return sum + (term(a, m) + term(q[i], m)) / 2;
  }, 0);
}

describe('the divergence of two matrices', () => {
  it('is 0 of the same, ln 2 of rows that share no key', () => {
    const a = slice([1], [1, 0], [0.5, 0.5, 0]);
    expect(compareSlices(a, a)).toEqual({ sum: 0, weight: 3, skipped: 0 });
    const { sum } = compareSlices(a, slice([1], [0, 1], [0, 0, 1]));
    expect(sum).toBeCloseTo(2 * Math.LN2, 6);
  });
  it('divides rows by their sums', () => {
    expect(compareSlices(slice([0.5]), slice([1]))).toEqual({ sum: 0, weight: 1, skipped: 0 });
    const { sum } = compareSlices(slice([1], [0.1, 0.3]), slice([1], [0.2, 0.6]));
    expect(sum).toBeCloseTo(0, 6);
  });
  it('leaves rows of nothing out and counts them', () => {
    const nothing = slice([1], [0, 0], [Number.NaN, Number.NaN, Number.NaN]);
    const other = slice([1], [0.5, 0.5], [1, 0, 0]);
    expect(compareSlices(nothing, other)).toEqual({ sum: 0, weight: 1, skipped: 2 });
  });
  it('compares the rows that both have', () => {
    expect(compareSlices(slice([1]), slice([1], [0.5, 0.5])).weight).toBe(1);
    expect(compareSlices(slice(), slice([1])).weight).toBe(0);
  });
  it('by entropies equals the definition, is symmetric and within 0 and ln 2', () => {
    fc.assert(
      fc.property(randomAttention({ minLength: 2, maxLength: 2 }), ({ slices: [a, b] }) => {
        const { sum, weight } = compareSlices(a, b);
        let expected = 0;
        for (let query = 0; query < a.size; query++)
          expected += divergeSlowly(Array.from(rowOf(a, query)), Array.from(rowOf(b, query)));
        expect(sum).toBeCloseTo(expected, 5);
        expect(compareSlices(b, a).sum).toBeCloseTo(sum, 12);
        expect(sum / weight).toBeGreaterThanOrEqual(0);
        expect(sum / weight).toBeLessThanOrEqual(Math.LN2);
      }),
    );
  });
});

describe('distances between heads', () => {
  const heads = [slice([1], [1, 0]), slice([1], [0, 1]), slice([1], [1, 0])];
  it('are symmetric, 0 to itself and to its like', () => {
    const distances = computeHeadDistances(heads.map((each) => prepareSlice(each)));
    expect(Array.from(distances, (d) => Number(d.toFixed(5)))).toEqual(
      [0, 1, 0, 1, 0, 1, 0, 1, 0].map((d) => Number(((d * Math.LN2) / 2).toFixed(5))),
    );
  });
  it('are of the rows that are taken', () => {
    const prepared = heads.map((each) => prepareSlice(each));
    expect(computeHeadDistances(prepared, 2)[1]).toBeCloseTo(Math.LN2, 6);
  });
  it('are less when rows are smoothed', () => {
    const [, far] = computeHeadDistances(heads.map((each) => prepareSlice(each, 0.1)));
    expect(far).toBeLessThan(Math.LN2 / 2);
    expect(prepareSlice(heads[0], 0.1).packed[1]).toBeCloseTo(0.95);
  });
});
