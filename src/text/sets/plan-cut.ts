/**
 * How texts are brought to equal length. `cut`: the first tokens of each text. `windows`: consecutive
 * windows from a text's beginning, each as long as a cut.
 */
export type CutMode = 'cut' | 'windows';

/** How many tokens each text of a set has, the begin token of a model not counted; NaN: could not be tokenized. */
export interface SetTokenCounts {
  readonly setId: string;
  readonly texts: readonly { readonly id: string; readonly tokenCount: number }[];
}

/** A run of exactly `length` tokens of a text. */
export interface CutSample {
  readonly setId: string;
  readonly textId: string;
  /** Where the text stands in its set. */
  readonly textIndex: number;
  /** The first token, and the one after the last; begin tokens not counted. */
  readonly start: number;
  readonly end: number;
}

export interface SetCut {
  readonly setId: string;
  readonly textCount: number;
  /** By text, then by place in it. */
  readonly samples: readonly CutSample[];
  /** How many texts give samples: the number of values that statistics have of this set. */
  readonly keptCount: number;
  /** Texts shorter than the length; they give no sample. */
  readonly tooShort: readonly { readonly id: string; readonly tokenCount: number }[];
  /** Texts that could not be tokenized; they give no sample. */
  readonly uncounted: readonly string[];
  /** Texts that had more windows than the cap allows. */
  readonly capped: readonly string[];
  /** Tokens of the kept texts that are in no sample. */
  readonly unusedTokens: number;
}

export interface CutPlan {
  readonly length: number;
  readonly mode: CutMode;
  readonly windowsPerText: number;
  readonly sets: readonly SetCut[];
}

export interface CutOptions {
  /** Tokens of each sample, at least 1; anything else gives no samples, since none could have that length. */
  readonly length: number;
  readonly mode: CutMode;
  /** The most windows of one text, so that a long one costs no more than a few others. */
  readonly windowsPerText?: number | undefined;
}

export const WINDOWS_PER_TEXT = 4;

/**
 * Which tokens of each text are run, so that all samples are equally long: distances and entropies grow
 * with length, so only equal lengths compare. Windows of one text are not independent of each other: they
 * are pooled into their text's one value, and the text stays the unit of every statistic. A window's first
 * token stands at the beginning of its run, without what came before it in the text.
 *
 * Length 4, 11 tokens: `cut` gives [0, 4); `windows` gives [0, 4) and [4, 8), and 3 tokens are unused.
 * Equal length is demanded by methods.md 1.1 [RECON but necessary]; the cap is our own.
 */
export function planCut(
  sets: readonly SetTokenCounts[],
  { length, mode, windowsPerText = WINDOWS_PER_TEXT }: CutOptions,
): CutPlan {
  const most = mode === 'cut' ? 1 : Math.max(1, Math.floor(windowsPerText) || 1);
  return {
    length,
    mode,
    windowsPerText: most,
    sets: sets.map((set) => planSet(set, length, most)),
  };
}

function planSet({ setId, texts }: SetTokenCounts, length: number, most: number): SetCut {
  const samples: CutSample[] = [];
  const tooShort: { id: string; tokenCount: number }[] = [];
  const uncounted: string[] = [];
  const capped: string[] = [];
  let keptCount = 0;
  let unusedTokens = 0;
  for (const [textIndex, { id, tokenCount }] of texts.entries()) {
    if (Number.isNaN(tokenCount)) {
      uncounted.push(id);
      continue;
    }
    const possible = isLength(length) ? Math.floor(tokenCount / length) : 0;
    if (possible < 1) {
      tooShort.push({ id, tokenCount });
      continue;
    }
    const count = Math.min(possible, most);
    for (let i = 0; i < count; i++) {
      const start = i * length;
      samples.push({ setId, textId: id, textIndex, start, end: start + length });
    }
    keptCount++;
    unusedTokens += tokenCount - count * length;
    if (most > 1 && possible > most) capped.push(id);
  }
  const textCount = texts.length;
  return { setId, textCount, samples, keptCount, tooShort, uncounted, capped, unusedTokens };
}

const isLength = (length: number): boolean => Number.isInteger(length) && length >= 1;
