/**
 * For each query the keys that hold an earlier copy of its token (`duplicates`) and the keys that follow
 * such a copy (`followers`), as TransformerLens's detection patterns have them (methods: detect_head).
 * A follower may be the query itself, when the token before it is the same.
 */
export interface TokenCopies {
  readonly duplicates: readonly (readonly number[])[];
}

/** Finds earlier copies of each token, in one pass. */
export function findCopies(ids: Int32Array): TokenCopies {
  const seen = new Map<number, number[]>();
  const duplicates: (readonly number[])[] = [];
  ids.forEach((id, position) => {
    const earlier = seen.get(id);
    duplicates.push(earlier ? [...earlier] : []);
    if (earlier) earlier.push(position);
    else seen.set(id, [position]);
  });
  return { duplicates };
}
