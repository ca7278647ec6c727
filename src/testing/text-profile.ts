import { type PooledHeads, PROFILE_CORNER, type TextProfile } from '../measures/text-profile.ts';
import { rowStart } from '../tensor/causal-slice.ts';
import { WEIGHT_BINS } from '../tensor/weight-histogram.ts';

type Drawn = Readonly<Record<keyof PooledHeads, ArrayLike<number>>>;

/** A profile of given sums and weights, [layer, head] each; all else is empty or 0 unless given. */
export function createProfile(
  measures: Readonly<Record<string, Drawn>>,
  given: Partial<TextProfile> = {},
): TextProfile {
  const { layerCount = 2, headCount = 2, hiddenSize = 4 } = given;
  return {
    layerCount,
    headCount,
    hiddenSize,
    tokenCount: 5,
    sampleCount: 1,
    measures: Object.fromEntries(
      Object.entries(measures).map(([id, { sums, weights }]) => [
        id,
        { sums: Float64Array.from(sums), weights: Float64Array.from(weights) },
      ]),
    ),
    weightCounts: new Float64Array(layerCount * WEIGHT_BINS),
    corners: new Float32Array(layerCount * headCount * rowStart(PROFILE_CORNER)),
    meanStream: new Float32Array((layerCount + 1) * hiddenSize),
    lastStream: new Float32Array((layerCount + 1) * hiddenSize),
    ...given,
  };
}
