import { type CausalSlice, rowOf, rowStart } from '../../tensor/causal-slice.ts';
import { computeRowEntropy } from '../entropy.ts';
import type { MeasureDescription, Pooled } from '../measure.ts';

/** A matrix made ready to be compared with many others. */
export interface PreparedSlice {
  readonly size: number;
  /** Packed rows, each with sum 1; rows of nothing are NaN. */
  readonly packed: Float32Array;
  /** [query] nats; NaN for a row of nothing. */
  readonly entropies: Float64Array;
}

/** Σ over rows of the divergence, nats, with how many rows there were and how many had to be left out. */
export interface DivergenceSum extends Pooled {
  readonly skipped: number;
}

/**
 * Rows divided by their sums; with `smoothing` s a weight becomes (1 − s) a + s / keys, as Clark et al.
 * 2019 do with .001 (methods 5.13), keys being those that the query may look at.
 */
export function prepareSlice(slice: CausalSlice, smoothing = 0): PreparedSlice {
  const packed = new Float32Array(rowStart(slice.size));
  const entropies = new Float64Array(slice.size);
  for (let query = 0; query < slice.size; query++) {
    const row = rowOf(slice, query);
    let sum = 0;
    for (let key = 0; key <= query; key++) sum += row[key];
    const own = packed.subarray(rowStart(query), rowStart(query + 1));
    for (let key = 0; key <= query; key++)
      own[key] =
        sum > 0 ? ((1 - smoothing) * row[key]) / sum + smoothing / (query + 1) : Number.NaN;
    entropies[query] = computeRowEntropy(own);
  }
  return { size: slice.size, packed, entropies };
}

/**
 * Jensen-Shannon divergence of the rows of two matrices, in nats, not rooted: H((p + q) / 2) − (H(p) +
 * H(q)) / 2 of each row, 0 to ln 2 (methods 2.2 [CODE]). The rows that both have are compared,
 * or only every `step`-th, from the last on, where many heads are. A row of nothing in either is left out
 * and counted.
 */
export function comparePrepared(a: PreparedSlice, b: PreparedSlice, step = 1): DivergenceSum {
  let sum = 0;
  let weight = 0;
  let skipped = 0;
  for (let query = Math.min(a.size, b.size) - 1; query >= 0; query -= step) {
    const mean = (a.entropies[query] + b.entropies[query]) / 2;
    if (Number.isNaN(mean)) {
      skipped++;
      continue;
    }
    let mixed = 0;
    for (let at = rowStart(query); at < rowStart(query + 1); at++) {
      const m = (a.packed[at] + b.packed[at]) / 2;
      if (m > 0) mixed -= m * Math.log(m);
    }
    sum += Math.min(Math.LN2, Math.max(0, mixed - mean));
    weight++;
  }
  return { sum, weight, skipped };
}

/** The same of two matrices, without smoothing. Disjoint rows -> ln 2 each. */
export function compareSlices(a: CausalSlice, b: CausalSlice): DivergenceSum {
  return comparePrepared(prepareSlice(a), prepareSlice(b));
}

/**
 * [a, b] mean divergence between the heads of one text, symmetric, 0 on the diagonal; from every
 * `step`-th query. Work grows with the square of heads and of tokens.
 */
export function computeHeadDistances(heads: readonly PreparedSlice[], step = 1): Float64Array {
  const count = heads.length;
  const distances = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      const { sum, weight } = comparePrepared(heads[a], heads[b], step);
      const distance = weight > 0 ? sum / weight : Number.NaN;
      distances[a * count + b] = distance;
      distances[b * count + a] = distance;
    }
  }
  return distances;
}

/** How differently one head looks at two texts of equal length, or two models at one text. */
export const textDivergence = {
  id: 'text-divergence',
  unit: 'nats',
  range: [0, Math.LN2],
  formula: 'mean over queries of H((p + q) / 2) − (H(p) + H(q)) / 2, rows p and q with sum 1',
  source: 'Gao et al. 2023, Jensen-Shannon; methods 2.2 [CODE]',
  certainty: 'standard',
  needs: 'slices',
} as const satisfies MeasureDescription;

/** How differently two heads look at one text. */
export const headDivergence = {
  id: 'head-divergence',
  unit: 'nats',
  range: [0, Math.LN2],
  formula:
    'mean over queries of the Jensen-Shannon divergence of two heads’ rows, .999 a + .001 / keys',
  source:
    'Clark et al. 2019, who sum over rows; smoothed over the keys that a query may look at; methods 5.13 [CODE]',
  certainty: 'standard',
  needs: 'slices',
} as const satisfies MeasureDescription;

/** The share that Clark et al. spread evenly before heads are compared. */
export const HEAD_SMOOTHING = 0.001;
