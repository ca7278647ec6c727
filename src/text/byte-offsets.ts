/**
 * UTF-8 bytes of a text with the span of UTF-16 code units that each byte comes from. A lone surrogate
 * counts as U+FFFD, three bytes, as encoders write it.
 */
export interface TextBytes {
  readonly bytes: Uint8Array;
  /** First code unit of the character that byte i belongs to. */
  readonly starts: Int32Array;
  /** One past the last code unit of that character. */
  readonly ends: Int32Array;
}

/** Encodes a text and remembers where each byte came from. */
export function toTextBytes(text: string): TextBytes {
  const bytes = new TextEncoder().encode(text);
  const starts = new Int32Array(bytes.length);
  const ends = new Int32Array(bytes.length);
  let at = 0;
  let unit = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    starts.fill(unit, at, at + length);
    unit += character.length;
    ends.fill(unit, at, at + length);
    at += length;
  }
  return { bytes, starts, ends };
}
