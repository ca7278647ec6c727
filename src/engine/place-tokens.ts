import { type TextBytes, toTextBytes } from '../text/byte-offsets.ts';
import { type NormalisedText, toComposed, toUnchanged } from '../text/normalised-text.ts';
import type { TokenizerParts } from './tokenizer-parts.ts';

const SPACE = 0x20;

/** Spans of tokens in a text, UTF-16 code units. */
export interface TokenSpans {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** The text as the vocabulary sees it: composed where it does that, its mark for a space as a space. */
function toSeen(text: string, { isComposed, spelling }: TokenizerParts): NormalisedText {
  const seen = isComposed ? toComposed(text) : toUnchanged(text);
  return spelling === 'sentencepiece' ? { ...seen, text: seen.text.replaceAll('▁', ' ') } : seen;
}

/** Bytes of the UTF-8 character that starts at a place. */
function lengthOfCharacter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

function hasAt(bytes: Uint8Array, at: number, own: Uint8Array): boolean {
  if (at + own.length > bytes.length) return false;
  for (let i = 0; i < own.length; i++) if (bytes[at + i] !== own[i]) return false;
  return true;
}

/** Bytes of the white space that starts at a place. */
function lengthOfSpace(seen: string, { bytes, starts }: TextBytes, at: number): number {
  if (at >= bytes.length) return 0;
  const space = /\s*/y;
  space.lastIndex = starts[at];
  return new TextEncoder().encode(space.exec(seen)?.[0] ?? '').length;
}

/**
 * Finds each token's span by counting bytes of the text as the vocabulary sees it, and without the space
 * that it puts before a text: a token that is nothing but that space gets the span of the first character,
 * as in Hugging Face tokenizers. The first `unplaced` tokens stand for nothing and have empty spans.
 * `bytesOf` gives the bytes that a token stands for.
 */
export function placeTokens(
  text: string,
  ids: Int32Array,
  unplaced: number,
  parts: TokenizerParts,
  bytesOf: (id: number) => Uint8Array,
): TokenSpans {
  const seen = toSeen(text, parts);
  const encoded = toTextBytes(seen.text);
  const { bytes, starts: unitStarts, ends: unitEnds } = encoded;
  const byteStart = (byte: number): number =>
    byte < unitStarts.length ? seen.starts[unitStarts[byte]] : text.length;
  const byteEnd = (byte: number): number => seen.ends[unitEnds[byte] - 1];
  const starts = new Int32Array(ids.length);
  const ends = new Int32Array(ids.length);

  /** What a token that takes white space with it covers. */
  const lengthWithSpace = (id: number, own: Uint8Array, at: number): number => {
    const strip = parts.strips.get(id);
    if (strip === undefined) return own.length;
    const before =
      strip.before && !hasAt(bytes, at, own) ? lengthOfSpace(seen.text, encoded, at) : 0;
    const after = strip.after ? lengthOfSpace(seen.text, encoded, at + before + own.length) : 0;
    return before + own.length + after;
  };
  /** Characters that the vocabulary does not know, up to where the next token is found. */
  const lengthOfUnknown = (at: number, next: Uint8Array | null): number => {
    let length = lengthOfCharacter(bytes, at);
    if (!parts.fusesUnknown) return length;
    while (at + length < bytes.length && !(next !== null && hasAt(bytes, at + length, next))) {
      length += lengthOfCharacter(bytes, at + length);
    }
    return length;
  };

  let at = 0;
  let isAtBegin = true;
  for (let i = unplaced; i < ids.length; i++) {
    const id = ids[i];
    const own = bytesOf(id);
    const isAdded = parts.added.has(id);
    let { length } = own;
    let isVirtual = false;
    const isUnknown = id === parts.unknownId && !hasAt(bytes, at, own);
    if (parts.dropsText) while (at < bytes.length && !hasAt(bytes, at, own)) at++;
    if (isUnknown) {
      length = lengthOfUnknown(at, i + 1 < ids.length ? bytesOf(ids[i + 1]) : null);
    } else if (isAdded) length = lengthWithSpace(id, own, at);
    else if (isAtBegin && own[0] === SPACE) {
      isVirtual =
        parts.prefix === 'always' || (parts.prefix === 'unless-space' && bytes[at] !== SPACE);
      if (isVirtual) length--;
    }
    isAtBegin = isAdded && !isUnknown;
    const isOnlyPrefix = isVirtual && length === 0;
    const covered = isOnlyPrefix ? lengthOfCharacter(bytes, at) : length;
    const last = Math.min(at + covered, bytes.length) - 1;
    starts[i] = byteStart(at);
    ends[i] = covered === 0 || last < at ? starts[i] : byteEnd(last);
    at += length;
  }
  return { starts, ends };
}
