/** How far two arrays may differ: `abs(a - b) <= atol + rtol * abs(b)`. */
export interface Tolerance {
  readonly atol: number;
  readonly rtol?: number;
}

/**
 * Compares numbers with a reference and returns what is wrong, or null. NaN equals nothing unless both
 * are NaN and `nanMeansUndefined` is set; lengths must agree.
 */
export function findDifference(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { atol, rtol = 0 }: Tolerance,
  nanMeansUndefined = false,
): string | null {
  if (actual.length !== expected.length) {
    return `length ${actual.length} where ${expected.length} was expected`;
  }
  for (let i = 0; i < expected.length; i++) {
    const a = actual[i];
    const b = expected[i];
    if (nanMeansUndefined && Number.isNaN(a) && Number.isNaN(b)) continue;
    if (!(Math.abs(a - b) <= atol + rtol * Math.abs(b))) {
      return `element ${i} is ${a} where ${b} was expected (difference ${Math.abs(a - b)})`;
    }
  }
  return null;
}

/** The largest magnitude in an array, for tolerances that are relative to it. */
export function largestMagnitude(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  return largest;
}
