/** What a token is: one piece of the text as the model's vocabulary cuts it. */

/**
 * A text cut into tokens. All arrays have one entry a token.
 * - `pieces`: the vocabulary's own spelling (byte-level BPE: "Ġthe" for " the");
 * - `starts`, `ends`: span in `text` in UTF-16 code units, [start, end). Pieces of one character share
 *   its span; an added beginning-of-text token has an empty span at 0;
 * - `special`: control tokens such as <|im_start|>.
 */
export interface TokenizedText {
  readonly text: string;
  readonly ids: Int32Array;
  readonly pieces: readonly string[];
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly special: readonly boolean[];
}

/** The number of tokens. */
export function tokenCount(tokens: TokenizedText): number {
  return tokens.ids.length;
}
