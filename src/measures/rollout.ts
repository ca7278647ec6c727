import { type CausalSlice, rowStart } from '../tensor/causal-slice.ts';

/**
 * Attention with the residual connection: (A + I), each row divided by its sum, which is 0.5 A + 0.5 I
 * where rows sum to 1 (Abnar & Zuidema 2020; methods 5.11 [CODE]). Packed rows; an undefined row stays NaN.
 */
export function addResidual({ size, packed }: CausalSlice): Float64Array {
  const mixed = Float64Array.from(packed);
  for (let query = 0; query < size; query++) {
    const start = rowStart(query);
    mixed[start + query] += 1;
    let sum = 0;
    for (let key = 0; key <= query; key++) sum += mixed[start + key];
    for (let key = 0; key <= query; key++) mixed[start + key] /= sum;
  }
  return mixed;
}

/**
 * Attention rollout of every layer: R_0 = A'_0, R_l = A'_l R_(l−1), where A'_l is the mean over heads of
 * layer l with the residual connection. Row i of R_l says how position i after layer l is mixed of the
 * tokens; rows sum to 1. `layers` are means over heads, first layer first. NaN spreads to all that is made
 * of it. Source: Abnar & Zuidema 2020, methods 5.11 [CODE]. Costs layers x n³ / 6.
 */
export function computeRollout(layers: readonly CausalSlice[]): readonly CausalSlice[] {
  let before: Float64Array | null = null;
  return layers.map((layer) => {
    const mixed = addResidual(layer);
    before = before === null ? mixed : multiplyCausal(mixed, before, layer.size);
    return { size: layer.size, packed: Float32Array.from(before) };
  });
}

/** Product of two lower triangular matrices in packed rows. */
function multiplyCausal(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const product = new Float64Array(a.length);
  for (let query = 0; query < size; query++) {
    const row = product.subarray(rowStart(query), rowStart(query + 1));
    for (let middle = 0; middle <= query; middle++) {
      const weight = a[rowStart(query) + middle];
      const start = rowStart(middle);
      for (let key = 0; key <= middle; key++) row[key] += weight * b[start + key];
    }
  }
  return product;
}

/** One row of the last layer's rollout, [query + 1], without the others: costs layers x n². */
export function computeRolloutRow(layers: readonly CausalSlice[], query: number): Float64Array {
  let row: Float64Array = new Float64Array(query + 1);
  row[query] = 1;
  for (const layer of layers.toReversed()) {
    const mixed = addResidual(layer);
    const below = new Float64Array(query + 1);
    for (let middle = 0; middle <= query; middle++) {
      const start = rowStart(middle);
      for (let key = 0; key <= middle; key++) below[key] += row[middle] * mixed[start + key];
    }
    row = below;
  }
  return row;
}
