import { getBinEdges, WEIGHT_BINS } from '../../tensor/weight-histogram.ts';
import type { DomainSetResults } from './domain-results.ts';

/** Fine bins that make one coarse one: a doubling of the weight. */
const STEPS = 4;

/** Coarse bins: one for all weights below 2^-24, then one for each doubling up to 1. */
export const OCTAVES = (WEIGHT_BINS - 1) / STEPS + 1;

const edges = getBinEdges();

/** Lower edge of a coarse bin. */
export function getOctaveEdge(octave: number): number {
  return octave === 0 ? 0 : edges[1 + (octave - 1) * STEPS];
}

/** Upper edge of a fine bin: 1 for the last. */
export function getUpperEdge(bin: number): number {
  return edges[bin + 1] ?? 1;
}

const counted = new WeakMap<DomainSetResults, Map<number | null, Float64Array>>();

/**
 * [WEIGHT_BINS] how many weights of a set fall into each bin, over texts and heads, for one layer or all of
 * them (null). The first key is left out; so are cells above the diagonal. Counted once.
 */
export function countSetWeights(set: DomainSetResults, layer: number | null): Float64Array {
  const known = counted.get(set) ?? new Map<number | null, Float64Array>();
  counted.set(set, known);
  const found = known.get(layer) ?? sumWeights(set, layer);
  known.set(layer, found);
  return found;
}

function sumWeights(set: DomainSetResults, layer: number | null): Float64Array {
  const counts = new Float64Array(WEIGHT_BINS);
  for (const { weightCounts, layerCount } of set.profiles) {
    const [from, to] = layer === null ? [0, layerCount] : [layer, layer + 1];
    for (let each = from; each < to; each++) {
      const start = each * WEIGHT_BINS;
      for (let bin = 0; bin < WEIGHT_BINS; bin++) counts[bin] += weightCounts[start + bin];
    }
  }
  return counts;
}

function sumOf(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** [OCTAVES] share of all weights in each doubling; sums to 1. NaN when there are none. */
export function toOctaveShares(counts: Float64Array): Float64Array {
  const total = sumOf(counts);
  const shares = new Float64Array(OCTAVES).fill(total > 0 ? 0 : Number.NaN);
  if (total > 0)
    counts.forEach((count, bin) => {
      shares[bin === 0 ? 0 : 1 + Math.floor((bin - 1) / STEPS)] += count / total;
    });
  return shares;
}

/** [WEIGHT_BINS] share of all weights below the upper edge of each bin; the last is 1. NaN when there are none. */
export function toCumulativeShares(counts: Float64Array): Float64Array {
  const total = sumOf(counts);
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return total > 0 ? sum / total : Number.NaN;
  });
}

/**
 * The weight under which half of all lie: the upper edge of the bin that holds the middle one, so exact to
 * a quarter of a doubling. NaN when there are none.
 */
export function findMedianWeight(counts: Float64Array): number {
  const cumulative = toCumulativeShares(counts);
  const bin = cumulative.findIndex((share) => share >= 0.5);
  return bin < 0 ? Number.NaN : getUpperEdge(bin);
}

/** Share of the weights that are at least 2^-power; NaN when there are none. */
export function getShareAbove(counts: Float64Array, power: number): number {
  const octaves = toOctaveShares(counts);
  return octaves.subarray(OCTAVES - power).reduce((sum, share) => sum + share, 0);
}
