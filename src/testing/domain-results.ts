import type { TextProfile } from '../measures/text-profile.ts';
import type { DomainResults, DomainSetResults } from '../state/domains/domain-results.ts';
import { createTextItem } from '../text/sets/text-set.ts';
import { createProfile } from './text-profile.ts';

/** A set whose texts have these profiles; texts are named after it. */
export function createSetResults(
  name: string,
  profiles: readonly TextProfile[],
  colorIndex = 0,
): DomainSetResults {
  return {
    id: name,
    name,
    colorIndex,
    texts: profiles.map(
      (_, text) =>
        createTextItem(`${name} says ${text}`, { kind: 'pasted' }, `${name} ${text}`).item,
    ),
    profiles,
  };
}

/** Texts with one measure of weight 1: `values` [text][layer x head]. */
export function createSetOfValues(
  name: string,
  measureIds: readonly string[],
  values: readonly (readonly number[])[],
  colorIndex = 0,
  given: Partial<TextProfile> = {},
): DomainSetResults {
  return createSetResults(
    name,
    values.map((sums) => {
      const pooled = { sums: sums.map((sum) => sum * 2), weights: sums.map(() => 2) };
      return createProfile(Object.fromEntries(measureIds.map((id) => [id, pooled])), given);
    }),
    colorIndex,
  );
}

/** Results of some sets of two layers of two heads; the first is the reference, the second stands against it. */
export function createResults(
  sets: readonly DomainSetResults[],
  given: Partial<DomainResults> = {},
): DomainResults {
  const { layerCount = 2, headCount = 2 } = sets[0]?.profiles[0] ?? {};
  return {
    sets,
    layerCount,
    headCount,
    sampleLength: 5,
    samples: 'cut',
    referenceId: sets[0]?.id ?? '',
    comparedId: sets[1]?.id ?? null,
    isPartial: false,
    isStale: false,
    modelName: 'tiny',
    ...given,
  };
}
