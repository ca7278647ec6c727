import { type CellPattern, createPattern } from '../../tensor/cell-pattern.ts';
import type { TokenizedText } from '../../text/token.ts';
import { type PatternMeasure, poolPerText } from './pattern-measure.ts';

/** Nothing but punctuation marks (Unicode category P) and white space: ", " but not "$" or "x,". */
export function isPunctuation(text: string): boolean {
  return /^\s*\p{P}+\s*$/u.test(text);
}

/** A line break, a tab, or the end of a sentence with the quotes and brackets that close it. */
export function isDelimiter(text: string): boolean {
  return /[\n\r\t]/.test(text) || /^\s*[\p{Sentence_Terminal}…]+["'”’»)\]]*\s*$/u.test(text);
}

/** The positions of the tokens whose text is of a class; control tokens are of none. */
export function findTokens(
  { text, starts, ends, special }: TokenizedText,
  isOfClass: (text: string) => boolean,
): readonly number[] {
  return Array.from(starts.keys()).filter(
    (i) => !special[i] && isOfClass(text.slice(starts[i], ends[i])),
  );
}

/** Every query's cells on some keys; the first key of the text is never among them. */
export function createKeyPattern(size: number, keys: readonly number[]): CellPattern {
  const rest = keys.filter((key) => key > 0);
  return createPattern(size, (query) => rest.filter((key) => key <= query));
}

export const punctuation = {
  id: 'punctuation',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over queries i of Σ a_ij over keys j ≥ 1 that are punctuation',
  source: 'after Clark et al. 2019, the first key left aside; methods 5.13 [CODE]',
  certainty: 'ours',
  needs: 'pattern',
  build: ({ tokens }) =>
    tokens === null ? null : createKeyPattern(tokens.ids.length, findTokens(tokens, isPunctuation)),
  pool: poolPerText,
} as const satisfies PatternMeasure;

export const delimiter = {
  id: 'delimiter',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over queries i of Σ a_ij over keys j ≥ 1 that end a line, a cell or a sentence',
  source: 'after Clark et al. 2019, separators; which tokens count is ours; methods 5.13 [CODE]',
  certainty: 'ours',
  needs: 'pattern',
  build: ({ tokens }) =>
    tokens === null ? null : createKeyPattern(tokens.ids.length, findTokens(tokens, isDelimiter)),
  pool: poolPerText,
} as const satisfies PatternMeasure;
