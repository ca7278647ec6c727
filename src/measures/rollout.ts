import type { SlicedWork } from '../lib/sliced-work.ts';
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

/**
 * One query's row of the rollout after each layer, [layer][query + 1]: what position `query` is mixed of.
 * The same as row `query` of `computeRollout`; costs layers² x n² / 4 and holds no other rows. In slices.
 */
export function* computeRolloutRows(
  layers: readonly CausalSlice[],
  query: number,
): SlicedWork<readonly Float64Array[]> {
  const mixed: Float64Array[] = [];
  const rows: Float64Array[] = [];
  for (const [layer, slice] of layers.entries()) {
    mixed.push(addResidual(slice));
    let row: Float64Array = new Float64Array(query + 1);
    row[query] = 1;
    for (let below = layer; below >= 0; below--) row = stepDown(row, mixed[below]);
    rows.push(row);
    yield (layer + 1) ** 2 / layers.length ** 2;
  }
  return rows;
}

/** A row times a lower triangular matrix in packed rows. */
function stepDown(row: Float64Array, matrix: Float64Array): Float64Array {
  const next = new Float64Array(row.length);
  for (let middle = 0; middle < row.length; middle++) {
    const weight = row[middle];
    const start = rowStart(middle);
    for (let key = 0; key <= middle; key++) next[key] += weight * matrix[start + key];
  }
  return next;
}
