/** What measures need to know of a text's tokens, found once a text. One entry a token. */
export interface MeasuredText {
  readonly ids: Int32Array;
  /** How many earlier tokens are the same. */
  readonly earlierCopies: Int32Array;
  /** 1 where the token is the same as the text's first and not the first itself. */
  readonly copiesFirst: Uint8Array;
  /** 1 where the token is the same as the one before it. */
  readonly repeatsPrevious: Uint8Array;
  /** Sum of `earlierCopies`: cells of the duplicate pattern, and of the induction pattern (methods 5.1). */
  readonly copyCells: number;
}

const known = new WeakMap<Int32Array, MeasuredText>();

/** Facts of a text's tokens; found once for each array of ids. `a b a a` -> copies 0 0 1 2. */
export function getMeasuredText(ids: Int32Array): MeasuredText {
  const found = known.get(ids) ?? findFacts(ids);
  known.set(ids, found);
  return found;
}

function findFacts(ids: Int32Array): MeasuredText {
  const seen = new Map<number, number>();
  let copyCells = 0;
  const earlierCopies = ids.map((id) => {
    const earlier = seen.get(id) ?? 0;
    seen.set(id, earlier + 1);
    copyCells += earlier;
    return earlier;
  });
  return {
    ids,
    earlierCopies,
    copiesFirst: Uint8Array.from(ids, (id, i) => (i > 0 && id === ids[0] ? 1 : 0)),
    repeatsPrevious: Uint8Array.from(ids, (id, i) => (i > 0 && id === ids[i - 1] ? 1 : 0)),
    copyCells,
  };
}
