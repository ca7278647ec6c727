import { type CellPattern, createPattern } from '../../tensor/cell-pattern.ts';

/** Every query's cell on the first token; `start` is the token that counts as the first. */
export function createFirstKeyPattern(size: number, start = 0): CellPattern {
  return createPattern(size, (query) => (query >= start ? [start] : []));
}
