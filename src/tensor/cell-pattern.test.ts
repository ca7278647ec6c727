import { describe, expect, it } from 'vitest';
import { countCells, createPattern } from './cell-pattern.ts';

describe('createPattern', () => {
  it('keeps each query’s keys in order, once, and only those it can see', () => {
    const pattern = createPattern(4, (query) => (query === 2 ? [2, 0, 0, 3, -1] : [query - 1]));
    expect(Array.from(pattern.starts)).toEqual([0, 0, 1, 3, 4]);
    expect(Array.from(pattern.keys)).toEqual([0, 0, 2, 2]);
    expect(countCells(pattern)).toBe(4);
  });

  it('is empty for nothing', () => {
    const pattern = createPattern(0, () => []);
    expect(Array.from(pattern.starts)).toEqual([0]);
    expect(countCells(pattern)).toBe(0);
  });
});
