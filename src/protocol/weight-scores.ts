/** Tokens in an order: numbers, days, months. */
export interface OrdinalList {
  readonly ids: readonly number[];
  /** For each token the place of its successor in `ids`; −1 for one without. */
  readonly successors: readonly number[];
}

/** A text in which the tokens at some positions are names. */
export interface NamePrompt {
  readonly ids: readonly number[];
  readonly positions: readonly number[];
}

/** Which scores of heads are wanted from the weights, and on what. What is left out is not computed. */
export interface WeightScoreRequest {
  /** Copying by eigenvalues (methods 5.6): gives `ov-copying` and `ov-copying-folded`. */
  readonly ovCopying?: boolean;
  /**
   * Name mover copy score (methods 5.7): gives `name-copying` and `negative-name-copying`. The source uses
   * prompts of indirect objects with the positions of the three names.
   */
  readonly names?: {
    readonly prompts: readonly NamePrompt[];
    /** A name among this many best is a hit; 5 in the source. */
    readonly top?: number;
  };
  /** Successor score (methods 5.9), pooled over lists: gives `successor`. */
  readonly ordinals?: readonly OrdinalList[];
  /**
   * Copy suppression (methods 5.8) within a sample of tokens: gives `copy-suppression` (z-scores) and
   * `copy-suppression-lowest` (share of tokens that are among the `lowest` of their row; 10 in the source).
   */
  readonly suppression?: { readonly ids: readonly number[]; readonly lowest?: number };
  /** Copying on random tokens (methods 5.3): gives `token-copying`. The source takes 25 distinct tokens. */
  readonly copying?: { readonly sequences: readonly (readonly number[])[] };
}

export type WeightScoreKind =
  | 'ov-copying'
  | 'ov-copying-folded'
  | 'name-copying'
  | 'negative-name-copying'
  | 'successor'
  | 'copy-suppression'
  | 'copy-suppression-lowest'
  | 'token-copying';

const KINDS: Readonly<Record<keyof WeightScoreRequest, readonly WeightScoreKind[]>> = {
  ovCopying: ['ov-copying', 'ov-copying-folded'],
  names: ['name-copying', 'negative-name-copying'],
  ordinals: ['successor'],
  suppression: ['copy-suppression', 'copy-suppression-lowest'],
  copying: ['token-copying'],
};

/** The kinds of score that a request gives. */
export function listScoreKinds(request: WeightScoreRequest): readonly WeightScoreKind[] {
  return (Object.keys(KINDS) as (keyof WeightScoreRequest)[])
    .filter((part) => request[part] !== undefined && request[part] !== false)
    .flatMap((part) => KINDS[part]);
}

/** A score of every head by kind, [layers, heads]; NaN where it is undefined. Only kinds that were asked for. */
export type WeightScores = Readonly<Partial<Record<WeightScoreKind, Float32Array>>>;

/** How far scoring has come: layers done, of all. */
export interface ScoreProgress {
  readonly doneLayers: number;
  readonly layerCount: number;
}

/** Texts up to this many tokens give the mean over heads of all layers at once. */
export const MEAN_ATTENTION_TOKENS = 512;
