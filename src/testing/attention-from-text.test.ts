import { describe, expect, it } from 'vitest';
import { rowOf } from '../tensor/causal-slice.ts';
import { attentionFromText, cutAtSpaces } from './attention-from-text.ts';

describe('attentionFromText', () => {
  it('reads words and the weights of each query', () => {
    const { tokens, slice } = attentionFromText('the cat the\n1\n.5 .5\n.2 .3 .5');
    expect(tokens.text).toBe('the cat the');
    expect(Array.from(tokens.ids)).toEqual([0, 1, 0]);
    expect(tokens.pieces).toEqual(['the', 'Ġcat', 'Ġthe']);
    expect(Array.from(tokens.starts)).toEqual([0, 3, 7]);
    expect(Array.from(tokens.ends)).toEqual([3, 7, 11]);
    expect(slice.size).toBe(3);
    expect(rowOf(slice, 2)).toEqual(Float32Array.of(0.2, 0.3, 0.5));
  });
  it('takes NaN for a row that is undefined', () => {
    expect(rowOf(attentionFromText('a b\n1\nNaN NaN').slice, 1)).toEqual(
      Float32Array.of(Number.NaN, Number.NaN),
    );
  });
  it.each([
    ['a b\n1', /2 words are drawn, but 1 rows/],
    ['a b\n1\n1', /row 1 has 1 weights where 2/],
    ['a\nx', /"x" is no weight/],
  ])('refuses %j', (drawing, message) => {
    expect(() => attentionFromText(drawing)).toThrow(message);
  });
  it('cuts every character into just one token', () => {
    for (const text of ['', ' ', 'a  b', ' a\n\nb ', '\t']) {
      const { starts, ends } = cutAtSpaces(text, () => 0);
      expect(Array.from(starts, (start, i) => text.slice(start, ends[i])).join('')).toBe(text);
    }
  });
});
