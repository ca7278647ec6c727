import { HeadlightError } from '../headlight-error.ts';
import { type SlicedWork, within } from '../sliced-work.ts';
import { bootstrapColumns, type Means } from './bootstrap.ts';
import { computeCliffsDelta, computeHedgesG } from './effect-size.ts';
import { adjustFalseDiscovery } from './false-discovery.ts';
import { getPermutationCount, testColumns } from './permutation-test.ts';

/** Two groups of texts, and one value for each text and column. */
export interface GroupRequest {
  /** [texts of A, columns]; NaN where a text has no value. */
  readonly a: Float64Array;
  /** [texts of B, columns] */
  readonly b: Float64Array;
  readonly columns: number;
  /** Seed of what is drawn: the same request gives the same numbers. */
  readonly seed: number;
  /** Bootstrap resamples; 2,000 when absent. */
  readonly resamples?: number | undefined;
  /** Random splits of the permutation test; as many as the columns need when absent. */
  readonly permutations?: number | undefined;
  /** The share of repetitions that intervals should hold; .95 when absent. */
  readonly level?: number | undefined;
}

/** What differs between two groups, for each column; all arrays are [columns], NaN where undefined. */
export interface GroupComparison {
  /** Texts that have a value. */
  readonly countA: Int32Array;
  readonly countB: Int32Array;
  readonly meanA: Float64Array;
  readonly lowA: Float64Array;
  readonly highA: Float64Array;
  readonly meanB: Float64Array;
  readonly lowB: Float64Array;
  readonly highB: Float64Array;
  /** The mean of A less that of B, and its interval. */
  readonly difference: Float64Array;
  readonly differenceLow: Float64Array;
  readonly differenceHigh: Float64Array;
  /** Positive when A is the larger one. */
  readonly cliffsDelta: Float64Array;
  readonly hedgesG: Float64Array;
  /** Two-sided permutation test of the difference of the means. */
  readonly p: Float64Array;
  /** Adjusted for all columns of this comparison (Benjamini-Hochberg). */
  readonly adjustedP: Float64Array;
  /** 1 where all splits were looked at, 0 where random ones were. */
  readonly isExact: Uint8Array;
  /** What was drawn. */
  readonly resamples: number;
  readonly permutations: number;
  readonly level: number;
}

/**
 * Compares two groups of texts in many columns: means, the interval of their difference
 * (`bootstrapColumns`), effect sizes, and a permutation test (`testColumns`) with its p adjusted for the
 * number of columns. The text is the unit: whole texts are drawn and exchanged, the same for all columns.
 * Values that are not finite are undefined; a column is compared by the texts that have a value in it.
 */
export function* compareGroups(request: GroupRequest): SlicedWork<GroupComparison> {
  const { a, b, columns, seed, resamples = 2000, level = 0.95 } = request;
  const { permutations = getPermutationCount(columns) } = request;
  checkRequest(a, b, { columns, resamples, permutations, level });
  const found = createComparison(columns, { resamples, permutations, level });
  let doneColumns = 0;
  for (const part of partitionColumns(a, b, columns)) {
    const [from, to] = [doneColumns / columns, (doneColumns + part.length) / columns];
    const middle = from + (to - from) / 3;
    const [partA, partB] = [pickDefined(a, columns, part), pickDefined(b, columns, part)];
    const width = part.length;
    const options = { resamples, level, seed };
    const means = yield* within(bootstrapColumns(partA, partB, width, options), from, middle);
    const test = testColumns(partA, partB, width, { permutations, seed });
    const { p, isExact } = yield* within(test, middle, to);
    part.forEach((column, place) => {
      found.countA[column] = partA.length / width;
      found.countB[column] = partB.length / width;
      setMeans([found.meanA, found.lowA, found.highA], column, means.a, place);
      setMeans([found.meanB, found.lowB, found.highB], column, means.b, place);
      const { difference, differenceLow, differenceHigh } = found;
      setMeans([difference, differenceLow, differenceHigh], column, means.difference, place);
      const [valuesA, valuesB] = [pickColumn(a, columns, column), pickColumn(b, columns, column)];
      found.cliffsDelta[column] = computeCliffsDelta(valuesA, valuesB);
      found.hedgesG[column] = computeHedgesG(valuesA, valuesB);
      found.p[column] = p[place];
      found.isExact[column] = isExact ? 1 : 0;
    });
    doneColumns += part.length;
    yield to;
  }
  return { ...found, adjustedP: adjustFalseDiscovery(found.p) };
}

function checkRequest(
  a: Float64Array,
  b: Float64Array,
  numbers: {
    readonly columns: number;
    readonly resamples: number;
    readonly permutations: number;
    readonly level: number;
  },
): void {
  const { columns, resamples, permutations, level } = numbers;
  const areCounts = [columns, resamples, permutations].every(
    (count) => Number.isInteger(count) && count >= 1,
  );
  const isTable = areCounts && a.length % columns === 0 && b.length % columns === 0;
  if (isTable && level > 0 && level < 1) return;
  const message = `Groups of ${a.length} and ${b.length} values cannot be compared in ${columns} columns with ${resamples} resamples and ${permutations} permutations at the level ${level}.`;
  throw new HeadlightError('argument-invalid', message, {
    valuesA: a.length,
    valuesB: b.length,
    ...numbers,
  });
}

function createComparison(
  columns: number,
  drawn: Pick<GroupComparison, 'resamples' | 'permutations' | 'level'>,
): GroupComparison {
  const create = (): Float64Array => new Float64Array(columns).fill(Number.NaN);
  return {
    countA: new Int32Array(columns),
    countB: new Int32Array(columns),
    meanA: create(),
    lowA: create(),
    highA: create(),
    meanB: create(),
    lowB: create(),
    highB: create(),
    difference: create(),
    differenceLow: create(),
    differenceHigh: create(),
    cliffsDelta: create(),
    hedgesG: create(),
    p: create(),
    adjustedP: create(),
    isExact: new Uint8Array(columns),
    ...drawn,
  };
}

/** Columns that are defined in the same texts stand together: they can be drawn and exchanged at once. */
function partitionColumns(a: Float64Array, b: Float64Array, columns: number): number[][] {
  const parts = new Map<string, number[]>();
  for (let column = 0; column < columns; column++) {
    let pattern = '';
    for (const values of [a, b]) {
      for (let at = column; at < values.length; at += columns)
        if (!Number.isFinite(values[at])) pattern += `${(at - column) / columns},`;
      pattern += ';';
    }
    const part = parts.get(pattern);
    if (part === undefined) parts.set(pattern, [column]);
    else part.push(column);
  }
  return [...parts.values()];
}

/** The texts in which `part` is defined, with its columns alone: [texts, part]. */
function pickDefined(values: Float64Array, columns: number, part: readonly number[]): Float64Array {
  const picked: number[] = [];
  for (let start = 0; start < values.length; start += columns) {
    if (!Number.isFinite(values[start + part[0]])) continue;
    for (const column of part) picked.push(values[start + column]);
  }
  return Float64Array.from(picked);
}

function pickColumn(values: Float64Array, columns: number, column: number): Float64Array {
  return Float64Array.from(
    { length: values.length / columns },
    (_, text) => values[text * columns + column],
  );
}

function setMeans(
  [mean, low, high]: readonly Float64Array[],
  column: number,
  means: Means,
  place: number,
): void {
  mean[column] = means.mean[place];
  low[column] = means.low[place];
  high[column] = means.high[place];
}
