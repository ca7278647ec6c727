import type { LayerSummary } from '../tensor/layer-summary.ts';
import { STRONGEST_KEYS } from '../tensor/layer-summary.ts';
import { getMeanEntropy } from './entropy.ts';

export type MeasureId =
  | 'entropy'
  | 'distance'
  | 'first'
  | 'previous'
  | 'current'
  | 'duplicate'
  | 'induction'
  | 'confidence';

/** A number for each head, with all that charts, tables and exports need to say about it. */
export interface HeadMeasure {
  readonly id: MeasureId;
  readonly unit: 'nats' | 'tokens' | 'share';
  readonly formula: string;
  readonly source: string;
  /** `ours`: our operationalisation, not a paper's definition. */
  readonly certainty: 'standard' | 'ours';
  /** NaN where it is undefined. `isRepeated` as `findRepeated` gives it for the text's tokens. */
  compute(summary: LayerSummary, head: number, isRepeated: Uint8Array): number;
}

/** Mean of one row measure over queries `first` and later; NaN when there are none. */
function meanFrom(
  values: Float32Array,
  summary: LayerSummary,
  head: number,
  first: number,
): number {
  let sum = 0;
  for (let query = first; query < summary.queryCount; query++) {
    sum += values[head * summary.queryCount + query];
  }
  const count = summary.queryCount - first;
  return count > 0 ? sum / count : Number.NaN;
}

/**
 * Mean of one row measure over the queries whose token stands earlier in the text as well (methods 5.1):
 * only there can attention to copies, or to what followed them, be more than 0 by right. A weight that
 * underflowed to 0 counts as 0. NaN when no token repeats, and when such a row was not computed.
 */
function meanWhereRepeated(
  values: Float32Array,
  summary: LayerSummary,
  head: number,
  isRepeated: Uint8Array,
): number {
  let sum = 0;
  let count = 0;
  for (let query = 0; query < summary.queryCount; query++) {
    if (isRepeated[query] === 0) continue;
    sum += values[head * summary.queryCount + query];
    count++;
  }
  return count > 0 ? sum / count : Number.NaN;
}

/**
 * 1 for each token that has an earlier copy, else 0. `the cat the` -> 0 0 1; nothing -> nothing.
 */
export function findRepeated(ids: Int32Array): Uint8Array {
  const seen = new Set<number>();
  return Uint8Array.from(ids, (id) => {
    if (seen.has(id)) return 1;
    seen.add(id);
    return 0;
  });
}

export const HEAD_MEASURES: readonly HeadMeasure[] = [
  {
    id: 'entropy',
    unit: 'nats',
    formula: 'mean over queries i of −Σ_j a_ij ln a_ij',
    source: 'Vig & Belinkov 2019; methods 1.3',
    certainty: 'standard',
    compute: (summary, head) => getMeanEntropy(summary, head, 'keep'),
  },
  {
    id: 'distance',
    unit: 'tokens',
    formula: 'Σ_ij a_ij (i − j) / Σ_ij a_ij',
    source: 'Vig & Belinkov 2019; methods 1.1',
    certainty: 'standard',
    compute: (summary, head) => meanFrom(summary.distance, summary, head, 0),
  },
  {
    id: 'first',
    unit: 'share',
    formula: 'mean over i ≥ 1 of a_i0',
    source: 'Xiao et al. 2023 (attention sinks); methods 5.5',
    certainty: 'standard',
    compute: (summary, head) => 1 - meanFrom(summary.tailMass, summary, head, 1),
  },
  {
    id: 'previous',
    unit: 'share',
    formula: 'mean over i ≥ 1 of a_i,i−1',
    source: 'methods 5.2',
    certainty: 'standard',
    compute: (summary, head) => meanFrom(summary.previousWeight, summary, head, 1),
  },
  {
    id: 'current',
    unit: 'share',
    formula: 'mean over i of a_ii',
    source: 'methods 5.2',
    certainty: 'standard',
    compute: (summary, head) => meanFrom(summary.currentWeight, summary, head, 0),
  },
  {
    id: 'duplicate',
    unit: 'share',
    formula: 'mean over i with an earlier copy of token i, of Σ a_ij over those copies j',
    source: 'after the pattern of TransformerLens detect_head; methods 5.1',
    certainty: 'ours',
    compute: (summary, head, isRepeated) =>
      meanWhereRepeated(summary.duplicateWeight, summary, head, isRepeated),
  },
  {
    id: 'induction',
    unit: 'share',
    formula: 'mean over i with an earlier copy j of token i, of Σ a_i,j+1',
    source: 'after the pattern of TransformerLens detect_head; methods 5.1',
    certainty: 'ours',
    compute: (summary, head, isRepeated) =>
      meanWhereRepeated(summary.inductionWeight, summary, head, isRepeated),
  },
  {
    id: 'confidence',
    unit: 'share',
    formula: 'mean over i of max_j a_ij',
    source: 'Voita et al. 2019; methods 5.14',
    certainty: 'standard',
    compute: (summary, head) => {
      let sum = 0;
      for (let query = 0; query < summary.queryCount; query++) {
        sum += summary.strongestWeights[(head * summary.queryCount + query) * STRONGEST_KEYS];
      }
      return summary.queryCount > 0 ? sum / summary.queryCount : Number.NaN;
    },
  },
];

/** Values of all measures of one head; NaN where a measure is undefined. */
export type HeadValues = Readonly<Record<MeasureId, number>>;

/** Computes all measures of a layer's heads for a text of these token ids; one entry a head. */
export function computeHeadValues(summary: LayerSummary, ids: Int32Array): readonly HeadValues[] {
  const isRepeated = findRepeated(ids);
  return Array.from(
    { length: summary.headCount },
    (_, head) =>
      Object.fromEntries(
        HEAD_MEASURES.map((measure) => [measure.id, measure.compute(summary, head, isRepeated)]),
      ) as HeadValues,
  );
}
