import type { LayerIndex } from '../lib/flavor.ts';
import { rowStart } from '../tensor/causal-slice.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import { WEIGHT_BINS } from '../tensor/weight-histogram.ts';
import { HEAD_MEASURES } from './head-measures.ts';
import { getMeasuredText, type MeasuredText } from './measured-text.ts';
import { type PooledHeads, PROFILE_CORNER, type TextProfile } from './text-profile.ts';

/** What a profile takes of each layer of a survey. */
export interface ProfiledLayer {
  readonly layer: LayerIndex;
  readonly summary: LayerSummary;
  /** [head, corner (corner + 1) / 2] packed rows, the corner at most PROFILE_CORNER wide. */
  readonly corner: Float32Array;
  /** [WEIGHT_BINS]; null counts nothing. */
  readonly weightCounts: Float64Array | null;
  readonly stream: ProfiledStream | null;
}

/** The residual stream at one place of the model, [hidden size] each. */
export interface ProfiledStream {
  readonly mean: Float32Array;
  readonly last: Float32Array;
}

export interface ProfileShape {
  readonly layerCount: number;
  readonly headCount: number;
  readonly hiddenSize: number;
}

/**
 * Makes a text's profile out of the layers of its samples as they arrive: sums and weights of all measures
 * are added over samples (methods 1.1), streams are averaged over them. For each sample `beginSample`, each
 * layer once in any order, `endSample`; then `build`.
 */
export class ProfileBuilder {
  private readonly measures: Readonly<Record<string, PooledHeads>>;
  private readonly weightCounts: Float64Array;
  private readonly corners: Float32Array;
  private readonly meanStream: Float32Array;
  private readonly lastStream: Float32Array;
  private sampleCount = 0;
  private tokenCount = 0;
  private text: MeasuredText | null = null;

  constructor(private readonly shape: ProfileShape) {
    const { layerCount, headCount, hiddenSize } = shape;
    const heads = layerCount * headCount;
    this.measures = Object.fromEntries(
      HEAD_MEASURES.map(({ id }) => [
        id,
        { sums: new Float64Array(heads), weights: new Float64Array(heads) },
      ]),
    );
    this.weightCounts = new Float64Array(layerCount * WEIGHT_BINS);
    this.corners = new Float32Array(heads * rowStart(PROFILE_CORNER)).fill(Number.NaN);
    this.meanStream = new Float32Array((layerCount + 1) * hiddenSize);
    this.lastStream = new Float32Array((layerCount + 1) * hiddenSize);
  }

  /** The tokens of the sample whose layers come next. */
  beginSample(ids: Int32Array): void {
    this.text = getMeasuredText(ids);
    this.tokenCount += ids.length;
  }

  addLayer({ layer, summary, corner, weightCounts, stream }: ProfiledLayer): void {
    const { text } = this;
    if (text === null) throw new Error('a layer came before its sample');
    const { headCount } = this.shape;
    for (const measure of HEAD_MEASURES) {
      const { sums, weights } = this.measures[measure.id];
      for (let head = 0; head < headCount; head++) {
        const { sum, weight } = measure.pool(summary, head, text);
        // Undefined for this sample: it adds nothing.
        if (!(weight > 0)) continue;
        sums[layer * headCount + head] += sum;
        weights[layer * headCount + head] += weight;
      }
    }
    weightCounts?.forEach((count, bin) => {
      this.weightCounts[layer * WEIGHT_BINS + bin] += count;
    });
    if (this.sampleCount === 0) this.setCorners(layer, corner);
    this.addStream(layer, stream);
  }

  /** The stream after the final norm ends a sample. */
  endSample(stream: ProfiledStream | null): void {
    this.addStream(this.shape.layerCount, stream);
    this.sampleCount++;
    this.text = null;
  }

  build(): TextProfile {
    const { sampleCount, tokenCount, weightCounts, corners } = this;
    const average = (sum: Float32Array): Float32Array => sum.map((value) => value / sampleCount);
    return {
      ...this.shape,
      tokenCount,
      sampleCount,
      measures: shareWeights(this.measures),
      weightCounts,
      corners,
      meanStream: average(this.meanStream),
      lastStream: average(this.lastStream),
    };
  }

  /** The first rows of each head; packed rows of a short sample are the first ones of a long one. */
  private setCorners(layer: LayerIndex, corner: Float32Array): void {
    const { headCount } = this.shape;
    const rows = corner.length / headCount;
    for (let head = 0; head < headCount; head++) {
      this.corners.set(
        corner.subarray(head * rows, (head + 1) * rows),
        (layer * headCount + head) * rowStart(PROFILE_CORNER),
      );
    }
  }

  private addStream(place: number, stream: ProfiledStream | null): void {
    if (stream === null) return;
    const { hiddenSize } = this.shape;
    for (let i = 0; i < hiddenSize; i++) {
      this.meanStream[place * hiddenSize + i] += stream.mean[i];
      this.lastStream[place * hiddenSize + i] += stream.last[i];
    }
  }
}

/** Measures divided by the same numbers share one array: a third less to hold and to keep. */
function shareWeights(
  measures: Readonly<Record<string, PooledHeads>>,
): Readonly<Record<string, PooledHeads>> {
  const known: Float64Array[] = [];
  return Object.fromEntries(
    Object.entries(measures).map(([id, { sums, weights }]) => {
      const same = known.find((each) => each.every((weight, at) => weight === weights[at]));
      if (same === undefined) known.push(weights);
      return [id, { sums, weights: same ?? weights }];
    }),
  );
}
