import { type CellPattern, createPattern } from '../../tensor/cell-pattern.ts';
import { type PatternMeasure, poolPerQuery, type TokenSpan } from './pattern-measure.ts';

/** From every query after a span of tokens to the tokens of the span. */
export function createSpanPattern(size: number, { start, end }: TokenSpan): CellPattern {
  const keys = Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i);
  return createPattern(size, (query) => (query >= end ? keys : []));
}

export const needle = {
  id: 'needle',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over queries i after the needle of Σ a_ij over its tokens j',
  source: 'our companion of the retrieval score of Wu et al. 2024; methods 5.4 [RECON]',
  certainty: 'ours',
  needs: 'pattern',
  build: ({ ids, needle: span }) => (span === null ? null : createSpanPattern(ids.length, span)),
  pool: poolPerQuery,
} as const satisfies PatternMeasure;
