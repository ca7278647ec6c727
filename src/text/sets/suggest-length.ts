import type { SetTokenCounts } from './plan-cut.ts';

/** The lengths that are proposed, in tokens. */
export const CUT_LENGTHS: readonly number[] = [16, 32, 64, 128, 192, 256, 384, 512, 1024, 2048];
export interface LengthLimits {
  /** The longest text that the model was made for, in tokens. */
  readonly contextLength: number;
  /** Whether the model gets a begin token before every sample, which takes a place of its context. */
  readonly hasBeginToken?: boolean | undefined;
}

/** How many texts of a set are at least as long as a cut. */
export interface KeptTexts {
  readonly setId: string;
  readonly kept: number;
  readonly count: number;
}

export type SuggestedLength =
  | { readonly ok: true; readonly length: number; readonly sets: readonly KeptTexts[] }
  /** No set has a text. */
  | { readonly ok: false; readonly why: 'no-texts' }
  /** No length in the list fits the model's context. */
  | { readonly ok: false; readonly why: 'context-too-short'; readonly shortest: number }
  /** Even the shortest length loses more than a fifth of some set. */
  | {
      readonly ok: false;
      readonly why: 'texts-too-short';
      readonly length: number;
      readonly sets: readonly KeptTexts[];
    };

/** How many texts of each set stay at a length; texts that could not be tokenized (NaN) do not. */
export function countKept(sets: readonly SetTokenCounts[], length: number): readonly KeptTexts[] {
  return sets.map(({ setId, texts }) => ({
    setId,
    kept: texts.filter(({ tokenCount }) => tokenCount >= length).length,
    count: texts.length,
  }));
}

/** The lengths in the list that fit a model's context. */
export function listLengths({
  contextLength,
  hasBeginToken = false,
}: LengthLimits): readonly number[] {
  const most = contextLength - (hasBeginToken ? 1 : 0);
  return CUT_LENGTHS.filter((length) => length <= most);
}

/**
 * The largest length that keeps at least four fifths of the texts of every set and fits the model. Sets
 * without texts have no say. Texts of 300, 280, 260, 250 and 90 tokens: 192, which keeps four of five.
 */
export function suggestLength(
  sets: readonly SetTokenCounts[],
  limits: LengthLimits,
): SuggestedLength {
  const full = sets.filter(({ texts }) => texts.length > 0);
  if (full.length === 0) return { ok: false, why: 'no-texts' };
  const lengths = listLengths(limits);
  if (lengths.length === 0) {
    return { ok: false, why: 'context-too-short', shortest: CUT_LENGTHS[0] };
  }
  const length = lengths.findLast((each) =>
    countKept(full, each).every(({ kept, count }) => 5 * kept >= 4 * count),
  );
  if (length !== undefined) return { ok: true, length, sets: countKept(sets, length) };
  return {
    ok: false,
    why: 'texts-too-short',
    length: lengths[0],
    sets: countKept(sets, lengths[0]),
  };
}
