import { type CellPattern, createPattern } from '../../tensor/cell-pattern.ts';
import { type PatternMeasure, poolPerQuery } from './pattern-measure.ts';

/** Tokens at the beginning that StreamingLLM keeps. */
const SINKS = 4;
/** Last tokens that a streaming head may look at; ours. */
const RECENT = 16;
/** From this mass on a head counts as streaming; ours. */
export const STREAMING_MASS = 0.9;

/** Each query's cells on the first `sinks` and the last `recent` tokens, where it sees others as well. */
export function createStreamingPattern(size: number, sinks = SINKS, recent = RECENT): CellPattern {
  return createPattern(size, (query) =>
    query < sinks + recent
      ? []
      : [
          ...Array.from({ length: sinks }, (_, i) => i),
          ...Array.from({ length: recent }, (_, i) => query - i),
        ],
  );
}

export const streaming = {
  id: 'streaming',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i ≥ 20 of Σ a_ij over j < 4 and j > i − 16',
  source:
    'after Xiao et al. 2023 (StreamingLLM); 16 recent tokens and the threshold of 0.9 are ours; methods 5.5 [MEM]',
  certainty: 'ours',
  needs: 'pattern',
  build: ({ ids }) => createStreamingPattern(ids.length),
  pool: poolPerQuery,
} as const satisfies PatternMeasure;
