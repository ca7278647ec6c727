import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { SlicedWork } from '../sliced-work.ts';

export interface PrincipalComponents {
  /** [rows, count]: where each row lies along each component, from the mean. */
  readonly scores: Float64Array;
  /** [count]: the share of all variance along each; NaN when all rows are equal. */
  readonly shares: Float64Array;
}

/** A component with less than this share of the largest variance is rounding: its scores are 0. */
const ROUNDING = 1e-13;
/** Multiplications between two slices. */
const SLICE = 200_000;

/**
 * Principal components of values [rows, columns], all finite: the directions of largest variance, the
 * largest first. Exact: from all eigenvectors of the smaller one of the two matrices of products (of rows
 * or of columns), which is the one long slice, about two seconds for 640. A component's sign is free; here
 * the score that is farthest from 0 is positive. More components than there are have scores of 0.
 * (0, 0), (3, 4), (6, 8) -> scores 5, 0, -5 up to sign on the first, 0 on the second.
 */
export function* computePrincipalComponents(
  values: Float32Array | Float64Array,
  columns: number,
  count: number,
): SlicedWork<PrincipalComponents> {
  const rows = values.length / columns;
  const centred = centre(values, rows, columns);
  const isByRow = rows <= columns;
  const size = Math.min(rows, columns);
  // [size, length] with rows that are multiplied with each other.
  const factors = isByRow ? centred : transpose(centred, rows, columns);
  const products = new Matrix(size, size);
  const length = Math.max(rows, columns);
  let work = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const product = multiply(factors, i * length, j * length, length);
      products.set(i, j, product);
      products.set(j, i, product);
    }
    work += (i + 1) * length;
    if (work < SLICE) continue;
    work = 0;
    yield ((i + 1) / size) ** 2 / 2;
  }

  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(products, {
    assumeSymmetric: true,
  });
  const order = [...realEigenvalues.keys()].sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  const total = realEigenvalues.reduce((sum, value) => sum + Math.max(0, value), 0);
  const scores = new Float64Array(rows * count);
  const shares = new Float64Array(count).fill(total > 0 ? 0 : Number.NaN);
  for (let component = 0; component < Math.min(count, size); component++) {
    const variance = realEigenvalues[order[component]];
    if (!(variance > ROUNDING * realEigenvalues[order[0]])) break;
    const vector = Float64Array.from(eigenvectorMatrix.getColumn(order[component]));
    shares[component] = variance / total;
    const along = isByRow
      ? vector.map((value) => value * Math.sqrt(variance))
      : projectRows(centred, rows, columns, vector);
    const sign = getSign(along);
    for (let row = 0; row < rows; row++) scores[row * count + component] = sign * along[row];
    yield 0.9 + (0.1 * (component + 1)) / count;
  }
  return { scores, shares };
}

/** Taken about the first row, so that equal rows become 0 exactly. */
function centre(values: Float32Array | Float64Array, rows: number, columns: number): Float64Array {
  const centred = Float64Array.from(values, (value, i) => value - values[i % columns]);
  const means = new Float64Array(columns);
  centred.forEach((value, i) => {
    means[i % columns] += value / rows;
  });
  return centred.map((value, i) => value - means[i % columns]);
}

function transpose(values: Float64Array, rows: number, columns: number): Float64Array {
  const turned = new Float64Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = values[row * columns + column];
  return turned;
}

function multiply(values: Float64Array, one: number, other: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += values[one + i] * values[other + i];
  return sum;
}

function projectRows(
  values: Float64Array,
  rows: number,
  columns: number,
  vector: Float64Array,
): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let column = 0; column < columns; column++)
      sum += values[row * columns + column] * vector[column];
    return sum;
  });
}

function getSign(scores: Float64Array): number {
  let farthest = 0;
  for (const score of scores) if (Math.abs(score) > Math.abs(farthest)) farthest = score;
  return farthest < 0 ? -1 : 1;
}
