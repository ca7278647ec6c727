import { createFirstKeyPattern } from './first-key.ts';
import { createOffsetPattern } from './offset.ts';
import { type PatternMeasure, type ProbeText, poolPerQuery } from './pattern-measure.ts';

const SOURCE =
  'TransformerLens main demo, repeated random tokens; a begin token is left out; methods 5.2 [CODE]';

/** Cells `back` tokens before their query, told from the repeated sequence. */
function offset(back: (period: number) => number) {
  return ({ ids, repeat }: ProbeText) =>
    repeat === null ? null : createOffsetPattern(ids.length, back(repeat.period), repeat.start);
}

/** The diagonal of what followed the earlier copy, with the last query of the first round (which has no copy yet). */
export const repeatInduction = {
  id: 'repeat-induction',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i ≥ m − 1 of a_i,i−(m−1), the sequence r_1 … r_m said twice',
  source: SOURCE,
  certainty: 'standard',
  needs: 'pattern',
  build: offset((period) => period - 1),
  pool: poolPerQuery,
} as const satisfies PatternMeasure;

export const repeatPrevious = {
  id: 'repeat-previous',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i ≥ 1 of a_i,i−1, on a random sequence said twice',
  source: SOURCE,
  certainty: 'standard',
  needs: 'pattern',
  build: offset(() => 1),
  pool: poolPerQuery,
} as const satisfies PatternMeasure;

export const repeatDuplicate = {
  id: 'repeat-duplicate',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i ≥ m of a_i,i−m, the sequence r_1 … r_m said twice',
  source: SOURCE,
  certainty: 'standard',
  needs: 'pattern',
  build: offset((period) => period),
  pool: poolPerQuery,
} as const satisfies PatternMeasure;

export const repeatCurrent = {
  id: 'repeat-current',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i of a_ii, on a random sequence said twice',
  source: SOURCE,
  certainty: 'standard',
  needs: 'pattern',
  build: offset(() => 0),
  pool: poolPerQuery,
} as const satisfies PatternMeasure;

export const repeatFirst = {
  id: 'repeat-first',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i of a_i0, on a random sequence said twice',
  source: SOURCE,
  certainty: 'standard',
  needs: 'pattern',
  build: ({ ids, repeat }) =>
    repeat === null ? null : createFirstKeyPattern(ids.length, repeat.start),
  pool: poolPerQuery,
} as const satisfies PatternMeasure;
