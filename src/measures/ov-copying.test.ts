import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldIntoReader, foldIntoWriter, NO_NORM } from './fold-norm.ts';
import { computeEigenvalueScore } from './ov-copying.ts';

describe('the eigenvalue score', () => {
  it('is worked out by hand', () => {
    expect(computeEigenvalueScore([2, 0, 0, -1], 2)).toBeCloseTo(1 / 3, 12);
    expect(computeEigenvalueScore([1, 0, 0, 1], 2)).toBe(1);
    expect(computeEigenvalueScore([-3], 1)).toBe(-1);
    // A rotation by 60 degrees: cos 60.
    const [c, s] = [0.5, Math.sqrt(0.75)];
    expect(computeEigenvalueScore([c, -s, s, c], 2)).toBeCloseTo(0.5, 12);
  });

  it('is undefined for zeros and for what is not finite', () => {
    expect(computeEigenvalueScore([0, 0, 0, 0], 2)).toBeNaN();
    expect(computeEigenvalueScore([1, Number.NaN, 0, 1], 2)).toBeNaN();
    expect(computeEigenvalueScore([1, Number.POSITIVE_INFINITY, 0, 1], 2)).toBeNaN();
  });

  it('lies in [-1, 1], does not depend on the scale, and turns with the sign', () => {
    const matrices = fc
      .integer({ min: 1, max: 6 })
      .chain((size) =>
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
          minLength: size * size,
          maxLength: size * size,
        }),
      )
      .filter((values) => values.some((value) => Math.abs(value) > 1e-3));
    fc.assert(
      fc.property(matrices, fc.integer({ min: -60, max: 60 }), (matrix, power) => {
        const size = Math.sqrt(matrix.length);
        const score = computeEigenvalueScore(matrix, size);
        // A nilpotent matrix has no eigenvalue but 0.
        if (Number.isNaN(score)) return;
        expect(Math.abs(score)).toBeLessThanOrEqual(1 + 1e-12);
        const times = (by: number) =>
          computeEigenvalueScore(
            matrix.map((value) => value * by),
            size,
          );
        const trace = matrix.reduce((sum, value, i) => sum + (i % (size + 1) === 0 ? value : 0), 0);
        // Near-nilpotent ones hang on rounding.
        if (Math.abs(trace) < 1e-3) return;
        // By powers of two nothing is rounded.
        expect(times(2 ** power)).toBeCloseTo(score, 12);
        // Eigenvalues that fall together hang on rounding by its square root and more.
        expect(times(-1)).toBeCloseTo(-score, 2);
      }),
    );
  });
});

describe('folding a norm', () => {
  const gain = Float32Array.of(2, 1, 3);
  const x = [1, 5, 3];

  it('into what reads: w · (g ∘ (x − mean x)) = folded w · x', () => {
    const reader = foldIntoReader(Float32Array.of(1, 2, -1), 3, { gain, isCentred: true });
    // g ∘ (x − 3) = (−4, 2, 0), times w: 0.
    expect(reader.reduce((sum, w, i) => sum + w * x[i], 0)).toBeCloseTo(0, 5);
    const rms = foldIntoReader(Float32Array.of(1, 2, -1), 3, { gain, isCentred: false });
    expect([...rms]).toEqual([2, 2, -3]);
  });

  it('into what writes', () => {
    const writer = foldIntoWriter(Float32Array.of(...x, 3, 3, 3), 3, { gain, isCentred: true });
    expect([...writer]).toEqual([-4, 2, 0, 0, 0, 0]);
    expect([...foldIntoWriter(Float32Array.of(...x), 3, { gain, isCentred: false })]).toEqual([
      2, 5, 9,
    ]);
  });

  it('leaves weights alone without a norm, and never changes what it is given', () => {
    const rows = Float32Array.of(1, 2, 3);
    expect(foldIntoReader(rows, 3, NO_NORM)).toEqual(rows);
    foldIntoReader(rows, 3, { gain, isCentred: true });
    expect([...rows]).toEqual([1, 2, 3]);
  });
});
