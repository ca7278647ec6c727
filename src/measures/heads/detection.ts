import type { LayerSummary } from '../../tensor/layer-summary.ts';
import { type HeadMeasure, type Pooled, toPooled, UNDEFINED } from '../measure.ts';
import type { MeasuredText } from '../measured-text.ts';
import { rowsOf, sumFrom } from './row-sums.ts';

export type DetectedPattern = 'previous' | 'duplicate' | 'induction';

/** How a head is held against a pattern; cells may be taken out of both first. */
export interface DetectionOptions {
  /** `mul`: the share of attention in the pattern. `abs`: 1 less the difference, a query. */
  readonly error: 'mul' | 'abs';
  /** The column of the first key. */
  readonly excludesFirst?: boolean;
  /** The diagonal. */
  readonly excludesCurrent?: boolean;
}

/** Attention in a pattern's cells and how many they are. */
interface PatternSum {
  readonly weight: number;
  readonly cells: number;
}

/** Numbers of the queries that a mark stands at, added. */
function sumMarked(values: Float32Array, marks: Uint8Array): number {
  let sum = 0;
  for (let query = 0; query < values.length; query++) if (marks[query]) sum += values[query];
  return sum;
}

const countMarks = (marks: Uint8Array): number => marks.reduce((sum, mark) => sum + mark, 0);

/**
 * The pattern's part of attention, from sums of rows. The first key is in the previous-token pattern
 * once (query 1) and in the duplicate pattern where a token copies the first; the diagonal is in the
 * induction pattern where a token is said twice.
 */
function sumPattern(
  summary: LayerSummary,
  head: number,
  text: MeasuredText,
  pattern: DetectedPattern,
  excludesFirst: boolean,
  excludesCurrent: boolean,
): PatternSum {
  if (pattern === 'previous') {
    const start = excludesFirst ? 2 : 1;
    return {
      weight: sumFrom(rowsOf(summary, 'previousWeight', head), start),
      cells: Math.max(0, summary.queryCount - start),
    };
  }
  if (pattern === 'duplicate') {
    const weight = sumFrom(rowsOf(summary, 'duplicateWeight', head), 0);
    if (!excludesFirst) return { weight, cells: text.copyCells };
    const copies = countMarks(text.copiesFirst);
    const onFirst = copies - sumMarked(rowsOf(summary, 'tailMass', head), text.copiesFirst);
    return { weight: weight - onFirst, cells: text.copyCells - copies };
  }
  const weight = sumFrom(rowsOf(summary, 'inductionWeight', head), 0);
  if (!excludesCurrent) return { weight, cells: text.copyCells };
  const onCurrent = sumMarked(rowsOf(summary, 'currentWeight', head), text.repeatsPrevious);
  return {
    weight: weight - onCurrent,
    cells: text.copyCells - countMarks(text.repeatsPrevious),
  };
}

/** All attention but what is excluded. */
function sumAll(
  summary: LayerSummary,
  head: number,
  excludesFirst: boolean,
  excludesCurrent: boolean,
): number {
  // The first query's only weight stands in the first column and on the diagonal.
  const all = excludesFirst ? sumFrom(rowsOf(summary, 'tailMass', head), 1) : summary.queryCount;
  if (!excludesCurrent) return all;
  return all - sumFrom(rowsOf(summary, 'currentWeight', head), excludesFirst ? 1 : 0);
}

/**
 * The score of one text. As weights lie between 0 and 1, Σ|A − P| = Σ A + |P| − 2 Σ_P A. Each text counts
 * once when texts are pooled, as in the source: its mean of the texts' scores.
 */
function poolDetection(
  summary: LayerSummary,
  head: number,
  text: MeasuredText,
  pattern: DetectedPattern,
  { error, excludesFirst = false, excludesCurrent = false }: DetectionOptions,
): Pooled {
  if (summary.queryCount === 0) return UNDEFINED;
  const { weight, cells } = sumPattern(
    summary,
    head,
    text,
    pattern,
    excludesFirst,
    excludesCurrent,
  );
  const all = sumAll(summary, head, excludesFirst, excludesCurrent);
  if (error === 'mul') return all > 0 ? toPooled(Math.max(0, weight) / all, 1) : UNDEFINED;
  return toPooled(1 - (all + cells - 2 * weight) / summary.queryCount, 1);
}

const PATTERNS: Readonly<Record<DetectedPattern, string>> = {
  previous: 'P_i,i−1 = 1',
  duplicate: 'P_ij = 1 where j < i and token j is token i',
  induction: 'P_ij = 1 where 1 ≤ j ≤ i and token j − 1 is token i, before it',
};

/** A head's agreement with one of TransformerLens's detection patterns, not rounded to 3 digits. */
export function createDetection<const Id extends string>(
  id: Id,
  pattern: DetectedPattern,
  options: DetectionOptions,
): HeadMeasure & { readonly id: Id } {
  const formula = options.error === 'mul' ? 'Σ A P / Σ A' : '1 − Σ |A − P| / n';
  const without = [
    options.excludesFirst ? 'without the first key' : null,
    options.excludesCurrent ? 'without the diagonal' : null,
  ].filter((part) => part !== null);
  return {
    id,
    unit: options.error === 'mul' ? 'share' : 'score',
    range: [options.error === 'mul' ? 0 : null, 1],
    formula: [`${formula}, ${PATTERNS[pattern]}`, ...without].join(', '),
    source: 'TransformerLens detect_head; methods 5.1 [CODE]',
    certainty: 'standard',
    needs: 'summary',
    pool: (summary, head, text) => poolDetection(summary, head, text, pattern, options),
  };
}

export const detectPrevious = createDetection('detect-previous', 'previous', { error: 'mul' });
export const detectDuplicate = createDetection('detect-duplicate', 'duplicate', { error: 'mul' });
export const detectInduction = createDetection('detect-induction', 'induction', { error: 'mul' });
export const detectPreviousAbs = createDetection('detect-previous-abs', 'previous', {
  error: 'abs',
});
export const detectDuplicateAbs = createDetection('detect-duplicate-abs', 'duplicate', {
  error: 'abs',
});
export const detectInductionAbs = createDetection('detect-induction-abs', 'induction', {
  error: 'abs',
});
