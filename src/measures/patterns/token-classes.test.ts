import { describe, expect, it } from 'vitest';
import { listCells } from '../../testing/list-cells.ts';
import { tokensFromPieces } from '../../testing/tokens-from-pieces.ts';
import { toProbe } from './pattern-measure.ts';
import { delimiter, findTokens, isDelimiter, isPunctuation, punctuation } from './token-classes.ts';

describe('classes of tokens', () => {
  it('know punctuation', () => {
    for (const text of ['.', ' ,', '..."', '«', '。', ' (', '-'])
      expect(isPunctuation(text), text).toBe(true);
    for (const text of ['', ' ', 'a.', '$', '+', '\n', '1'])
      expect(isPunctuation(text), text).toBe(false);
  });
  it('know what ends a line, a cell or a sentence', () => {
    for (const text of ['\n', '\n\n', '\t', '.', ' !', '?"', '。', '…', '.\n'])
      expect(isDelimiter(text), text).toBe(true);
    for (const text of ['', ' ', ',', 'a.', '"', ':']) expect(isDelimiter(text), text).toBe(false);
  });
  it('leave control tokens out', () => {
    const tokens = { ...tokensFromPieces('.', 'a', '.'), special: [true, false, false] };
    expect(findTokens(tokens, isPunctuation)).toEqual([2]);
  });
});

it('patterns of classes are columns without the first key', () => {
  const text = toProbe(tokensFromPieces('"', 'a', ',', 'b', '.'));
  expect(listCells(punctuation.build(text)!)).toEqual(['2>2', '3>2', '4>2', '4>4']);
  expect(listCells(delimiter.build(text)!)).toEqual(['4>4']);
  expect(punctuation.build({ ...text, tokens: null })).toBeNull();
  expect(delimiter.build({ ...text, tokens: null })).toBeNull();
});
