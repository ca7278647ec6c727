import { SET_LIMIT, SET_TEXT_LIMIT, type TextSet } from './text-set.ts';

/** Texts below this many letters and digits say nothing about how a kind of text is read. */
export const NEAR_EMPTY = 20;
/** Sets below this many texts give intervals that are wide and permutation tests that cannot find anything. */
export const FEW_TEXTS = 5;

/** A text as it is named to a person: its set's id and its own, and its title. */
export interface NamedText {
  readonly setId: string;
  readonly id: string;
  readonly title: string;
}

/**
 * Something about sets that a person should know before they are compared.
 *
 * - `too-few-sets`, `too-many-sets`: two to eight are compared.
 * - `empty`: nothing to run. `one-text`: a value, but no spread and no statistics. `few-texts`: statistics
 *   that find only huge differences. `too-many-texts`: more than a set takes.
 * - `same-name`: two sets that cannot be told apart by name.
 * - `repeated-within`: texts that stand more than once in a set; each counts once, so the set is smaller than it looks.
 * - `repeated-across`: texts that stand in several sets and make them more alike.
 * - `near-empty`: texts of hardly a letter.
 */
export type SetProblem =
  | { readonly kind: 'too-few-sets' | 'too-many-sets'; readonly count: number }
  | { readonly kind: 'empty' | 'one-text'; readonly setId: string; readonly name: string }
  | {
      readonly kind: 'few-texts' | 'too-many-texts';
      readonly setId: string;
      readonly name: string;
      readonly count: number;
    }
  | { readonly kind: 'same-name'; readonly setIds: readonly string[]; readonly name: string }
  | {
      readonly kind: 'repeated-within';
      readonly setId: string;
      readonly name: string;
      /** How many texts would go if each were kept once. */
      readonly surplus: number;
      readonly texts: readonly (NamedText & { readonly times: number })[];
    }
  | {
      readonly kind: 'repeated-across';
      readonly setIds: readonly string[];
      readonly names: readonly string[];
      /** The texts that all of these sets share, as the first of the sets has them. */
      readonly texts: readonly NamedText[];
    }
  | {
      readonly kind: 'near-empty';
      readonly setId: string;
      readonly name: string;
      readonly texts: readonly NamedText[];
    };

/** What is wrong with sets, in the order of the sets; what concerns several comes last. Empty when all is well. */
export function findSetProblems(sets: readonly TextSet[]): readonly SetProblem[] {
  const problems: SetProblem[] = [];
  if (sets.length < 2) problems.push({ kind: 'too-few-sets', count: sets.length });
  if (sets.length > SET_LIMIT) problems.push({ kind: 'too-many-sets', count: sets.length });
  for (const set of sets) problems.push(...findWithin(set));
  return [...problems, ...findSameNames(sets), ...findAcross(sets)];
}

function findWithin({ id: setId, name, texts }: TextSet): readonly SetProblem[] {
  const count = texts.length;
  if (count === 0) return [{ kind: 'empty', setId, name }];
  const problems: SetProblem[] = [];
  if (count === 1) problems.push({ kind: 'one-text', setId, name });
  else if (count < FEW_TEXTS) problems.push({ kind: 'few-texts', setId, name, count });
  if (count > SET_TEXT_LIMIT) problems.push({ kind: 'too-many-texts', setId, name, count });

  const copies = new Map<string, NamedText & { times: number }>();
  for (const { id, title, text } of texts) {
    const known = copies.get(text.trim());
    if (known === undefined) copies.set(text.trim(), { setId, id, title, times: 1 });
    else known.times++;
  }
  const repeated = [...copies.values()].filter(({ times }) => times > 1);
  if (repeated.length > 0) {
    const surplus = count - copies.size;
    problems.push({ kind: 'repeated-within', setId, name, surplus, texts: repeated });
  }
  const short = texts.filter(({ text }) => hasFewLetters(text));
  if (short.length > 0) {
    const named = short.map(({ id, title }) => ({ setId, id, title }));
    problems.push({ kind: 'near-empty', setId, name, texts: named });
  }
  return problems;
}

function hasFewLetters(text: string): boolean {
  let count = 0;
  for (const _ of text.matchAll(/[\p{L}\p{N}]/gu)) if (++count >= NEAR_EMPTY) return false;
  return true;
}

function findSameNames(sets: readonly TextSet[]): readonly SetProblem[] {
  const ids = new Map<string, string[]>();
  for (const { id, name } of sets) {
    const key = name.trim().toLowerCase();
    ids.set(key, [...(ids.get(key) ?? []), id]);
  }
  return sets
    .filter(({ id, name }) => {
      const shared = ids.get(name.trim().toLowerCase()) ?? [];
      return shared.length > 1 && shared[0] === id;
    })
    .map(({ name }) => ({
      kind: 'same-name',
      setIds: ids.get(name.trim().toLowerCase()) ?? [],
      name,
    }));
}

/** One problem for each group of sets that share texts. */
function findAcross(sets: readonly TextSet[]): readonly SetProblem[] {
  const holders = new Map<string, { places: Set<number>; first: NamedText }>();
  for (const [i, { id: setId, texts }] of sets.entries()) {
    for (const { id, title, text } of texts) {
      const known = holders.get(text.trim());
      if (known !== undefined) known.places.add(i);
      else holders.set(text.trim(), { places: new Set([i]), first: { setId, id, title } });
    }
  }
  const groups = new Map<string, { places: readonly number[]; texts: NamedText[] }>();
  for (const { places, first } of holders.values()) {
    if (places.size < 2) continue;
    const key = [...places].join();
    const group = groups.get(key) ?? { places: [...places], texts: [] };
    groups.set(key, group);
    group.texts.push(first);
  }
  return [...groups.values()].map(({ places, texts }) => ({
    kind: 'repeated-across',
    setIds: places.map((place) => sets[place].id),
    names: places.map((place) => sets[place].name),
    texts,
  }));
}
