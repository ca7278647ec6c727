import {
  meanByHead,
  meanByLayer,
  poolTexts,
  toHeadValues,
  toTextValues,
} from '../../measures/text-profile.ts';
import type { DomainResults, DomainSetResults } from './domain-results.ts';

const known = new WeakMap<DomainSetResults, Map<string, Float64Array | null>>();

/**
 * A set's value of each head, [layer, head], its texts pooled: sums over all texts are divided once
 * (methods 1.1). NaN where undefined; null when no text has the measure.
 */
export function getSetValues(set: DomainSetResults, measureId: string): Float64Array | null {
  const ofSet = known.get(set) ?? new Map<string, Float64Array | null>();
  known.set(set, ofSet);
  const found = ofSet.get(measureId);
  if (found !== undefined) return found;
  const pooled = poolTexts(set.profiles, measureId);
  const values = pooled === null ? null : toHeadValues(pooled);
  ofSet.set(measureId, values);
  return values;
}

/**
 * [text, head] one value a text, as sets are compared. A head that is defined in fewer than half of the
 * set's texts is undefined in all: a few texts would stand for the set (ours).
 */
export function getTextRows(set: DomainSetResults, measureId: string): Float64Array {
  const values = toTextValues(set.profiles, measureId);
  const texts = set.profiles.length;
  const width = values.length / Math.max(1, texts);
  for (let head = 0; head < width; head++) {
    let defined = 0;
    for (let text = 0; text < texts; text++) defined += +!Number.isNaN(values[text * width + head]);
    if (2 * defined >= texts) continue;
    for (let text = 0; text < texts; text++) values[text * width + head] = Number.NaN;
  }
  return values;
}

const knownMeans = new WeakMap<DomainSetResults, Map<string, Float64Array>>();

/**
 * A set's mean over texts of each head, [layer, head], each text alike: what the statistics compare. NaN
 * where no text has a value.
 */
export function getSetMeans(set: DomainSetResults, measureId: string): Float64Array {
  const ofSet = knownMeans.get(set) ?? new Map<string, Float64Array>();
  knownMeans.set(set, ofSet);
  const found = ofSet.get(measureId);
  if (found !== undefined) return found;
  const values = getTextRows(set, measureId);
  const width = values.length / Math.max(1, set.profiles.length);
  const means = Float64Array.from({ length: width }, (_, head) =>
    meanOf(set.profiles.map((_profile, text) => values[text * width + head])),
  );
  ofSet.set(measureId, means);
  return means;
}

/** a - b, place by place; NaN where one of them is. */
export function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value - b[at]);
}

/** Smallest and largest defined value of all; null when none is defined. */
export function findRange(all: readonly ArrayLike<number>[]): readonly [number, number] | null {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const values of all) {
    for (let at = 0; at < values.length; at++) {
      if (!Number.isFinite(values[at])) continue;
      least = Math.min(least, values[at]);
      most = Math.max(most, values[at]);
    }
  }
  return least <= most ? [least, most] : null;
}

/**
 * The magnitude that all but a hundredth of the defined values keep under: a scale that a few extreme heads
 * do not flatten. 0 when none is defined.
 */
export function findLimit(all: readonly ArrayLike<number>[]): number {
  const magnitudes = all
    .flatMap((values) => Array.from(values, Math.abs))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  return magnitudes[Math.ceil(0.99 * (magnitudes.length - 1))] ?? 0;
}

/** Mean over the defined ones; NaN when there are none. */
export function meanOf(values: ArrayLike<number>): number {
  const defined = Array.from(values).filter(Number.isFinite);
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}

/** How a map is read along one of its axes (ours: plain means). */
export type Along = 'layers' | 'heads';

/** [layer] means over heads, or [head] means over layers. */
export function meanAlong(values: Float64Array, headCount: number, along: Along): Float64Array {
  return along === 'layers' ? meanByLayer(values, headCount) : meanByHead(values, headCount);
}

/** One value a text: the mean over all heads that are defined in it. */
export function getTextMeans(set: DomainSetResults, measureId: string): Float64Array {
  const values = toTextValues(set.profiles, measureId);
  const width = values.length / Math.max(1, set.profiles.length);
  return Float64Array.from(set.profiles, (_, text) =>
    meanOf(values.subarray(text * width, (text + 1) * width)),
  );
}

export function findSet(results: DomainResults, id: string | null): DomainSetResults | null {
  return results.sets.find((set) => set.id === id) ?? null;
}

/** The sets that have at least one finished text. */
export function getFilledSets(results: DomainResults): readonly DomainSetResults[] {
  return results.sets.filter(({ profiles }) => profiles.length > 0);
}

/** The filled sets beside the reference. */
export function getOtherSets(results: DomainResults): readonly DomainSetResults[] {
  return getFilledSets(results).filter(({ id }) => id !== results.referenceId);
}
