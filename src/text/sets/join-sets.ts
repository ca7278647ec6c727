import type { LabelCount, LeftOut } from './labels.ts';
import { addTexts, createTextSets, SET_LIMIT, type TextSet } from './text-set.ts';

export interface JoinedSets {
  readonly sets: readonly TextSet[];
  /** Sets that were too many, with their texts. */
  readonly setsLeftOut: readonly LabelCount[];
  /** Sets that had more texts than a set takes. */
  readonly textsLeftOut: readonly LeftOut[];
}

/**
 * Sets and the ones that were added: texts of an added set go to the end of the set with the same name,
 * where there is one, else the set comes last with an id of its own. The first eight names are kept; of
 * added ones that compete for the last places, those with most texts.
 */
export function joinSets(sets: readonly TextSet[], added: readonly TextSet[]): JoinedSets {
  const joined = new Map(sets.map((set) => [set.id, set]));
  const idOf = new Map(sets.map(({ name, id }) => [name, id]));
  const fresh = new Map<string, TextSet['texts'][number][]>();
  const overflow = new Map<string, number>();
  for (const { name, texts } of added) {
    const target = joined.get(idOf.get(name) ?? '');
    if (target === undefined) {
      const known = fresh.get(name);
      if (known === undefined) fresh.set(name, [...texts]);
      else known.push(...texts);
      continue;
    }
    const { set, leftOut } = addTexts(target, texts);
    joined.set(target.id, set);
    overflow.set(name, (overflow.get(name) ?? 0) + leftOut);
  }
  const places = Math.max(0, SET_LIMIT - sets.length);
  const ranked = [...fresh].sort(([, a], [, b]) => b.length - a.length);
  const placed = new Set(ranked.slice(0, places).map(([name]) => name));
  const named = [...fresh].filter(([name]) => placed.has(name));
  const created = createTextSets(
    named.map(([name]) => ({ name, texts: [] })),
    [...joined.keys()],
  ).map((empty, i) => {
    const { set, leftOut } = addTexts(empty, named[i][1]);
    overflow.set(set.name, leftOut);
    return set;
  });
  const all = [...joined.values(), ...created];
  return {
    sets: all,
    setsLeftOut: ranked.slice(places).map(([label, { length }]) => ({ label, count: length })),
    textsLeftOut: [...overflow]
      .filter(([, leftOut]) => leftOut > 0)
      .map(([label, leftOut]) => {
        const kept = all.find(({ name }) => name === label)?.texts.length ?? 0;
        return { label, kept, count: kept + leftOut };
      }),
  };
}
