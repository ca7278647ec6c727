import { getValue, type HeadMeasure } from '../../../measures/measure.ts';
import { getMeasuredText } from '../../../measures/measured-text.ts';
import {
  type PatternMeasure,
  type ProbeText,
  sumPattern,
} from '../../../measures/patterns/pattern-measure.ts';
import type { CausalSlice } from '../../../tensor/causal-slice.ts';
import { type CellPattern, createPattern } from '../../../tensor/cell-pattern.ts';
import { summariseSlices } from '../../../tensor/summarise-slices.ts';
import type { TokenizedText } from '../../../text/token.ts';
import type { WorkedTable } from '../measure-doc.ts';

/** A tiny text with one head's weights, from which examples are worked. */
export interface ExampleAttention {
  readonly words: readonly string[];
  /** [query][key], as many keys as the query may look at. */
  readonly weights: readonly (readonly number[])[];
}

/** Spread over more and more keys: what spread and distance are worked on. */
export const WIDENING: ExampleAttention = {
  words: ['The', 'cat', 'sat', 'down'],
  weights: [[1], [0.5, 0.5], [0.5, 0.25, 0.25], [0.4, 0.3, 0.2, 0.1]],
};

/** A text that says two words again: what copies are worked on. */
export const REPEATING: ExampleAttention = {
  words: ['old', 'Tom', 'met', 'old', 'Tom'],
  weights: [[1], [0.9, 0.1], [0.6, 0.3, 0.1], [0.3, 0.5, 0.1, 0.1], [0.2, 0.1, 0.6, 0.05, 0.05]],
};

export function toSlice(weights: readonly (readonly number[])[]): CausalSlice {
  return { size: weights.length, packed: Float32Array.from(weights.flat()) };
}

/** Equal words get equal ids. */
export function toIds(words: readonly string[]): Int32Array {
  return Int32Array.from(words, (word) => words.indexOf(word));
}

/** What a head measure of the program gives for an example. */
export function measureExample(measure: HeadMeasure, { words, weights }: ExampleAttention): number {
  const ids = toIds(words);
  return getValue(measure.pool(summariseSlices([toSlice(weights)], ids), 0, getMeasuredText(ids)));
}

export function toAttentionTable(
  { words, weights }: ExampleAttention,
  isMarked?: WorkedTable['isMarked'],
): WorkedTable {
  const names = words.map((word, i) => `${i} ${word}`);
  return {
    rows: names,
    columns: names,
    values: weights,
    kind: 'attention',
    ...(isMarked ? { isMarked } : {}),
  };
}

/** A text cut into these pieces, one token each; white space belongs to the piece. */
export function toTokens(pieces: readonly string[]): TokenizedText {
  let at = 0;
  const ends = Int32Array.from(pieces, (piece) => {
    at += piece.length;
    return at;
  });
  return {
    text: pieces.join(''),
    ids: toIds(pieces),
    pieces,
    starts: Int32Array.from(pieces, (piece, i) => ends[i] - piece.length),
    ends,
    special: pieces.map(() => false),
  };
}

/** Whether a cell belongs to a pattern: what is marked in a table. */
export function isInPattern({
  starts,
  keys,
}: CellPattern): (row: number, column: number) => boolean {
  return (row, column) => keys.subarray(starts[row], starts[row + 1]).includes(column);
}

/** A pattern's weights, query by query; queries without cells are left out. */
export function weightsIn(
  { size, starts, keys }: CellPattern,
  weights: readonly (readonly number[])[],
): readonly { readonly query: number; readonly weights: readonly number[] }[] {
  return Array.from({ length: size }, (_, query) => ({
    query,
    weights: Array.from(
      keys.subarray(starts[query], starts[query + 1]),
      (key) => weights[query][key],
    ),
  })).filter((row) => row.weights.length > 0);
}

/** What a pattern measure of the program gives for an example. */
export function measurePattern(
  measure: PatternMeasure,
  probe: ProbeText,
  weights: readonly (readonly number[])[],
): { readonly pattern: CellPattern; readonly value: number } {
  const pattern = measure.build(probe);
  if (pattern === null)
    return { pattern: createPattern(weights.length, () => []), value: Number.NaN };
  return { pattern, value: getValue(measure.pool(sumPattern(toSlice(weights), pattern), pattern)) };
}
