import { expect, it } from 'vitest';
import type { TokenizedText } from '../../text/token.ts';
import { writeText } from './texts.ts';

/** Words with the space before them, and everything else one character a token. */
function cutWords(text: string): TokenizedText {
  const pieces = [...text.matchAll(/ ?\w+|[^\w]/g)];
  return {
    text,
    ids: Int32Array.from(pieces, (_, index) => index),
    pieces: pieces.map(([piece]) => piece),
    starts: Int32Array.from(pieces, (piece) => piece.index),
    ends: Int32Array.from(pieces, (piece) => piece.index + piece[0].length),
    special: pieces.map(() => false),
  };
}

it.each([1, 64, 512, 4000])(
  'writes a text of exactly %d tokens that a word can follow',
  async (count) => {
    const text = await writeText(count, async (whole) => cutWords(whole));
    expect(cutWords(text).ids.length).toBe(count);
    const longer = cutWords(`${text} again`);
    expect(longer.pieces.slice(0, count)).toEqual(cutWords(text).pieces);
    expect(longer.ids.length).toBe(count + 1);
  },
);
