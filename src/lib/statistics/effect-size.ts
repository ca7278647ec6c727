import { bisectLeft, bisectRight, mean, variance } from 'd3';

/**
 * Cliff's delta of A against B: how much more often a value of A is the larger one of a pair than the
 * smaller one, (#{a > b} - #{a < b}) / (countA countB) (Cliff 1993). -1 to 1; 0 when neither is larger on
 * the whole; independent of any monotone change of scale. Values that are not finite are left out; NaN
 * when a group has none. [1, 2] against [0, 2] -> (2 - 1) / 4 = .25
 */
export function computeCliffsDelta(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [ofA, sortedB] = [getDefined(a), getDefined(b).sort()];
  if (ofA.length === 0 || sortedB.length === 0) return Number.NaN;
  let balance = 0;
  for (const value of ofA) {
    balance += bisectLeft(sortedB, value) - (sortedB.length - bisectRight(sortedB, value));
  }
  return balance / (ofA.length * sortedB.length);
}

/**
 * Hedges' g: the difference of the means A - B in pooled standard deviations (n - 1), with the usual
 * correction for small samples 1 - 3 / (4 (countA + countB) - 9) (Hedges 1981). Values that are not
 * finite are left out. NaN when a group has fewer than two, or when no value differs from its group's mean.
 * [0, 2] against [3, 5]: -3 / sqrt(2) (1 - 3/7) = -1.212
 */
export function computeHedgesG(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [ofA, ofB] = [getDefined(a), getDefined(b)];
  if (ofA.length < 2 || ofB.length < 2) return Number.NaN;
  const count = ofA.length + ofB.length;
  const squares = (ofA.length - 1) * variance(ofA)! + (ofB.length - 1) * variance(ofB)!;
  const difference = mean(ofA)! - mean(ofB)!;
  if (squares === 0) return Number.NaN;
  return (difference / Math.sqrt(squares / (count - 2))) * (1 - 3 / (4 * count - 9));
}

/** The finite values, in a new array. */
export function getDefined(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).filter(Number.isFinite);
}
