import { describe, expect, it } from 'vitest';
import { getNeighbourCount, getPerplexity } from './projection-settings.ts';

describe('projections of few points', () => {
  it('look at fewer neighbours', () => {
    expect([4, 10, 91, 640].map(getPerplexity)).toEqual([1, 3, 30, 30]);
    expect([4, 9, 30, 45, 640].map(getNeighbourCount)).toEqual([3, 3, 10, 15, 15]);
  });
});
