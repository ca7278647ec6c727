import { type CellPattern, createPattern } from '../../tensor/cell-pattern.ts';
import { getUnits } from '../../text/get-units.ts';
import type { TokenizedText } from '../../text/token.ts';
import type { MeasureDescription } from '../measure.ts';
import { type PatternMeasure, poolPerQuery } from './pattern-measure.ts';

/**
 * Each query's cells on the rarest token of its sentence so far, all copies of it; queries that see one
 * token of their sentence only have none. The first key of the text and control tokens take no part.
 * `rarity` is larger for rarer tokens; without it the id stands for it, as vocabularies of byte-pair
 * encoding are numbered as they were merged, the most frequent first.
 */
export function createRarePattern(
  tokens: TokenizedText,
  rarity: (id: number) => number = (id) => id,
): CellPattern {
  const { ids, special } = tokens;
  const sentenceStart = new Int32Array(ids.length);
  for (const { start, end } of getUnits(tokens, 'sentence')) sentenceStart.fill(start, start, end);
  return createPattern(ids.length, (query) => {
    const seen = [];
    for (let key = Math.max(1, sentenceStart[query]); key <= query; key++)
      if (!special[key]) seen.push(key);
    if (seen.length < 2) return [];
    const rarest = seen.reduce((most, key) => Math.max(most, rarity(ids[key])), -Infinity);
    return seen.filter((key) => rarity(ids[key]) === rarest);
  });
}

export const rareTokens = {
  id: 'rare-tokens',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over queries i of Σ a_ij over the rarest token of the sentence so far',
  source:
    'after the rare-words head of Voita et al. 2019; how rare a token is, is its place in the vocabulary; methods 5.14 [RECON]',
  certainty: 'ours',
  needs: 'pattern',
  build: ({ tokens }) => (tokens === null ? null : createRarePattern(tokens)),
  pool: poolPerQuery,
} as const satisfies PatternMeasure;

/** The same told by each query's strongest key: `poolStrongest` over `createRarePattern`. */
export const rareWords = {
  id: 'rare-words',
  unit: 'share',
  range: [0, 1],
  formula: 'share of queries i whose argmax_j a_ij is the rarest token of the sentence so far',
  source:
    'Voita et al. 2019; how rare a token is, is its place in the vocabulary (ours); methods 5.14 [MEM]',
  certainty: 'ours',
  needs: 'summary',
} as const satisfies MeasureDescription;
