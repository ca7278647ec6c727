import { type CellPattern, createPattern } from '../../tensor/cell-pattern.ts';

/**
 * Each query's key `back` tokens before it, from query `start + back` on: 0 the token itself, 1 the one
 * before it. `start` is the first token that takes part.
 */
export function createOffsetPattern(size: number, back: number, start = 0): CellPattern {
  return createPattern(size, (query) => (query - back >= start ? [query - back] : []));
}
