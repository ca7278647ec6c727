import { type CellPattern, createPattern } from '../../tensor/cell-pattern.ts';
import { findCopies } from '../../text/token-copies.ts';

/** Earlier copies of the query's token (TransformerLens detect_head; methods 5.1 [CODE]). `a b a`: 2 -> 0. */
export function createDuplicatePattern(ids: Int32Array): CellPattern {
  const { duplicates } = findCopies(ids);
  return createPattern(ids.length, (query) => duplicates[query]);
}

/**
 * What followed earlier copies of the query's token (methods 5.1 [CODE]). A token said twice is its own
 * follower: `a b a` has 2 -> 1, `a a` has 1 -> 1.
 */
export function createInductionPattern(ids: Int32Array): CellPattern {
  const { duplicates } = findCopies(ids);
  return createPattern(ids.length, (query) => duplicates[query].map((key) => key + 1));
}
