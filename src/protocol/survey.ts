import type { LayerIndex, TokenIndex } from '../lib/flavor.ts';
import type { CellPattern } from '../tensor/cell-pattern.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';

/** The longest sequence that can be surveyed: matrices of longer ones stay inside the graph. */
export const SURVEY_LIMIT = 2048;

/** A run of token ids for the numbers that come out of it on the way; nothing of it is held afterwards. */
export interface SurveyRequest {
  /** Nothing is added: a begin token is among them or is not there. */
  readonly ids: Int32Array;
  /** Sets of cells whose weights are summed. */
  readonly patterns?: readonly CellPattern[];
  /** Keys whose attention from every query is wanted. */
  readonly columns?: readonly TokenIndex[];
  /** Side of the matrix's beginning that is wanted cell by cell; at most the length. */
  readonly corner?: number;
  /** Whether weights are counted by size. */
  readonly countsWeights?: boolean;
  /** Whether the residual stream is wanted, as its mean over tokens and at the last one. */
  readonly takesStream?: boolean;
}

/** What a pattern's cells got from each head of a layer: [pattern, head] each. */
export interface PatternWeights {
  /** Σ of the weights. 0 for a pattern without cells. */
  readonly sums: Float64Array;
  /** The heaviest cell's weight; NaN for a pattern without cells. */
  readonly bestWeights: Float32Array;
  /** Where it is; -1 for a pattern without cells. */
  readonly bestQueries: Int32Array;
  readonly bestKeys: Int32Array;
}

/** The residual stream at one place of the model, [hidden size] each. */
export interface StreamPoint {
  readonly mean: Float32Array;
  readonly last: Float32Array;
}

/** A layer of a survey. What was not asked for is empty or null. */
export interface SurveyedLayer {
  readonly layer: LayerIndex;
  readonly summary: LayerSummary;
  readonly patterns: PatternWeights;
  /** [head, column, query]; 0 where the key comes after the query. */
  readonly columns: Float32Array;
  /** [head, corner (corner + 1) / 2] packed rows. */
  readonly corner: Float32Array;
  /** [WEIGHT_BINS] counts over all heads, queries and keys but the first; null when not asked for. */
  readonly weightCounts: Float64Array | null;
  /** The stream that enters the layer; 0 is the embedding. */
  readonly stream: StreamPoint | null;
}

export interface SurveyEnd {
  /** The stream after the final norm; null when not asked for. */
  readonly stream: StreamPoint | null;
}
