import { type CausalSlice, rowStart } from '../tensor/causal-slice.ts';
import type { PackedRows } from './packed-rows.ts';

/** The mean over heads of one layer's exact rows, for the first `count` queries. */
export function averageHeads(heads: readonly PackedRows[], count: number): CausalSlice {
  const sums = new Float64Array(rowStart(count));
  for (const rows of heads) {
    for (let query = 0; query < count; query++) {
      const row = rows.row(query);
      const start = rowStart(query);
      for (let key = 0; key <= query; key++) sums[start + key] += row[key];
    }
  }
  return { size: count, packed: Float32Array.from(sums, (sum) => sum / heads.length) };
}
