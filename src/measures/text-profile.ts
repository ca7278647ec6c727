/** One measure's sums and what they are divided by, [layer, head] each. Value = sum / weight. */
export interface PooledHeads {
  readonly sums: Float64Array;
  readonly weights: Float64Array;
}

/** Side of the beginning of each matrix that a profile keeps: variability looks at ten positions. */
export const PROFILE_CORNER = 10;

/** What is kept of one text of a set after its survey: enough for every number, map and projection. */
export interface TextProfile {
  readonly layerCount: number;
  readonly headCount: number;
  readonly hiddenSize: number;
  /** Tokens surveyed, over all samples of the text. */
  readonly tokenCount: number;
  /** Windows of the text that were surveyed; 1 for a text that was cut. */
  readonly sampleCount: number;
  /** By the measure's id. */
  readonly measures: Readonly<Record<string, PooledHeads>>;
  /** [layer, WEIGHT_BINS] weights by size, over heads and samples, the first key left out. */
  readonly weightCounts: Float64Array;
  /** [layer, head, PROFILE_CORNER (PROFILE_CORNER + 1) / 2] of the first sample; NaN beyond a short one. */
  readonly corners: Float32Array;
  /** [layer + 1, hidden size] the stream's mean over tokens, averaged over samples. */
  readonly meanStream: Float32Array;
  /** [layer + 1, hidden size] the stream at the last token, averaged over samples. */
  readonly lastStream: Float32Array;
}

/** From this mean attention on the first token on, a head counts as resting on it (ours). */
export const RESTING_MASS = 0.99;

/** Measures of what is left without the first key: next to nothing where a head rests on it. */
const TAIL_MEASURES: ReadonlySet<string> = new Set([
  'distance-tail',
  'entropy-renormalised',
  'entropy-renormalised-share',
  'effective-keys',
]);

/**
 * A text's sums and weights of a measure; null when it has none. Measures without the first key are
 * undefined (weight 0) for heads that rest on it in this text: they would be the noise of a hundredth.
 */
export function getTextMeasure({ measures }: TextProfile, id: string): PooledHeads | null {
  const pooled = measures[id];
  if (pooled === undefined) return null;
  const { first } = measures;
  if (first === undefined || !TAIL_MEASURES.has(id)) return pooled;
  const isResting = (at: number): boolean =>
    divide(first.sums[at], first.weights[at]) > RESTING_MASS;
  return {
    sums: pooled.sums.map((sum, at) => (isResting(at) ? 0 : sum)),
    weights: pooled.weights.map((weight, at) => (isResting(at) ? 0 : weight)),
  };
}

/** A head's value; NaN when nothing stands behind it. */
function divide(sum: number, weight: number): number {
  return weight > 0 ? sum / weight : Number.NaN;
}

/**
 * Sums and weights of several texts together: numerators and denominators are added before dividing, so
 * a long text counts by its length (methods 1.1). Null when no text has the measure.
 */
export function poolTexts(profiles: readonly TextProfile[], id: string): PooledHeads | null {
  const all = profiles.flatMap((profile) => getTextMeasure(profile, id) ?? []);
  if (all.length === 0) return null;
  const sums = new Float64Array(all[0].sums.length);
  const weights = new Float64Array(sums.length);
  for (const pooled of all) {
    for (let at = 0; at < sums.length; at++) {
      // A text in which the measure is undefined for a head adds nothing to it.
      if (!(pooled.weights[at] > 0)) continue;
      sums[at] += pooled.sums[at];
      weights[at] += pooled.weights[at];
    }
  }
  return { sums, weights };
}

/** [layer, head] values; NaN where undefined. */
export function toHeadValues({ sums, weights }: PooledHeads): Float64Array {
  return sums.map((sum, at) => divide(sum, weights[at]));
}

/** [text, layer x head] one value a text: the unit of statistics. NaN where undefined. */
export function toTextValues(profiles: readonly TextProfile[], id: string): Float64Array {
  const width = profiles.length === 0 ? 0 : profiles[0].layerCount * profiles[0].headCount;
  const values = new Float64Array(profiles.length * width).fill(Number.NaN);
  profiles.forEach((profile, text) => {
    const pooled = getTextMeasure(profile, id);
    if (pooled !== null) values.set(toHeadValues(pooled), text * width);
  });
  return values;
}

/** Mean over the defined ones of some values; NaN when there are none. */
function meanOf(values: Iterable<number>): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count > 0 ? sum / count : Number.NaN;
}

/** By layer: the mean over its heads (methods 1.1; ours). */
export function meanByLayer(values: Float64Array, headCount: number): Float64Array {
  return Float64Array.from({ length: values.length / headCount }, (_, layer) =>
    meanOf(values.subarray(layer * headCount, (layer + 1) * headCount)),
  );
}

/** By head index: the mean over layers (methods 1.1; ours). */
export function meanByHead(values: Float64Array, headCount: number): Float64Array {
  const layerCount = values.length / headCount;
  return Float64Array.from({ length: headCount }, (_, head) =>
    meanOf(Array.from({ length: layerCount }, (_, layer) => values[layer * headCount + head])),
  );
}

/** Bytes of all arrays of a profile, those that measures share once. */
export function countProfileBytes(profile: TextProfile): number {
  const arrays = new Set<ArrayBufferView>([
    profile.weightCounts,
    profile.corners,
    profile.meanStream,
    profile.lastStream,
    ...Object.values(profile.measures).flatMap(({ sums, weights }) => [sums, weights]),
  ]);
  return [...arrays].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
