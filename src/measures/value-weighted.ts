import { type CausalSlice, rowStart } from '../tensor/causal-slice.ts';

/**
 * Attention weighted by what it carries: A_ij · |v_j W_O|, the length of what key j adds to query i's
 * stream (Kobayashi et al. 2020). `norms` [size] are |v_j W_O| of the same head. Not normalised: a row sums
 * to no fixed number. A norm of NaN makes its column NaN. Weights .5 .5 on keys of norms 0 and 4: 0 and 2.
 */
export function weightByValues(slice: CausalSlice, norms: Float32Array): CausalSlice {
  const packed = new Float32Array(slice.packed.length);
  for (let query = 0; query < slice.size; query++) {
    const start = rowStart(query);
    for (let key = 0; key <= query; key++)
      packed[start + key] = slice.packed[start + key] * norms[key];
  }
  return { size: slice.size, packed };
}

/** Rows divided by their sums, so that they compare with weights; a row without a sum becomes NaN. */
export function renormaliseRows(slice: CausalSlice): CausalSlice {
  const packed = new Float32Array(slice.packed.length);
  for (let query = 0; query < slice.size; query++) {
    const start = rowStart(query);
    let sum = 0;
    for (let key = 0; key <= query; key++) sum += slice.packed[start + key];
    for (let key = 0; key <= query; key++)
      packed[start + key] = sum > 0 ? slice.packed[start + key] / sum : Number.NaN;
  }
  return { size: slice.size, packed };
}
