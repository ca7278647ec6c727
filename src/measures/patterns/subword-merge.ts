import { type CellPattern, createPattern } from '../../tensor/cell-pattern.ts';
import { getUnits } from '../../text/get-units.ts';
import type { TokenizedText } from '../../text/token.ts';
import { type PatternMeasure, poolPerQuery } from './pattern-measure.ts';

/**
 * From each piece that does not begin its word to the earlier pieces of the word. A word is what
 * `getUnits` cuts and has a letter or digit; control tokens and white space belong to none. "un|happi|ness" has 1 -> 0,
 * 2 -> 0 and 2 -> 1.
 */
export function createSubwordPattern(tokens: TokenizedText): CellPattern {
  const starts = new Int32Array(tokens.ids.length).fill(-1);
  for (const { start, end, text } of getUnits(tokens, 'word')) {
    if (!/[\p{L}\p{N}]/u.test(text)) continue;
    let first = start;
    for (let i = start; i < end; i++) {
      const isSpace = tokens.text.slice(tokens.starts[i], tokens.ends[i]).trim() === '';
      if (tokens.special[i] || isSpace) first = i + 1;
      else starts[i] = first;
    }
  }
  return createPattern(tokens.ids.length, (query) =>
    starts[query] < 0
      ? []
      : Array.from({ length: query - starts[query] }, (_, i) => starts[query] + i),
  );
}

export const subwordMerge = {
  id: 'subword-merge',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over pieces i that do not begin their word, of Σ a_ij over its earlier pieces j',
  source: 'our test of the subword merge head of Zheng et al. 2024; methods 4.2 [RECON]',
  certainty: 'ours',
  needs: 'pattern',
  build: ({ tokens }) => (tokens === null ? null : createSubwordPattern(tokens)),
  pool: poolPerQuery,
} as const satisfies PatternMeasure;
