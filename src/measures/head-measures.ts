import type { LayerSummary } from '../tensor/layer-summary.ts';
import { confidence, confidenceTail } from './heads/confidence.ts';
import { duplicate, induction } from './heads/copies.ts';
import {
  detectDuplicate,
  detectDuplicateAbs,
  detectInduction,
  detectInductionAbs,
  detectPrevious,
  detectPreviousAbs,
} from './heads/detection.ts';
import { distance, distanceTail } from './heads/distance.ts';
import { effectiveKeys } from './heads/effective-keys.ts';
import {
  entropy,
  entropyOmitted,
  entropyOmittedShare,
  entropyRenormalised,
  entropyRenormalisedShare,
  entropyShare,
} from './heads/entropy.ts';
import { first, firstFour } from './heads/first-token.ts';
import { interdependency } from './heads/interdependency.ts';
import { current, previous } from './heads/neighbours.ts';
import { positional } from './heads/positional.ts';
import { getValue, type HeadMeasure, type Pooled } from './measure.ts';
import { getMeasuredText } from './measured-text.ts';

/** What the head card, tables and exports of a text show. */
export const CARD_MEASURES = [
  entropy,
  distance,
  first,
  previous,
  current,
  duplicate,
  induction,
  confidence,
] as const satisfies readonly HeadMeasure[];

/** All measures that a layer's summary gives. */
export const HEAD_MEASURES = [
  ...CARD_MEASURES,
  entropyRenormalised,
  entropyOmitted,
  entropyShare,
  entropyRenormalisedShare,
  entropyOmittedShare,
  distanceTail,
  interdependency,
  effectiveKeys,
  firstFour,
  confidenceTail,
  positional,
  detectPrevious,
  detectDuplicate,
  detectInduction,
  detectPreviousAbs,
  detectDuplicateAbs,
  detectInductionAbs,
] as const satisfies readonly HeadMeasure[];

export type CardMeasureId = (typeof CARD_MEASURES)[number]['id'];
export type MeasureId = (typeof HEAD_MEASURES)[number]['id'];

/** Values of all measures of one head; NaN where a measure is undefined. */
export type HeadValues = Readonly<Record<MeasureId, number>>;

/** The measure of a name; undefined when there is none. */
export function findHeadMeasure(
  id: string,
): (HeadMeasure & { readonly id: MeasureId }) | undefined {
  return HEAD_MEASURES.find((measure) => measure.id === id);
}

/**
 * All measures of a layer's heads for a text of these token ids; one entry a head. Each is worked out when
 * it is first read: a page shows few of them, and layers arrive fast.
 */
export function computeHeadValues(summary: LayerSummary, ids: Int32Array): readonly HeadValues[] {
  const text = getMeasuredText(ids);
  return Array.from({ length: summary.headCount }, (_, head) => {
    const known = new Map<MeasureId, number>();
    const read = (measure: (typeof HEAD_MEASURES)[number]): number => {
      const value = known.get(measure.id) ?? getValue(measure.pool(summary, head, text));
      known.set(measure.id, value);
      return value;
    };
    const readers = HEAD_MEASURES.map((measure): [MeasureId, PropertyDescriptor] => [
      measure.id,
      { enumerable: true, get: () => read(measure) },
    ]);
    return Object.defineProperties({}, Object.fromEntries(readers)) as HeadValues;
  });
}

/** What a text gives to one measure, one entry a head of the layer; for pooling over texts. */
export function poolHeads(
  measure: HeadMeasure,
  summary: LayerSummary,
  ids: Int32Array,
): readonly Pooled[] {
  const text = getMeasuredText(ids);
  return Array.from({ length: summary.headCount }, (_, head) => measure.pool(summary, head, text));
}
