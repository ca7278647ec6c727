import type { HeadIndex, LayerIndex, RunId, TokenIndex } from '../lib/flavor.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import type { CausalSlice } from '../tensor/causal-slice.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import type { TokenizedText } from '../text/token.ts';

/** A run as asked for: one forward pass of the loaded model over a text. */
export interface RunRequest {
  readonly runId: RunId;
  readonly text: string;
  /** The text's tokens where cutting it again could give others: it ends in generated ones. */
  readonly tokens?: TokenizedText;
  /** Layers whose exact matrices should be kept first when memory does not hold all. */
  readonly keepLayers: readonly LayerIndex[];
  /** Whether the text gets a begin token; left out, as the model's files say. */
  readonly addsBegin?: boolean | undefined;
}

/** What the model expected at each position; `n` tokens, `PREDICTIONS` candidates each. */
export interface Predictions {
  readonly count: number;
  /** [n, PREDICTIONS] ids by falling probability: candidates for the token AFTER the position. */
  readonly ids: Int32Array;
  /** [n, PREDICTIONS] natural logarithm of their probabilities. */
  readonly logProbabilities: Float32Array;
  /** [n, PREDICTIONS] the candidates as text. */
  readonly texts: readonly string[];
  /** [n] surprise of the token AT the position, -ln p given all before it, nats; NaN at 0. */
  readonly surprise: Float32Array;
}

/** How many next tokens are kept for each position. */
export const PREDICTIONS = 5;

/** A finished or growing run as views see it. Where it comes from (engine, recorded file) is hidden. */
export interface RunData {
  readonly runId: RunId;
  readonly model: ModelFacts;
  readonly tokens: TokenizedText;
  /** One entry a layer; null until that layer has arrived. */
  readonly layers: readonly (LayerSummary | null)[];
  /** Null until the predictions have arrived. */
  readonly predictions: Predictions | null;
  /** Present when the numbers were stored with less precision than they were computed. */
  readonly recorded: RecordedPrecision | null;
}

/** A recorded run says how exact its numbers are. */
export interface RecordedPrecision {
  readonly recordedOn: string;
  readonly largestWeightError: number;
}

/** Reads exact matrices of a run. */
export interface SliceReader {
  /** One head's exact matrix. Rejects with code `run-let-go` when the run is no longer held. */
  readSlice(runId: RunId, layer: LayerIndex, head: HeadIndex): Promise<CausalSlice>;
}

/** The inner vectors of one head for one query, for the step-by-step view. Rotary positions applied. */
export interface HeadVectors {
  readonly query: TokenIndex;
  readonly headSize: number;
  /** [headSize] */
  readonly queryVector: Float32Array;
  /** [query + 1, headSize] */
  readonly keyVectors: Float32Array;
  /** [query + 1, headSize] */
  readonly valueVectors: Float32Array;
  /** Factor of q·k, in most models 1 / √d. */
  readonly attentionScale: number;
  /** Scores become cap · tanh(score / cap); null where the model has no cap. */
  readonly scoreCap: number | null;
  /** [query + 1] q·k times the factor, capped, before the softmax; -∞ where a window hides the key. */
  readonly scores: Float32Array;
  /** [query + 1] after the softmax. */
  readonly weights: Float32Array;
  /** [headSize] Σ weight x value. */
  readonly output: Float32Array;
}
