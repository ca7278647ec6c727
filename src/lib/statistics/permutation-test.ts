import { createRandom } from '../random.ts';
import { finish, type SlicedWork } from '../sliced-work.ts';
import { getDefined } from './effect-size.ts';
import { countSplits, drawSplits, listSplits } from './splits.ts';

/** Up to this many splits of the values into two groups, all of them are looked at. */
export const EXACT_SPLITS = 20_000;

export interface PermutationOptions {
  /** Random splits when there are too many to look at all. */
  readonly permutations: number;
  readonly seed: number;
}

export interface PermutationTest {
  /** [columns] */
  readonly p: Float64Array;
  /** Whether all splits were looked at, rather than a random choice of them. */
  readonly isExact: boolean;
}

/** Additions between two slices: well under a millisecond. */
const SLICE = 200_000;

/**
 * Two-sided permutation test of the difference of two means, for many columns at once: a [countA, columns]
 * against b [countB, columns], all finite. The rows are the units that are exchanged, and each split is
 * used for all columns, so columns may depend on each other in any way.
 *
 * p is the share of splits into groups of the same sizes whose difference is at least as far from 0 as the
 * one seen: exact when there are at most `EXACT_SPLITS` splits; else of `permutations` random ones, counted
 * with the one seen, (b + 1) / (m + 1), so that it is never 0 and never too small (Phipson & Smyth 2010).
 * Equal up to rounding counts as equal. NaN when a group is empty.
 */
export function* testColumns(
  a: Float64Array,
  b: Float64Array,
  columns: number,
  { permutations, seed }: PermutationOptions,
): SlicedWork<PermutationTest> {
  const [countA, countB] = [a.length / columns, b.length / columns];
  const count = countA + countB;
  const splitCount = countSplits(count, countA);
  const isExact = splitCount <= EXACT_SPLITS;
  const p = new Float64Array(columns).fill(Number.NaN);
  if (countA === 0 || countB === 0) return { p, isExact };

  // With centred values, the difference of the means is a fixed multiple of the smaller group's sum.
  const [smaller, larger] = countA <= countB ? [a, b] : [b, a];
  const size = Math.min(countA, countB);
  const values = new Float64Array(count * columns);
  values.set(smaller);
  values.set(larger, smaller.length);
  const limits = centre(values, columns, size);

  const asExtreme = new Float64Array(columns);
  const sums = new Float64Array(columns);
  const splits = isExact
    ? listSplits(count, size)
    : drawSplits(count, size, permutations, createRandom(seed));
  const expected = isExact ? splitCount : permutations;
  const splitsInSlice = Math.max(1, Math.floor(SLICE / ((size + 1) * columns)));
  let done = 0;
  for (const rows of splits) {
    sums.fill(0);
    for (let i = 0; i < size; i++) {
      const start = rows[i] * columns;
      for (let column = 0; column < columns; column++) sums[column] += values[start + column];
    }
    for (let column = 0; column < columns; column++)
      if (Math.abs(sums[column]) >= limits[column]) asExtreme[column]++;
    if (++done % splitsInSlice === 0) yield done / expected;
  }
  for (let column = 0; column < columns; column++)
    p[column] = isExact ? asExtreme[column] / done : (asExtreme[column] + 1) / (done + 1);
  return { p, isExact };
}

/** The test for two lists of values; those that are not finite are left out. */
export function testDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: PermutationOptions,
): { readonly p: number; readonly isExact: boolean } {
  const { p, isExact } = finish(testColumns(getDefined(a), getDefined(b), 1, options));
  return { p: p[0], isExact };
}

/** The smallest p that the test can give for groups of these sizes; NaN when one is empty. */
export function getSmallestP(countA: number, countB: number, permutations: number): number {
  if (countA === 0 || countB === 0) return Number.NaN;
  const splits = countSplits(countA + countB, countA);
  if (splits > EXACT_SPLITS) return 1 / (permutations + 1);
  // Groups of one size can change places, which turns the difference's sign alone.
  return (countA === countB ? 2 : 1) / splits;
}

/**
 * So many permutations that a single column that differs from all chance can be found among `columns` at
 * a false discovery `rate`: the smallest p, 1 / (m + 1), must lie below rate / columns, here by half.
 */
export function getPermutationCount(columns: number, rate = 0.05): number {
  return Math.max(10_000, Math.ceil((2 * columns) / rate));
}

/**
 * Takes each column's mean from its values [rows, columns], and gives for each the smallest sum of `size`
 * rows, in magnitude, that is as extreme as the one of the first rows.
 */
function centre(values: Float64Array, columns: number, size: number): Float64Array {
  const rows = values.length / columns;
  const limits = new Float64Array(columns);
  for (let column = 0; column < columns; column++) {
    const first = values[column];
    let sum = 0;
    let magnitude = 0;
    for (let at = column; at < values.length; at += columns) {
      sum += values[at] - first;
      magnitude += Math.abs(values[at]);
    }
    const mean = first + sum / rows;
    let seen = 0;
    let spread = 0;
    for (let row = 0; row < rows; row++) {
      const at = row * columns + column;
      values[at] -= mean;
      spread += Math.abs(values[at]);
      if (row < size) seen += values[at];
    }
    limits[column] = Math.abs(seen) - (1e-10 * spread + 4 * Number.EPSILON * magnitude);
  }
  return limits;
}
