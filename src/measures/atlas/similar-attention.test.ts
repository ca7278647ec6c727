import { describe, expect, it } from 'vitest';
import { attentionFromText } from '../../testing/attention-from-text.ts';
import { prepareSlice } from '../slices/divergence.ts';
import { findSimilarAttention } from './similar-attention.ts';

const head = (rows: string) => prepareSlice(attentionFromText(`a b c\n${rows}`).slice);

describe('findSimilarAttention', () => {
  const heads = [
    head('1\n1 0\n0 1 0'),
    head('1\n0 1\n1 0 0'),
    head('1\n.9 .1\n0 .9 .1'),
    head('1\n1 0\n0 1 0'),
  ];

  it('puts the heads with the nearest rows first', () => {
    const [first, second, third] = findSimilarAttention(heads, 2, 0, 3);
    expect(first).toEqual({ layer: 1, head: 1, distance: 0 });
    expect([second.layer, second.head]).toEqual([1, 0]);
    // Two of three rows have nothing in common.
    expect(third).toEqual({ layer: 0, head: 1, distance: expect.closeTo((2 / 3) * Math.LN2) });
  });

  it('gives as many as there are', () => {
    expect(findSimilarAttention(heads, 2, 0, 2).length).toBe(2);
    expect(findSimilarAttention([heads[0]], 1, 0, 2)).toEqual([]);
  });
});
