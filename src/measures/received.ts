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

/**
 * The part of each query's attention that a matrix still shows: the sum of its row. 1 before anything is
 * left out, less where cells are hidden; NaN for an undefined row.
 */
export function computeShownMass(slice: CausalSlice): Float32Array {
  const mass = new Float32Array(slice.size);
  for (let query = 0; query < slice.size; query++) {
    let sum = 0;
    for (let i = rowStart(query); i < rowStart(query + 1); i++) sum += slice.packed[i];
    mass[query] = sum;
  }
  return mass;
}
