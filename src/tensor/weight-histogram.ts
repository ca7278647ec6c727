/** Weights below 2^-SMALLEST_POWER share the first bin. */
const SMALLEST_POWER = 24;
/** Bins between two powers of two. */
const STEPS = 4;

/** Bins of a histogram of attention weights: one for all below 2^-24, then four for each doubling up to 1. */
export const WEIGHT_BINS = SMALLEST_POWER * STEPS + 1;

/** The bits of a float32 that name its bin: the exponent and the first two of the fraction. */
const SHIFT = 21;
const LOWEST = (127 - SMALLEST_POWER) << 2;

/**
 * Lower edges of the bins, [WEIGHT_BINS]: 0, then 2^-24 · (1, 1.25, 1.5, 1.75), 2^-23 · …, the last bin
 * from 0.875 to 1. A bin holds its lower edge; the last one also holds 1 and what rounding put above it.
 */
export function getBinEdges(): Float64Array {
  return Float64Array.from({ length: WEIGHT_BINS }, (_, bin) =>
    bin === 0
      ? 0
      : 2 ** (Math.floor((bin - 1) / STEPS) - SMALLEST_POWER) * (1 + ((bin - 1) % STEPS) / STEPS),
  );
}

/** Adds each weight to its bin. NaN counts nowhere. The bits decide: no logarithm for each cell. */
export function countWeights(bins: Float64Array, weights: Float32Array): void {
  const bits = new Int32Array(weights.buffer, weights.byteOffset, weights.length);
  for (let i = 0; i < bits.length; i++) {
    const place = (bits[i] >> SHIFT) - LOWEST;
    if (place < 0) bins[0]++;
    else if (place < WEIGHT_BINS - 1) bins[place + 1]++;
    else if (weights[i] >= 1) bins[WEIGHT_BINS - 1]++;
  }
}
