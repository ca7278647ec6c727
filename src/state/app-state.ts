import type { Probability, RunId } from '../lib/flavor.ts';
import type { HeadlightError } from '../lib/headlight-error.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import type { PrecisionWish } from '../model/weight-form.ts';
import type { GenerationEnd, LoadProgress } from '../protocol/engine.ts';
import type { ModelOrigin } from '../protocol/model-origin.ts';
import type { Conversation } from '../text/conversation.ts';
import type { TokenizedText } from '../text/token.ts';
import type { DisplayOptions } from './display-options.ts';
import type { Selection, SelectionPreview } from './selection.ts';
import type { Workspace } from './workspace.ts';

export type ModelStatus =
  | { readonly status: 'idle' }
  | { readonly status: 'loading'; readonly progress: LoadProgress | null }
  | { readonly status: 'ready'; readonly facts: ModelFacts }
  | { readonly status: 'failed'; readonly error: HeadlightError };

/** `shown` is the run whose numbers are on screen; it may be older than the text (then it is stale). */
export type RunStatus =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      readonly runId: RunId;
      readonly layersDone: number;
      readonly layerCount: number;
      readonly startedAt: number;
    }
  | { readonly status: 'predicting'; readonly runId: RunId }
  | { readonly status: 'ready'; readonly runId: RunId }
  | { readonly status: 'failed'; readonly error: HeadlightError };

export type GenerationStatus =
  | { readonly status: 'idle' }
  | { readonly status: 'generating'; readonly made: number; readonly wanted: number }
  | { readonly status: 'failed'; readonly error: HeadlightError };

/** What the model wrote after the person's own text; the generated tokens are the last ones of `tokens`. */
export interface Continuation {
  /** The text before the model went on with it. */
  readonly before: string;
  /** The whole text as the tokens that were given and chosen; cutting it again could give others. */
  readonly tokens: TokenizedText;
  /** The model's own probability of each generated token, in order. */
  readonly probabilities: readonly Probability[];
  /** Why it ended; null while it goes on. */
  readonly end: GenerationEnd | 'stopped' | null;
  /** Whether cutting the text again gives the same tokens; null until that is known. */
  readonly isCutAlike: boolean | null;
}

/** A text of this browser's list. */
export interface SavedText {
  readonly id: string;
  readonly text: string;
  /** When it was last used, in milliseconds since 1970. */
  readonly savedAt: number;
  /** The turns that the text was made of. */
  readonly conversation?: Conversation;
}

export type Theme = 'system' | 'light' | 'dark';

/** Canonical state only; everything else is a selector. Tensors are referred to by run id. */
export interface AppState {
  readonly workspace: Workspace;
  readonly text: string;
  /** The sample the text came from, or null once it was edited or pasted. */
  readonly sampleId: string | null;
  /** The turns that the text is made of by the model's template; null for an ordinary text. */
  readonly conversation: Conversation | null;
  readonly savedTexts: readonly SavedText[];
  /** The text cut into tokens, at most a moment behind `text`; null before the tokenizer is there. */
  readonly tokens: TokenizedText | null;
  readonly model: ModelStatus;
  /** Where the present model came from. */
  readonly modelOrigin: ModelOrigin;
  /** The name of the model that was ready before the present one, while one can go back to it. */
  readonly goBackTo: string | null;
  /** How quantised weights are to be held. */
  readonly precision: PrecisionWish;
  /** Whether texts get a begin token; null: as the model's files say. */
  readonly addsBegin: boolean | null;
  readonly run: RunStatus;
  /** The run whose numbers are on screen; null before the first. Its data is in the run registry. */
  readonly shownRunId: RunId | null;
  /** Grows by one whenever the shown run's data grew (a layer arrived, predictions arrived). */
  readonly shownRunVersion: number;
  readonly generation: GenerationStatus;
  /** What the model added to the text; null once the text is edited. */
  readonly continuation: Continuation | null;
  /** What the text is to be cut into where cutting it could give other tokens; null once it is edited. */
  readonly givenTokens: TokenizedText | null;
  readonly selection: Selection;
  readonly preview: SelectionPreview | null;
  readonly display: DisplayOptions;
  readonly theme: Theme;
}
