import type { TextProfile } from '../../measures/text-profile.ts';
import type { TextItem } from '../../text/sets/text-set.ts';

/** A set with those of its texts that are done. */
export interface DomainSetResults {
  readonly id: string;
  readonly name: string;
  /** Which of the colours for sets it has: its place among all sets, those without results included. */
  readonly colorIndex: number;
  /** The finished ones, in the set's order. */
  readonly texts: readonly TextItem[];
  /** One a text, in the same order. */
  readonly profiles: readonly TextProfile[];
}

/** What the surveys of the sets have given so far, for one model and one way of cutting. */
export interface DomainResults {
  /** Sets without a finished text are among them, empty. */
  readonly sets: readonly DomainSetResults[];
  readonly layerCount: number;
  readonly headCount: number;
  /** Tokens that each sample of a text has. */
  readonly sampleLength: number;
  /** Whether a long text gave several samples. */
  readonly samples: 'cut' | 'windows';
  /** The set that the others are compared with: the chosen one, else the first. */
  readonly referenceId: string;
  /** The set that stands against it where one is shown; null with a single set. */
  readonly comparedId: string | null;
  /** More texts are still to come. */
  readonly isPartial: boolean;
  /** Model, sets' cutting or begin token have changed since: these are the numbers of before. */
  readonly isStale: boolean;
  /** The model that gave them. */
  readonly modelName: string;
}
