import { type CausalSlice, rowStart } from '../tensor/causal-slice.ts';
import type { TokenizedText } from '../text/token.ts';

/** A small text and one head's weights on it, as a test draws them. */
export interface DrawnAttention {
  readonly tokens: TokenizedText;
  readonly slice: CausalSlice;
}

/** Cuts a text before each space, as byte-level vocabularies do; ids are given by `idOf`. */
export function cutAtSpaces(text: string, idOf: (piece: string) => number): TokenizedText {
  const parts = text.match(/\s?[^\s]+|\s/g) ?? [];
  let at = 0;
  const ends = Int32Array.from(parts, (part) => {
    at += part.length;
    return at;
  });
  return {
    text,
    ids: Int32Array.from(parts, idOf),
    pieces: parts.map((part) => part.replace(/^\s/, 'Ġ')),
    starts: Int32Array.from(parts, (part, i) => ends[i] - part.length),
    ends,
    special: parts.map(() => false),
  };
}

/**
 * Reads a drawing: the words on the first line, then a line a query with one weight a key, as in
 * `the cat sat`, `1`, `.5 .5`, `.2 .3 .5`. Equal words get equal ids. Throws when a line has not just
 * as many numbers as keys that the query may look at; weights need not sum to 1.
 */
export function attentionFromText(drawing: string): DrawnAttention {
  const lines = drawing.trim().split('\n');
  const text = lines[0].trim().replace(/ +/g, ' ');
  const known: string[] = [];
  const tokens = cutAtSpaces(text, (part) => {
    const word = part.trim();
    if (!known.includes(word)) known.push(word);
    return known.indexOf(word);
  });
  const size = tokens.ids.length;
  if (lines.length - 1 !== size) {
    throw new Error(`${size} words are drawn, but ${lines.length - 1} rows`);
  }
  const packed = new Float32Array(rowStart(size));
  for (let query = 0; query < size; query++) {
    const row = lines[query + 1].trim().split(/\s+/);
    if (row.length !== query + 1) {
      throw new Error(`row ${query} has ${row.length} weights where ${query + 1} keys can be seen`);
    }
    row.forEach((weight, key) => {
      const value = Number(weight);
      if (Number.isNaN(value) && weight !== 'NaN') throw new Error(`"${weight}" is no weight`);
      packed[rowStart(query) + key] = value;
    });
  }
  return { tokens, slice: { size, packed } };
}
