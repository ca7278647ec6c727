import type { HeadlightError } from '../../lib/headlight-error.ts';
import type { TextSet } from '../../text/sets/text-set.ts';
import type { DomainOptions } from './domain-options.ts';

/** How texts of different lengths are made comparable. */
export interface DomainRules {
  /** Tokens of a sample, a begin token included; null: as suggested for the texts that are there. */
  readonly length: number | null;
  /** The beginning of each text, or as many samples of that length as it has. */
  readonly samples: 'cut' | 'windows';
}

/** How far one text is. */
export type TextStatus =
  | { readonly status: 'waiting' }
  | { readonly status: 'running' }
  | { readonly status: 'done' }
  | { readonly status: 'failed'; readonly error: HeadlightError }
  | { readonly status: 'left-out'; readonly reason: LeftOutReason };

/** Why a text is not surveyed: it is shorter than a sample, or has no token at all. */
export type LeftOutReason = 'too-short' | 'empty';

/** Why the queue stands still: the person said so, the page was closed, or the model is not there. */
export type PauseReason = 'person' | 'reload' | 'model-changed' | 'model-failed';

/** What the queue of texts does. */
export type QueueStatus =
  | { readonly status: 'idle' }
  /** Texts are cut into tokens, and results of earlier visits are read. */
  | { readonly status: 'preparing'; readonly done: number; readonly total: number }
  /** Waits for the model to be loaded, then goes on by itself. */
  | { readonly status: 'awaiting-model' }
  | { readonly status: 'running'; readonly secondsLeft: number | null }
  | { readonly status: 'paused'; readonly reason: PauseReason };

/** What is done and what is to be done, by texts that differ (one in two sets counts once). */
export interface QueueCounts {
  readonly done: number;
  readonly total: number;
}

/** Whether this browser keeps sets and results. */
export type KeepingStatus =
  | { readonly status: 'kept'; readonly profileCount: number; readonly profileBytes: number }
  /** Refused or full: everything goes on in memory. */
  | { readonly status: 'memory'; readonly error: HeadlightError };

/** How texts are cut at present, and for which model. */
export interface DomainPlan {
  /** Names model, precision, cutting and begin token: what profiles of this plan are kept under. */
  readonly key: string;
  readonly modelName: string;
  readonly layerCount: number;
  readonly headCount: number;
  /** Tokens of a sample. */
  readonly length: number;
  /** What is suggested for these texts. */
  readonly suggested: number;
  readonly samples: DomainRules['samples'];
  /** Tokens of each text, by its id, the begin token included. */
  readonly tokenCounts: ReadonlyMap<string, number>;
}

export interface DomainsState {
  /** False until what this browser keeps has been read. */
  readonly isRestored: boolean;
  readonly sets: readonly TextSet[];
  readonly rules: DomainRules;
  readonly options: DomainOptions;
  /** Null until the texts have been cut into tokens with the present model. */
  readonly plan: DomainPlan | null;
  /** By text id; texts that are not planned yet are not in it. */
  readonly texts: ReadonlyMap<string, TextStatus>;
  readonly queue: QueueStatus;
  readonly counts: QueueCounts;
  /** The plan whose results are shown: the present one as soon as each set has a finished text. */
  readonly shownPlan: DomainPlan | null;
  /** Grows when finished texts come to the shown results. */
  readonly resultsVersion: number;
  readonly keeping: KeepingStatus;
}
