import type { CutMode } from '../../text/sets/plan-cut.ts';

/** How texts of different lengths are made comparable. */
export interface DomainRules {
  /**
   * Tokens of a sample, a begin token not counted; null: as suggested for the texts that are there. Settled
   * when they are run first: texts that come later leave it as it is.
   */
  readonly length: number | null;
  /** The beginning of each text, or as many samples of that length as it has. */
  readonly samples: CutMode;
}

export const DEFAULT_RULES: DomainRules = { length: null, samples: 'cut' };
