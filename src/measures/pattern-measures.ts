import { needle } from './patterns/needle.ts';
import type { PatternMeasure } from './patterns/pattern-measure.ts';
import { prefixMatching } from './patterns/prefix-matching.ts';
import { rareTokens } from './patterns/rare-tokens.ts';
import {
  repeatCurrent,
  repeatDuplicate,
  repeatFirst,
  repeatInduction,
  repeatPrevious,
} from './patterns/repeated-sequence.ts';
import { streaming } from './patterns/streaming.ts';
import { subwordMerge } from './patterns/subword-merge.ts';
import { delimiter, punctuation } from './patterns/token-classes.ts';

/** All measures that come from the attention that a set of cells gets. */
export const PATTERN_MEASURES = [
  repeatInduction,
  repeatPrevious,
  repeatDuplicate,
  repeatCurrent,
  repeatFirst,
  prefixMatching,
  subwordMerge,
  punctuation,
  delimiter,
  rareTokens,
  needle,
  streaming,
] as const satisfies readonly PatternMeasure[];

export type PatternMeasureId = (typeof PATTERN_MEASURES)[number]['id'];
