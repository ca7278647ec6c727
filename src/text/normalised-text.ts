/**
 * A text after Unicode normalisation, with the span in the original that each code unit came from.
 * Without a change the spans are the units themselves.
 */
export interface NormalisedText {
  readonly text: string;
  /** First code unit in the original for each unit of `text`. */
  readonly starts: Int32Array;
  /** One past the last. */
  readonly ends: Int32Array;
}

/** A character and the marks that may merge with it; Hangul letters that may form a syllable. */
const CLUSTER =
  /[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?\p{M}*|[^\p{M}][\p{M}\u1160-\u11ff]*|\p{M}+/gsu;

/** Composes a text (NFC) and remembers where each unit came from. */
export function toComposed(text: string): NormalisedText {
  const parts: { readonly composed: string; readonly start: number; readonly end: number }[] = [];
  for (const match of text.matchAll(CLUSTER)) {
    const composed = match[0].normalize('NFC');
    parts.push({ composed, start: match.index, end: match.index + match[0].length });
  }
  const whole = parts.map(({ composed }) => composed).join('');
  const starts = new Int32Array(whole.length);
  const ends = new Int32Array(whole.length);
  let at = 0;
  for (const { composed, start, end } of parts) {
    const isSame = composed.length === end - start;
    for (let i = 0; i < composed.length; i++) {
      starts[at + i] = isSame ? start + i : start;
      ends[at + i] = isSame ? start + i + 1 : end;
    }
    at += composed.length;
  }
  return { text: whole, starts, ends };
}

/** A text as it is. */
export function toUnchanged(text: string): NormalisedText {
  return {
    text,
    starts: Int32Array.from({ length: text.length }, (_, i) => i),
    ends: Int32Array.from({ length: text.length }, (_, i) => i + 1),
  };
}
