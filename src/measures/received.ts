import { type CausalSlice, rowStart } from '../tensor/causal-slice.ts';

/**
 * Attention that each key receives, divided by how many queries can reach it: the mean of its column
 * below the diagonal and on it. Undefined rows are left out; NaN where no row is left.
 */
export function computeReceived(slice: CausalSlice): Float32Array {
  const sum = new Float64Array(slice.size);
  const reach = new Float64Array(slice.size);
  for (let query = 0; query < slice.size; query++) {
    const start = rowStart(query);
    if (Number.isNaN(slice.packed[start])) continue;
    for (let key = 0; key <= query; key++) {
      sum[key] += slice.packed[start + key];
      reach[key]++;
    }
  }
  return Float32Array.from(sum, (value, key) => (reach[key] > 0 ? value / reach[key] : Number.NaN));
}
