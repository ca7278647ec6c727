import type { HeadlightError } from '../../lib/headlight-error.ts';
import type { TextSet } from '../../text/sets/text-set.ts';
import type { DomainOptions } from './domain-options.ts';
import type { DomainRules } from './domain-rules.ts';
import type { IntakeState } from './intake-state.ts';
import type { DomainPlan } from './plan-domains.ts';

/** How far one text is. */
export type TextStatus =
  | { readonly status: 'waiting' }
  | { readonly status: 'running' }
  | { readonly status: 'done' }
  | { readonly status: 'failed'; readonly error: HeadlightError }
  /** It is shorter than a sample. */
  | { readonly status: 'left-out' };

/**
 * Why the queue stands still: the person said so, the page was closed on the way, another model was
 * opened, or the model could not be loaded.
 */
export type PauseReason = 'person' | 'reload' | 'model-changed' | 'model-failed';

/** What the queue of texts does. */
export type QueueStatus =
  /** Nothing is under way; texts may wait to be started. */
  | { readonly status: 'idle' }
  /** Texts are cut into tokens, and results of earlier visits are read. */
  | { readonly status: 'preparing'; readonly done: number; readonly total: number }
  /** Waits for the model to be loaded, then goes on by itself. */
  | { readonly status: 'awaiting-model' }
  | { readonly status: 'running'; readonly secondsLeft: number | null }
  | { readonly status: 'paused'; readonly reason: PauseReason };

/** Texts that are done and those that are to be done, each once; texts that are left out do not count. */
export interface QueueCounts {
  readonly done: number;
  readonly failed: number;
  readonly total: number;
}

/** Whether this browser keeps sets and results. */
export type KeepingStatus =
  | { readonly status: 'kept' }
  /** It refused or is full: everything goes on in memory. */
  | {
      readonly status: 'memory';
      readonly error: HeadlightError;
      /** What was kept could not be read: it stays as it is, and no sets are kept until it can be. */
      readonly isUnread: boolean;
    };

export interface DomainsState {
  /** False until what this browser keeps has been read. */
  readonly isRestored: boolean;
  readonly sets: readonly TextSet[];
  readonly rules: DomainRules;
  readonly options: DomainOptions;
  /** Null until the texts have been cut into tokens with a model. */
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
  /** Bytes that kept results may take together. */
  readonly room: number;
  /** Bytes of a finished text's result by the present model; null before there is one. */
  readonly profileBytes: number | null;
  /** What kept results take; null until it was looked at. */
  readonly usage: KeptUsage | null;
  readonly intake: IntakeState;
}

/** What kept results take of this browser's storage. */
export interface KeptUsage {
  readonly profileCount: number;
  readonly profileBytes: number;
}
