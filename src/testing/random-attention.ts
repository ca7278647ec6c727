import fc from 'fast-check';
import { type CausalSlice, rowStart } from '../tensor/causal-slice.ts';

/** A text of token ids and some heads' matrices on it. */
export interface RandomAttention {
  readonly ids: Int32Array;
  readonly slices: readonly CausalSlice[];
}

/** Makes rows that sum to 1 (in float32) out of any numbers from 0 on; a row of nothing looks at itself. */
function toSlice(size: number, raw: readonly number[]): CausalSlice {
  const packed = new Float32Array(rowStart(size));
  for (let query = 0; query < size; query++) {
    const row = raw.slice(rowStart(query), rowStart(query + 1));
    const total = row.reduce((sum, value) => sum + value, 0);
    if (total > 0)
      packed.set(
        row.map((value) => value / total),
        rowStart(query),
      );
    else packed[rowStart(query) + query] = 1;
  }
  return { size, packed };
}

/** Short texts of few different tokens, so that they repeat, with one to three heads. */
export function randomAttention(heads = { minLength: 1, maxLength: 3 }) {
  return fc
    .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 9 })
    .chain((ids): fc.Arbitrary<RandomAttention> => {
      const cells = rowStart(ids.length);
      const weight = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1, noNaN: true }));
      const head = fc.array(weight, { minLength: cells, maxLength: cells });
      return fc.array(head, heads).map((raw) => ({
        ids: Int32Array.from(ids),
        slices: raw.map((values) => toSlice(ids.length, values)),
      }));
    });
}
