import type { HeadIndex, LayerIndex, RunId, TokenIndex } from '../lib/flavor.ts';
import type { ErrorCode, ErrorDetails } from '../lib/headlight-error.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import type { CausalSlice } from '../tensor/causal-slice.ts';
import type { TokenizedText } from '../text/token.ts';
import type {
  ChatMessage,
  GeneratedToken,
  GenerationEnd,
  GenerationRequest,
  LoadProgress,
  MeasuredTokens,
  ModelRequest,
  RunEvent,
} from './engine.ts';
import type { HeadVectors, RunRequest } from './run.ts';
import type { SurveyEnd, SurveyedLayer, SurveyRequest } from './survey.ts';
import type { ScoreProgress, WeightScoreRequest, WeightScores } from './weight-scores.ts';

/** The calls of one worker: name -> [arguments, events on the way, result]. */
export type Calls<Names extends string> = {
  readonly [Name in Names]: readonly [readonly unknown[], unknown, unknown];
};

/** Every call to the engine's worker. */
export interface CallMap {
  loadModel: [[ModelRequest], LoadProgress, ModelFacts];
  tokenize: [[string, boolean | undefined], never, TokenizedText];
  tokensOf: [[Int32Array], never, TokenizedText];
  run: [[RunRequest], RunEvent, undefined];
  generate: [[GenerationRequest], GeneratedToken, { readonly stopped: GenerationEnd }];
  readSlice: [[RunId, LayerIndex, HeadIndex], never, CausalSlice];
  readHeadVectors: [[RunId, LayerIndex, HeadIndex, TokenIndex], never, HeadVectors];
  readStream: [[RunId, LayerIndex], never, Float32Array];
  readLogits: [[RunId, TokenIndex], never, Float32Array];
  renderChat: [[readonly ChatMessage[], { readonly addGenerationPrompt: boolean }], never, string];
  readFileHash: [[], never, string | null];
  measureTokens: [[readonly number[]], never, MeasuredTokens];
  survey: [[SurveyRequest], SurveyedLayer, SurveyEnd];
  readValueNorms: [[RunId, LayerIndex], never, Float32Array];
  readMeanAttention: [[RunId], never, readonly CausalSlice[]];
  scoreWeights: [[WeightScoreRequest], ScoreProgress, WeightScores];
}
export type CallName = keyof CallMap;

/** Page to worker. */
export type ClientMessage =
  | {
      readonly type: 'call';
      readonly id: number;
      readonly name: string;
      readonly args: readonly unknown[];
    }
  | { readonly type: 'cancel'; readonly id: number };

/** An error as plain values: what crosses the boundary of a HeadlightError. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** Worker to page. */
export type ServerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'event'; readonly id: number; readonly event: unknown }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorRecord };

/** The side of a message channel that both a Worker and a MessagePort have. */
export interface MessageEndpoint {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  start?(): void;
}
