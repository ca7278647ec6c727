import type { GroupComparison, GroupRequest } from '../../lib/statistics/compare-groups.ts';
import type { HeadOrder } from './domain-options.ts';
import type { DomainSetResults } from './domain-results.ts';
import { getTextMeans, getTextRows, meanOf } from './set-values.ts';

/** Adjusted p below this is called significant. */
export const SIGNIFICANCE = 0.05;

/** Draws are seeded: the same texts give the same numbers. */
export const COMPARISON_SEED = 1;

/**
 * Set A against set B in every head, one value a text: columns are [layer, head], and differences A - B.
 */
export function toGroupRequest(
  a: DomainSetResults,
  b: DomainSetResults,
  measureId: string,
): GroupRequest {
  const { layerCount = 0, headCount = 0 } = a.profiles[0] ?? b.profiles[0] ?? {};
  return {
    a: getTextRows(a, measureId),
    b: getTextRows(b, measureId),
    columns: layerCount * headCount,
    seed: COMPARISON_SEED,
  };
}

/** The texts' means over heads, one column: whether the model as a whole differs. */
export function toMeanRequest(
  a: DomainSetResults,
  b: DomainSetResults,
  measureId: string,
): GroupRequest {
  return {
    a: getTextMeans(a, measureId),
    b: getTextMeans(b, measureId),
    columns: 1,
    seed: COMPARISON_SEED,
  };
}

/** Whether a column differs after the correction. */
export function isSignificant({ adjustedP }: Pick<GroupComparison, 'adjustedP'>, column: number) {
  return adjustedP[column] < SIGNIFICANCE;
}

/**
 * Columns by falling size of the effect, undefined ones last. Cliff's delta is 1 for every head whose texts
 * are parted wholly: among equals the one with the larger Hedges' g comes first, then the earlier head.
 */
export function rankHeads(
  comparison: Pick<GroupComparison, 'cliffsDelta' | 'hedgesG' | 'difference' | 'adjustedP'>,
  order: HeadOrder = 'delta',
): readonly number[] {
  const { cliffsDelta, hedgesG, difference, adjustedP } = comparison;
  const sizes = (values: Float64Array): Float64Array =>
    values.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : Math.abs(value)));
  const first = {
    delta: sizes(cliffsDelta),
    g: sizes(hedgesG),
    difference: sizes(difference),
    p: adjustedP.map((p) => (Number.isNaN(p) ? Number.NEGATIVE_INFINITY : -p)),
  }[order];
  const [second, third] = [sizes(cliffsDelta), sizes(hedgesG)];
  const compare = (a: number, b: number): number => (a === b ? 0 : b > a ? 1 : -1);
  return Array.from(difference.keys()).sort(
    (a, b) =>
      compare(first[a], first[b]) ||
      compare(second[a], second[b]) ||
      compare(third[a], third[b]) ||
      a - b,
  );
}

/** How many columns differ, and which way. */
export interface SignificantCounts {
  readonly up: number;
  readonly down: number;
  /** Columns that could be tested. */
  readonly tested: number;
}

export function countSignificant(
  comparison: Pick<GroupComparison, 'adjustedP' | 'difference'>,
  columns: Iterable<number> = comparison.adjustedP.keys(),
): SignificantCounts {
  let [up, down, tested] = [0, 0, 0];
  for (const column of columns) {
    if (!Number.isNaN(comparison.adjustedP[column])) tested++;
    if (!isSignificant(comparison, column)) continue;
    if (comparison.difference[column] > 0) up++;
    else down++;
  }
  return { up, down, tested };
}

/** Layers in three near-equal parts, [first, end) each; fewer where there are fewer layers. */
export function getThirds(layerCount: number): readonly (readonly [number, number])[] {
  const parts = Math.min(3, layerCount);
  const edge = (part: number): number => Math.round((part * layerCount) / parts);
  return Array.from({ length: parts }, (_, part) => [edge(part), edge(part + 1)] as const);
}

/**
 * The text in which a head is most typical of its set: whose value lies nearest to the mean of the set's
 * texts, the first of equals. Null when no text has a value.
 */
export function findTypicalText(
  set: DomainSetResults,
  measureId: string,
  column: number,
): number | null {
  const values = set.profiles.map(({ measures }) => {
    const pooled = measures[measureId];
    const weight = pooled?.weights[column] ?? 0;
    return weight > 0 ? (pooled?.sums[column] ?? Number.NaN) / weight : Number.NaN;
  });
  return findNearestToMean(values);
}

/** The text that is most typical of its set over all heads; null when none has a value. */
export function findTypicalOfAll(set: DomainSetResults, measureId: string): number | null {
  return findNearestToMean(getTextMeans(set, measureId));
}

function findNearestToMean(values: ArrayLike<number>): number | null {
  const mean = meanOf(values);
  let nearest: number | null = null;
  for (let text = 0; text < values.length; text++) {
    if (!Number.isFinite(values[text])) continue;
    if (nearest === null || Math.abs(values[text] - mean) < Math.abs(values[nearest] - mean))
      nearest = text;
  }
  return nearest;
}
