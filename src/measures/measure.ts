import type { LayerSummary } from '../tensor/layer-summary.ts';
import type { MeasuredText } from './measured-text.ts';

/** A sum and what it is divided by; texts pool by adding both. A weight of 0: undefined here. */
export interface Pooled {
  readonly sum: number;
  readonly weight: number;
}

/** What a text adds where a measure is undefined: nothing. */
export const UNDEFINED: Pooled = { sum: 0, weight: 0 };

/** A sum with its weight; a sum that is NaN (rows that were not computed) is undefined. */
export function toPooled(sum: number, weight: number): Pooled {
  return Number.isNaN(sum) || !(weight > 0) ? UNDEFINED : { sum, weight };
}

/** sum / weight; NaN when the weight is 0. */
export function getValue({ sum, weight }: Pooled): number {
  return weight > 0 ? sum / weight : Number.NaN;
}

/**
 * Texts taken together: sums and weights added (methods 1.1), so that the value is the mean of the texts'
 * values weighted by their weights. (1, 2) and (3, 2) -> (4, 4), value 1.
 */
export function poolTogether(parts: Iterable<Pooled>): Pooled {
  let sum = 0;
  let weight = 0;
  for (const part of parts) {
    sum += part.sum;
    weight += part.weight;
  }
  return { sum, weight };
}

/** `share`: 0 to 1 of attention or of queries; `score`: a number without unit. */
export type MeasureUnit = 'nats' | 'tokens' | 'keys' | 'share' | 'score';

/**
 * What a measure is made from: a layer's `summary`; the weights in a `pattern` of cells; exact matrices
 * (`slices`); the `corners` of several texts' matrices; the `columns` of some keys; what was looked at
 * while tokens were generated (`generation`); other measures of all `heads`; the model's own `weights`.
 */
export type MeasureNeeds =
  | 'summary'
  | 'pattern'
  | 'slices'
  | 'corners'
  | 'columns'
  | 'generation'
  | 'heads'
  | 'weights';

/** What charts, tables, exports and the measures' pages need to say about a measure. */
export interface MeasureDescription {
  /** Stands in links and files: never changed. */
  readonly id: string;
  readonly unit: MeasureUnit;
  /** Smallest and largest value; null: how far it goes depends on the text. */
  readonly range: readonly [number | null, number | null];
  readonly formula: string;
  /** With the section of the project's notes on methods and its tag. */
  readonly source: string;
  /** `ours`: our operationalisation, not a paper's definition. */
  readonly certainty: 'standard' | 'ours';
  readonly needs: MeasureNeeds;
}

/** A number for each head of a layer, from the layer's summary. */
export interface HeadMeasure extends MeasureDescription {
  readonly needs: 'summary';
  pool(summary: LayerSummary, head: number, text: MeasuredText): Pooled;
}
