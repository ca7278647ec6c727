import type { TokenizedText } from '../text/token.ts';
import type { Tokenizer } from './tokenizer.ts';

/**
 * A cut text with generated tokens after it. The tokens of the text stay as they are; the generated ones
 * are what they are, whether or not cutting the longer text would give them. Bytes at the end that form
 * no character yet show as U+FFFD until the next token completes them; tokens that share a character
 * share its span, as everywhere.
 */
export function continueTokens(
  prompt: TokenizedText,
  ids: readonly number[],
  tokenizer: Tokenizer,
): TokenizedText {
  const stream = new TextDecoder('utf-8', { ignoreBOM: true });
  /** Code units that are complete after each token, and those that there are if it were the last. */
  const complete: number[] = [];
  const shown: number[] = [];
  let added = '';
  ids.forEach((id, i) => {
    added += stream.decode(tokenizer.bytesOf(id), { stream: true });
    complete.push(added.length);
    shown.push(tokenizer.decode(ids.slice(0, i + 1)).length);
  });
  added += stream.decode();
  const base = prompt.text.length;
  const count = prompt.ids.length;
  const starts = new Int32Array(count + ids.length);
  const ends = new Int32Array(count + ids.length);
  const all = new Int32Array(count + ids.length);
  all.set(prompt.ids);
  all.set(ids, count);
  starts.set(prompt.starts);
  ends.set(prompt.ends);
  ids.forEach((_, i) => {
    starts[count + i] = base + (complete[i - 1] ?? 0);
    const isSplit = shown[i] > complete[i];
    const isPair = isSplit && (added.codePointAt(complete[i]) ?? 0) > 0xffff;
    ends[count + i] = base + complete[i] + (isPair ? 2 : isSplit ? 1 : 0);
  });
  const piecesOf = tokenizer.parts.pieces;
  return {
    text: prompt.text + added,
    ids: all,
    pieces: [...prompt.pieces, ...ids.map((id) => piecesOf[id] ?? '')],
    starts,
    ends,
    special: [...prompt.special, ...ids.map((id) => tokenizer.isControl(id))],
  };
}
