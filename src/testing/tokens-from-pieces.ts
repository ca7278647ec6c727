import type { TokenizedText } from '../text/token.ts';

/** A text out of its tokens, as they are written; equal tokens get equal ids, numbered as they come. */
export function tokensFromPieces(...pieces: string[]): TokenizedText {
  const known = [...new Set(pieces)];
  let at = 0;
  const ends = Int32Array.from(pieces, (piece) => {
    at += piece.length;
    return at;
  });
  return {
    text: pieces.join(''),
    ids: Int32Array.from(pieces, (piece) => known.indexOf(piece)),
    pieces,
    starts: Int32Array.from(pieces, (piece, i) => ends[i] - piece.length),
    ends,
    special: pieces.map(() => false),
  };
}
