import type { TokenizedText } from './token.ts';
import type { AttentionUnit } from './unit.ts';

/** A unit of the text as a run of whole tokens, [start, end), with its text. */
export interface UnitSpan {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Ends of the pieces that a text falls into, in UTF-16 code units, rising; the last is its length. */
function pieceEnds(text: string, unit: Exclude<AttentionUnit, 'token'>): number[] {
  if (unit === 'line') {
    const ends = [...text.matchAll(/\n/g)].map((match) => match.index + 1);
    return ends.at(-1) === text.length ? ends : [...ends, text.length];
  }
  const segmenter = new Intl.Segmenter('en', { granularity: unit });
  const ends: number[] = [];
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    const end = index + segment.length;
    // Spaces belong to the word that follows them, as in byte-level vocabularies.
    if (unit === 'word' && !isWordLike && segment.trim() === '' && !segment.includes('\n'))
      continue;
    ends.push(end);
  }
  if (ends.at(-1) !== text.length) ends.push(text.length);
  return ends;
}

/**
 * Cuts the tokens into units: contiguous, each token in just one. A token belongs to the unit that holds
 * its last character; a token with an empty span belongs to the first unit.
 */
export function getUnits(tokens: TokenizedText, unit: AttentionUnit): readonly UnitSpan[] {
  const { text, starts, ends } = tokens;
  const spanText = (start: number, end: number): string => text.slice(starts[start], ends[end - 1]);
  if (unit === 'token') {
    return Array.from(starts, (_, i) => ({ start: i, end: i + 1, text: spanText(i, i + 1) }));
  }
  const limits = pieceEnds(text, unit);
  const units: UnitSpan[] = [];
  let start = 0;
  let piece = 0;
  for (let i = 0; i < starts.length; i++) {
    const before = piece;
    while (piece < limits.length - 1 && ends[i] > limits[piece]) piece++;
    if (piece !== before && i > start) {
      units.push({ start, end: i, text: spanText(start, i) });
      start = i;
    }
  }
  if (start < starts.length) {
    units.push({ start, end: starts.length, text: spanText(start, starts.length) });
  }
  return units;
}
