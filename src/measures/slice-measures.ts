import type { MeasureDescription } from './measure.ts';
import { rareWords } from './patterns/rare-tokens.ts';
import { headDivergence, textDivergence } from './slices/divergence.ts';
import { negativeAttention } from './slices/negative-attention.ts';
import { forcedRetrieval, retrieval } from './slices/retrieval.ts';
import { sinkRate } from './slices/sink-rate.ts';
import { variability } from './slices/variability.ts';

/** Measures of more than one layer's summary: pairs of matrices, several texts, generated tokens. */
export const SLICE_MEASURES = [
  textDivergence,
  headDivergence,
  variability,
  negativeAttention,
  retrieval,
  forcedRetrieval,
  sinkRate,
  rareWords,
] as const satisfies readonly MeasureDescription[];
