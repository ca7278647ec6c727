import { quantileSorted } from 'd3';
import { createRandom } from '../random.ts';
import { finish, type SlicedWork } from '../sliced-work.ts';
import { getDefined } from './effect-size.ts';

export interface BootstrapOptions {
  /** How often the texts are drawn anew. 2,000 give bounds that hold two digits. */
  readonly resamples: number;
  readonly seed: number;
  /** The share of repetitions that the interval should hold, for example .95. */
  readonly level: number;
}

/** A mean and its interval; for groups, [columns] each. */
export interface Means {
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** The means of two groups and of what is between them, A - B. */
export interface BootstrappedMeans {
  readonly a: Means;
  readonly b: Means;
  readonly difference: Means;
}

/** Columns whose resampled means are held at the same time. */
const BLOCK = 32;

/**
 * Means of two groups, a [countA, columns] and b [countB, columns], all finite, and of their difference,
 * each with a percentile bootstrap interval (Efron 1979): the rows of each group are drawn with
 * replacement, as many as there are, `resamples` times, for all columns alike; the interval lies between
 * the quantiles (1 - level) / 2 and (1 + level) / 2 of the means (linear between two values). It is a
 * little too narrow for few rows. One row says nothing about spread: its interval is NaN. The mean of no
 * rows is NaN.
 */
export function* bootstrapColumns(
  a: Float64Array,
  b: Float64Array,
  columns: number,
  { resamples, seed, level }: BootstrapOptions,
): SlicedWork<BootstrappedMeans> {
  const random = createRandom(seed);
  const [groupA, groupB] = [a, b].map((values) => ({
    values,
    draws: drawRows(values.length / columns, resamples, random),
    means: computeMeans(values, columns),
    resampled: new Float64Array(BLOCK * resamples),
  }));
  const difference = createMeans(columns);
  for (let column = 0; column < columns; column++)
    difference.mean[column] = groupA.means.mean[column] - groupB.means.mean[column];

  const between = new Float64Array(resamples);
  const hasTwo = (values: Float64Array): boolean => values.length >= 2 * columns;
  for (let first = 0; first < columns; first += BLOCK) {
    const last = Math.min(columns, first + BLOCK);
    for (const group of [groupA, groupB])
      if (hasTwo(group.values)) {
        resampleMeans(group.values, columns, first, last, group.draws, group.resampled);
        yield first / columns;
      }
    for (let column = first; column < last; column++) {
      const place = (column - first) * resamples;
      const [ofA, ofB] = [groupA, groupB].map(({ resampled }) =>
        resampled.subarray(place, place + resamples),
      );
      if (hasTwo(a) && hasTwo(b)) {
        for (let draw = 0; draw < resamples; draw++) between[draw] = ofA[draw] - ofB[draw];
        setInterval(difference, column, between, level);
      }
      if (hasTwo(a)) setInterval(groupA.means, column, ofA, level);
      if (hasTwo(b)) setInterval(groupB.means, column, ofB, level);
    }
    yield last / columns;
  }
  return { a: groupA.means, b: groupB.means, difference };
}

/** The mean of values and its interval. Values that are not finite are left out; `count` are there. */
export function bootstrapMean(
  values: ArrayLike<number>,
  options: BootstrapOptions,
): {
  readonly count: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
} {
  const defined = getDefined(values);
  const { a } = finish(bootstrapColumns(defined, new Float64Array(), 1, options));
  return { count: defined.length, mean: a.mean[0], low: a.low[0], high: a.high[0] };
}

/** [resamples, count] rows drawn with replacement. */
function drawRows(count: number, resamples: number, random: () => number): Int32Array {
  const draws = new Int32Array(resamples * count);
  for (let i = 0; i < draws.length; i++) draws[i] = Math.floor(random() * count);
  return draws;
}

function createMeans(columns: number): Means {
  const create = (): Float64Array => new Float64Array(columns).fill(Number.NaN);
  return { mean: create(), low: create(), high: create() };
}

/** Means about the first row's values, so that the mean of equal values is that value exactly. */
function computeMeans(values: Float64Array, columns: number): Means {
  const means = createMeans(columns);
  const rows = values.length / columns;
  for (let column = 0; column < columns && rows > 0; column++) {
    let sum = 0;
    for (let at = column; at < values.length; at += columns) sum += values[at] - values[column];
    means.mean[column] = values[column] + sum / rows;
  }
  return means;
}

/** Fills `means` [last - first, resamples] with the means of the rows that were drawn. */
function resampleMeans(
  values: Float64Array,
  columns: number,
  first: number,
  last: number,
  draws: Int32Array,
  means: Float64Array,
): void {
  const rows = values.length / columns;
  const resamples = draws.length / rows;
  const width = last - first;
  const sums = new Float64Array(width);
  const shifted = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < width; column++)
      shifted[row * width + column] =
        values[row * columns + first + column] - values[first + column];
  for (let draw = 0; draw < resamples; draw++) {
    sums.fill(0);
    for (let i = draw * rows; i < (draw + 1) * rows; i++) {
      const start = draws[i] * width;
      for (let column = 0; column < width; column++) sums[column] += shifted[start + column];
    }
    for (let column = 0; column < width; column++)
      means[column * resamples + draw] = values[first + column] + sums[column] / rows;
  }
}

/** Sorts the resampled means in their place. */
function setInterval(means: Means, column: number, resampled: Float64Array, level: number): void {
  // d3 indexes its argument alone; its types name arrays only.
  const sorted = resampled.sort() as unknown as number[];
  means.low[column] = quantileSorted(sorted, (1 - level) / 2)!;
  means.high[column] = quantileSorted(sorted, (1 + level) / 2)!;
}
