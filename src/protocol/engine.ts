import type { HeadIndex, LayerIndex, RunId, TokenIndex } from '../lib/flavor.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import type { PrecisionWish } from '../model/weight-form.ts';
import type { CausalSlice } from '../tensor/causal-slice.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import type { TokenizedText } from '../text/token.ts';
import type { HeadVectors, Predictions, RunRequest, SliceReader } from './run.ts';
import type { SurveyEnd, SurveyedLayer, SurveyRequest } from './survey.ts';
import type { ScoreProgress, WeightScoreRequest, WeightScores } from './weight-scores.ts';

/** Where the bytes of one file of a model come from. */
export type SourceRequest =
  /** `url` is relative to the page or absolute; it is read by ranges, and nothing is kept. */
  | {
      readonly kind: 'url';
      readonly name: string;
      readonly url: string;
      readonly token?: string | undefined;
      /** It may be absent. */
      readonly isOptional?: boolean | undefined;
    }
  /** A file that the browser holds: dropped or picked. */
  | { readonly kind: 'file'; readonly name: string; readonly file: Blob }
  /** A file that the library keeps. */
  | { readonly kind: 'kept'; readonly name: string; readonly modelId: string };

/** A model to load: what it is called, and its files. */
export interface ModelRequest {
  readonly fileName: string;
  readonly sources: readonly SourceRequest[];
  /** How quantised weights are held; by memory and device when absent. */
  readonly precision?: PrecisionWish;
}

/** How far loading has come. */
export interface LoadProgress {
  readonly stage: 'runtime' | 'header' | 'weights' | 'output';
  /** Bytes of the file read so far, and in all (0 while unknown). */
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

/** Parts of a run in the order in which they arrive. */
export type RunEvent =
  | { readonly kind: 'tokens'; readonly tokens: TokenizedText; readonly reusedTokens: number }
  | { readonly kind: 'layer'; readonly summary: LayerSummary }
  | { readonly kind: 'predictions'; readonly predictions: Predictions };

/** How tokens are chosen when the text is continued. `temperature` 0 is greedy. */
export interface GenerationRequest {
  /** Names the run that the continued text becomes. */
  readonly runId: RunId;
  readonly text: string;
  /** The text's tokens where cutting it again could give others: it ends in generated ones. */
  readonly tokens?: TokenizedText;
  /** Layers whose exact matrices should be kept first when memory does not hold all. */
  readonly keepLayers?: readonly LayerIndex[];
  readonly tokenCount: number;
  readonly temperature: number;
  /** Keep the smallest set of candidates whose probabilities sum to this. */
  readonly topP: number;
  /** Seed of the choice, so that it can be repeated. */
  readonly seed: number;
  /** Ends after the token that completes one of these in what was generated; empty ones are ignored. */
  readonly stopTexts?: readonly string[];
  /** Whether the model's end token is taken into the text like any other; else it ends the generation. */
  readonly keepsEndToken?: boolean;
  /** Whether the text gets a begin token; left out, as the model's files say. */
  readonly addsBegin?: boolean | undefined;
}

/** All attention of a short sequence, and what the model expects after it. */
export interface MeasuredTokens {
  /** [layers, heads, n (n + 1) / 2] rows packed, one after another. */
  readonly attention: Float32Array;
  /** The same, run token by token instead of all at once. */
  readonly attentionByToken: Float32Array;
  /** [n, vocabulary size] */
  readonly logits: Float32Array;
}

/** Why a generation ended by itself. */
export type GenerationEnd = 'count' | 'end-token' | 'stop-text';

/** One generated token: the text it continues to, and the run's new rows. */
export interface GeneratedToken {
  /** Names the run up to this token; its matrices can be read while the generation goes on. */
  readonly runId: RunId;
  readonly id: number;
  readonly text: string;
  /** Under the model itself, before temperature and top-p. */
  readonly probability: number;
  /** The whole text so far as tokens: those of the text as they were, and the generated ones after. */
  readonly tokens: TokenizedText;
  /** All layers' summaries with the new row appended. */
  readonly layers: readonly LayerSummary[];
}

/**
 * The engine as the page sees it. Implemented in process (Node, tests), by a worker's proxy, and by a
 * fake for tests. Every call may reject with a HeadlightError; an aborted one with code `cancelled`.
 */
export interface Engine extends SliceReader {
  loadModel(
    request: ModelRequest,
    onProgress: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<ModelFacts>;
  /** Cuts a text; `addsBegin` says whether it gets a begin token, left out as the model's files say. */
  tokenize(text: string, addsBegin?: boolean): Promise<TokenizedText>;
  /** A text of exactly these token ids. Rejects with `token-id-out-of-range`. */
  tokensOf(ids: Int32Array): Promise<TokenizedText>;
  /** Resolves when everything has arrived; parts come through `onEvent`, attention before predictions. */
  run(request: RunRequest, onEvent: (event: RunEvent) => void, signal?: AbortSignal): Promise<void>;
  generate(
    request: GenerationRequest,
    onToken: (token: GeneratedToken) => void,
    signal?: AbortSignal,
  ): Promise<{ readonly stopped: GenerationEnd }>;
  readHeadVectors(
    runId: RunId,
    layer: LayerIndex,
    head: HeadIndex,
    query: TokenIndex,
  ): Promise<HeadVectors>;
  /**
   * The residual stream of a run, [n, hidden size]: 0 is the embedding, l the stream that enters layer l,
   * and the number of layers the stream after the final norm.
   */
  readStream(runId: RunId, layer: LayerIndex): Promise<Float32Array>;
  /** Logits for the token after a position, [vocabulary size]. */
  readLogits(runId: RunId, query: TokenIndex): Promise<Float32Array>;
  /** Renders a conversation through the model's own template. */
  renderChat(
    messages: readonly ChatMessage[],
    options: { readonly addGenerationPrompt: boolean },
  ): Promise<string>;
  /**
   * Hex SHA-256 of the model's file, of several that of their hashes; reads all of it once more. Null
   * without a model.
   */
  readFileHash(): Promise<string | null>;
  /** Runs ids beside everything else: what is held of the person's text stays. For checks of a model. */
  measureTokens(ids: readonly number[], signal?: AbortSignal): Promise<MeasuredTokens>;
  /**
   * Runs ids beside everything else for what their attention adds up to, layer by layer; nothing is held
   * afterwards. For many texts, and for texts that test heads.
   */
  survey(
    request: SurveyRequest,
    onLayer: (layer: SurveyedLayer) => void,
    signal?: AbortSignal,
  ): Promise<SurveyEnd>;
  /** |v_j W_O| of each head of a layer and each key of a run, [heads, n] (Kobayashi et al. 2020). */
  readValueNorms(runId: RunId, layer: LayerIndex): Promise<Float32Array>;
  /**
   * The mean over heads of every layer's exact matrix, first layer first; rejects with `text-too-long`
   * beyond `MEAN_ATTENTION_TOKENS`.
   */
  readMeanAttention(runId: RunId, signal?: AbortSignal): Promise<readonly CausalSlice[]>;
  /** Scores every head by its weights, beside everything else: other calls get in between its steps. */
  scoreWeights(
    request: WeightScoreRequest,
    onProgress: (progress: ScoreProgress) => void,
    signal?: AbortSignal,
  ): Promise<WeightScores>;
  dispose(): void;
}

/** One turn of a conversation. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}
