import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { createRandom } from '../lib/random.ts';

/**
 * What each entry is moved by at the most, as a share of the largest: as much as rounding does. Without it
 * the iteration does not end on some matrices of zeros and ones.
 */
const ROUNDING = 1e-14;

/**
 * Copying by eigenvalues: Σ Re λ / Σ |λ| over the eigenvalues of what a head's values and outputs make of
 * the vocabulary (Elhage et al. 2021; methods 5.6 [MEM]). From −1 to 1; 1: tokens that are looked at become
 * likelier, −1: less likely. The vocabulary x vocabulary product E·V·O·Uᵀ has the same eigenvalues but for
 * zeros as the small one O·Uᵀ·E·V, [head size, head size], which `matrix` is, row by row. NaN for a matrix
 * of zeros or with a value that is not finite. diag(2, −1) -> 1/3.
 */
export function computeEigenvalueScore(matrix: ArrayLike<number>, size: number): number {
  let largest = 0;
  for (let i = 0; i < matrix.length; i++) {
    // The decomposition would never end on NaN.
    if (!Number.isFinite(matrix[i])) return Number.NaN;
    largest = Math.max(largest, Math.abs(matrix[i]));
  }
  if (largest === 0) return Number.NaN;
  const random = createRandom(1);
  const square = new Matrix(size, size);
  for (let row = 0; row < size; row++) {
    // The score does not depend on the scale; magnitudes near 1 keep the iteration in range.
    for (let column = 0; column < size; column++) {
      const moved = ROUNDING * (random() - 0.5);
      square.set(row, column, matrix[row * size + column] / largest + moved);
    }
  }
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(square);
  let sum = 0;
  let total = 0;
  realEigenvalues.forEach((real, i) => {
    sum += real;
    total += Math.hypot(real, imaginaryEigenvalues[i]);
  });
  return total > 0 ? sum / total : Number.NaN;
}
