import { createPattern } from '../../tensor/cell-pattern.ts';
import { findCopies } from '../../text/token-copies.ts';
import { type PatternMeasure, poolPerQuery } from './pattern-measure.ts';

/**
 * Attention to the tokens that followed earlier copies, summed over all copies, from the second round of
 * a repeated random sequence on. The query itself never counts as a follower.
 */
export const prefixMatching = {
  id: 'prefix-matching',
  unit: 'share',
  range: [0, 1],
  formula:
    'mean over queries from the second round on of Σ a_i,j+1 over earlier copies j of token i',
  source: 'Olsson et al. 2022; methods 5.3 [MEM]',
  certainty: 'standard',
  needs: 'pattern',
  build: ({ ids, repeat }) => {
    if (repeat === null) return null;
    const { start, period } = repeat;
    const { duplicates } = findCopies(ids);
    return createPattern(ids.length, (query) =>
      query < start + period
        ? []
        : duplicates[query].filter((key) => key >= start && key + 1 < query).map((key) => key + 1),
    );
  },
  pool: poolPerQuery,
} as const satisfies PatternMeasure;
