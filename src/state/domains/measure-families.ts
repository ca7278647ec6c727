import { createMessages } from '../../lib/messages.ts';
import { findHeadMeasure, type MeasureId } from '../../measures/head-measures.ts';
import type { HeadMeasure } from '../../measures/measure.ts';
import type { FirstKey } from './domain-options.ts';

/** One thing that is measured, with and without the first key where both make sense. */
export interface MeasureFamily {
  readonly id: string;
  readonly with: MeasureId;
  readonly without: MeasureId;
}

const same = <Id extends MeasureId>(id: Id): MeasureFamily & { readonly id: Id } => ({
  id,
  with: id,
  without: id,
});

/** In the order of the list that one chooses from. */
export const MEASURE_FAMILIES = [
  { id: 'distance', with: 'distance', without: 'distance-tail' },
  { id: 'entropy', with: 'entropy', without: 'entropy-renormalised' },
  { id: 'entropy-omitted', with: 'entropy', without: 'entropy-omitted' },
  { id: 'entropy-share', with: 'entropy-share', without: 'entropy-renormalised-share' },
  { id: 'entropy-omitted-share', with: 'entropy-share', without: 'entropy-omitted-share' },
  same('interdependency'),
  same('effective-keys'),
  same('first'),
  same('first-four'),
  { id: 'confidence', with: 'confidence', without: 'confidence-tail' },
  same('current'),
  same('previous'),
  same('duplicate'),
  same('induction'),
  same('positional'),
  same('detect-previous'),
  same('detect-duplicate'),
  same('detect-induction'),
  same('detect-previous-abs'),
  same('detect-duplicate-abs'),
  same('detect-induction-abs'),
] as const satisfies readonly MeasureFamily[];

export type MeasureFamilyId = (typeof MEASURE_FAMILIES)[number]['id'];

/** A link may name a family that is not there: then the first one is meant. */
export function findFamily(id: string): MeasureFamily & { readonly id: MeasureFamilyId } {
  return MEASURE_FAMILIES.find((family) => family.id === id) ?? MEASURE_FAMILIES[0];
}

/** Whether the first key makes a difference to what is measured. */
export function hasFirstKey(family: MeasureFamily): boolean {
  return family.with !== family.without;
}

export function getFamilyMeasure(
  family: MeasureFamily,
  firstKey: FirstKey,
): HeadMeasure & { readonly id: MeasureId } {
  const measure = findHeadMeasure(family[firstKey]);
  if (measure === undefined) throw new Error(`there is no measure ${family[firstKey]}`);
  return measure;
}

const t = createMessages('domain-measures', {
  distance: 'distance',
  entropy: 'entropy',
  'entropy-omitted': 'entropy, first term omitted',
  'entropy-share': 'entropy, of the largest possible',
  'entropy-omitted-share': 'entropy, first term omitted, of the largest possible',
  interdependency: 'interdependency',
  'effective-keys': 'effective keys',
  first: 'attention to the first token',
  'first-four': 'attention to the first four tokens',
  confidence: 'confidence',
  current: 'attention to itself',
  previous: 'attention to the token before',
  duplicate: 'attention to earlier copies',
  induction: 'attention to what followed earlier copies',
  positional: 'positional pattern',
  'detect-previous': 'previous-token detection',
  'detect-duplicate': 'duplicate-token detection',
  'detect-induction': 'induction detection',
  'detect-previous-abs': 'previous-token detection, absolute error',
  'detect-duplicate-abs': 'duplicate-token detection, absolute error',
  'detect-induction-abs': 'induction detection, absolute error',
  sentenceDistance: 'How many tokens back each head looks on average.',
  sentenceEntropy: 'How spread out each head’s attention is: 0 on one token, high over many.',
  sentenceInterdependency:
    'The share of attention that a token spends on other tokens than itself and the first.',
  sentenceKeys: 'How many tokens, looked at alike, would give the same spread of attention.',
  sentenceOther: 'One number for each head, from where its attention goes.',
  nats: 'nats',
  tokens: 'tokens',
  keys: 'keys',
  share: 'share',
  score: 'score',
  withFirst: 'first key counted',
  withoutFirst: 'without the first key',
});

export function nameFamily(id: MeasureFamilyId): string {
  return t(id);
}

/** What a family measures, in one sentence for a newcomer. */
export function describeFamily(id: MeasureFamilyId): string {
  if (id.startsWith('distance')) return t('sentenceDistance');
  if (id.startsWith('entropy')) return t('sentenceEntropy');
  if (id === 'interdependency') return t('sentenceInterdependency');
  return t(id === 'effective-keys' ? 'sentenceKeys' : 'sentenceOther');
}

export function nameUnit(unit: HeadMeasure['unit']): string {
  return t(unit);
}

/** "without the first key", where that makes a difference; else "". */
export function nameFirstKey(family: MeasureFamily, firstKey: FirstKey): string {
  if (!hasFirstKey(family)) return '';
  return t(firstKey === 'with' ? 'withFirst' : 'withoutFirst');
}
