import {
  addTexts,
  createTextSets,
  partCollisions,
  SET_LIMIT,
  SET_TEXT_LIMIT,
  type TextItem,
  type TextSet,
} from '../../text/sets/text-set.ts';

/** A set to be: its name may be empty. */
export interface NamedTexts {
  readonly name: string;
  readonly texts: readonly TextItem[];
}

/** Sets after more came, and what had no place. */
export interface AddedSets {
  readonly sets: readonly TextSet[];
  readonly setsLeftOut: number;
  readonly textsLeftOut: number;
}

/**
 * Sets with more of them. Texts that come under a name that a set has already join it: two files of the
 * same label are one set. At most eight sets of 500 texts.
 */
export function addSets(sets: readonly TextSet[], added: readonly NamedTexts[]): AddedSets {
  const all = [...sets];
  let setsLeftOut = 0;
  let textsLeftOut = 0;
  for (const { name, texts } of added) {
    const at = name === '' ? -1 : all.findIndex((set) => set.name === name);
    if (at >= 0) {
      const joined = addTexts(all[at], texts);
      all[at] = joined.set;
      textsLeftOut += joined.leftOut;
    } else if (all.length >= SET_LIMIT) {
      setsLeftOut++;
      textsLeftOut += texts.length;
    } else {
      const taken = all.map(({ id }) => id);
      all.push(...createTextSets([{ name, texts: texts.slice(0, SET_TEXT_LIMIT) }], taken));
      textsLeftOut += Math.max(0, texts.length - SET_TEXT_LIMIT);
    }
  }
  return { sets: partCollisions(all), setsLeftOut, textsLeftOut };
}

/** Sets of which one is changed; the others stay the same objects. */
export function changeSet(
  sets: readonly TextSet[],
  id: string,
  change: (set: TextSet) => TextSet,
): readonly TextSet[] {
  return sets.map((set) => (set.id === id ? change(set) : set));
}

/** Puts a text at the end of another set; the same sets where that one is full. */
export function moveText(
  sets: readonly TextSet[],
  textId: string,
  fromId: string,
  toId: string,
): readonly TextSet[] {
  const text = sets.find(({ id }) => id === fromId)?.texts.find(({ id }) => id === textId);
  const target = sets.find(({ id }) => id === toId);
  if (text === undefined || target === undefined || fromId === toId) return sets;
  if (target.texts.length >= SET_TEXT_LIMIT) return sets;
  return changeSet(removeText(sets, fromId, textId), toId, (set) => addTexts(set, [text]).set);
}

export function removeText(
  sets: readonly TextSet[],
  setId: string,
  textId: string,
): readonly TextSet[] {
  return changeSet(sets, setId, (set) => ({
    ...set,
    texts: set.texts.filter(({ id }) => id !== textId),
  }));
}

/** Puts the texts of a set at the end of another, as far as there is room; what has none stays. */
export function mergeSets(
  sets: readonly TextSet[],
  fromId: string,
  intoId: string,
): readonly TextSet[] {
  const from = sets.find(({ id }) => id === fromId);
  const into = sets.find(({ id }) => id === intoId);
  if (from === undefined || into === undefined || from === into) return sets;
  const joined = addTexts(into, from.texts);
  const rest = from.texts.slice(from.texts.length - joined.leftOut);
  return sets.flatMap((set) => {
    if (set === into) return [joined.set];
    if (set !== from) return [set];
    return joined.leftOut > 0 ? [{ ...from, texts: rest }] : [];
  });
}
