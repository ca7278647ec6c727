import { type JoinedSets, joinSets } from '../../text/sets/join-sets.ts';
import {
  addTexts,
  partCollisions,
  SET_TEXT_LIMIT,
  type TextItem,
  type TextSet,
} from '../../text/sets/text-set.ts';
import { t } from './messages.ts';

/** A set to be: its name may be empty. */
export interface NamedTexts {
  readonly name: string;
  readonly texts: readonly TextItem[];
}

/**
 * Sets with more of them. Texts that come under a name that a set has already join it: two files of the
 * same label are one set. Those without a name become a set of their own, "Set 3".
 */
export function addSets(sets: readonly TextSet[], added: readonly NamedTexts[]): JoinedSets {
  const taken = new Set([...sets, ...added].map(({ name }) => name));
  const nameNext = (): string => {
    let number = sets.length + 1;
    while (taken.has(t('unnamed', { number }))) number++;
    const name = t('unnamed', { number });
    taken.add(name);
    return name;
  };
  const named = added.map(({ name, texts }) => ({ id: '', name: name || nameNext(), texts }));
  const joined = joinSets(sets, named);
  return { ...joined, sets: partCollisions(joined.sets) };
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
