import { describe, expect, it } from 'vitest';
import { toTextBytes } from './byte-offsets.ts';
import { displayToken, shortToken } from './display-token.ts';
import { getUnits } from './get-units.ts';
import type { TokenizedText } from './token.ts';

/** Tokens cut where the text has "|". */
function cut(marked: string): TokenizedText {
  const pieces = marked.split('|').filter((piece) => piece !== '');
  const text = pieces.join('');
  let at = 0;
  const ends = Int32Array.from(pieces, (piece) => (at += piece.length));
  const starts = Int32Array.from(pieces, (piece, i) => ends[i] - piece.length);
  return {
    text,
    ids: Int32Array.from(pieces, (_, i) => i),
    pieces,
    starts,
    ends,
    special: pieces.map(() => false),
  };
}
const texts = (marked: string, unit: 'token' | 'word' | 'sentence' | 'line') =>
  getUnits(cut(marked), unit).map((each) => each.text);

describe('getUnits', () => {
  it('keeps tokens as they are', () => {
    expect(texts('The| pl|umber', 'token')).toEqual(['The', ' pl', 'umber']);
  });
  it('joins the pieces of a word; the space before belongs to it', () => {
    expect(texts('The| pl|umber| left|.', 'word')).toEqual(['The', ' plumber', ' left', '.']);
  });
  it('gives a token that spans two words to the one with its last character', () => {
    expect(texts('a b|c', 'word')).toEqual(['a bc']);
  });
  it('cuts sentences and lines', () => {
    expect(texts('One|.| Two|.', 'sentence')).toEqual(['One.', ' Two.']);
    expect(texts('a|\n|b|\n', 'line')).toEqual(['a\n', 'b\n']);
  });
  it('covers every token once, also of nothing', () => {
    expect(getUnits(cut(''), 'word')).toEqual([]);
    const units = getUnits(cut('x| y|\n\n|z| 😀|!'), 'word');
    expect(units[0].start).toBe(0);
    for (const [i, unit] of units.entries()) {
      expect(unit.end).toBe(units[i + 1]?.start ?? 6);
    }
  });
});

describe('displayToken', () => {
  it('makes whitespace and control characters visible', () => {
    expect(displayToken(' the')).toBe('·the');
    expect(displayToken('\n\t')).toBe('⏎⇥');
    expect(displayToken('\u0000\u200b')).toBe('␀‹200B›');
    expect(displayToken('')).toBe('∅');
  });
  it('shortens long tokens', () => expect(shortToken('abcdefghijklmnop', 5)).toBe('abcd…'));
});

describe('toTextBytes', () => {
  it('knows which code units each byte came from', () => {
    const { bytes, starts, ends } = toTextBytes('é😀\ud800');
    expect(bytes).toHaveLength(2 + 4 + 3);
    expect(Array.from(starts)).toEqual([0, 0, 1, 1, 1, 1, 3, 3, 3]);
    expect(Array.from(ends)).toEqual([1, 1, 3, 3, 3, 3, 4, 4, 4]);
  });
});
