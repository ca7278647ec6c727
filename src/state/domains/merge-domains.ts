import type { TextItem, TextSet } from '../../text/sets/text-set.ts';
import type { SavedDomains } from './kept-domains.ts';

/**
 * Sets and rules of two pages that went apart from a `base`, as one: what either added is there, what one
 * removed and the other left as it was is gone. A set that one removed stays with the texts that the other
 * has put into it since. Without a base (null) nothing counts as removed. Limits are not looked at: no text
 * is lost here.
 */
export function mergeDomains(
  base: SavedDomains | null,
  mine: SavedDomains,
  theirs: SavedDomains,
): SavedDomains {
  const before = new Map(base?.sets.map((set) => [set.id, set]));
  const own = new Map(mine.sets.map((set) => [set.id, set]));
  const there = new Set(theirs.sets.map(({ id }) => id));
  const merged = theirs.sets.map((set) => mergeSet(before.get(set.id), own.get(set.id), set));
  const rest = mine.sets
    .filter(({ id }) => !there.has(id))
    .map((set) => mergeSet(before.get(set.id), set, undefined));
  return {
    sets: [...merged, ...rest].filter((set) => set !== null),
    rules: base === null || isSameRules(mine, base) ? theirs.rules : mine.rules,
  };
}

const isSameRules = ({ rules: a }: SavedDomains, { rules: b }: SavedDomains): boolean =>
  a.length === b.length && a.samples === b.samples;

/** Whether the same texts stand in sets of the same names, under the same rules. */
export function isSameDomains(a: SavedDomains, b: SavedDomains): boolean {
  return (
    isSameRules(a, b) &&
    a.sets.length === b.sets.length &&
    a.sets.every(({ id, name, texts }, i) => {
      const other = b.sets[i];
      return (
        id === other.id &&
        name === other.name &&
        texts.length === other.texts.length &&
        texts.every((text, j) => text.id === other.texts[j].id)
      );
    })
  );
}

/** Null where the set was removed and nothing came to it since. */
function mergeSet(
  base: TextSet | undefined,
  mine: TextSet | undefined,
  theirs: TextSet | undefined,
): TextSet | null {
  const shown = theirs ?? mine;
  if (shown === undefined) return null;
  const texts = mergeTexts(base?.texts ?? [], mine?.texts ?? [], theirs?.texts ?? []);
  const isRemoved = base !== undefined && (mine === undefined || theirs === undefined);
  if (isRemoved && texts.length === 0) return null;
  const isRenamed = mine !== undefined && base !== undefined && mine.name !== base.name;
  return { id: shown.id, name: isRenamed ? mine.name : shown.name, texts };
}

/** Theirs in their order, then what only this page has; each text as often as `mergeCount` says. */
function mergeTexts(
  base: readonly TextItem[],
  mine: readonly TextItem[],
  theirs: readonly TextItem[],
): readonly TextItem[] {
  const [was, own, other] = [countTexts(base), countTexts(mine), countTexts(theirs)];
  const room = new Map<string, number>();
  for (const id of [...own.keys(), ...other.keys()])
    room.set(id, mergeCount(was.get(id) ?? 0, own.get(id) ?? 0, other.get(id) ?? 0));
  const take = ({ id }: TextItem): boolean => {
    const left = room.get(id) ?? 0;
    room.set(id, left - 1);
    return left > 0;
  };
  return [...theirs.filter(take), ...mine.filter(take)];
}

function countTexts(texts: readonly TextItem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { id } of texts) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** How often a text stands in a set: as the page that changed it has it, the higher where both added. */
function mergeCount(base: number, mine: number, theirs: number): number {
  if (mine === base) return theirs;
  if (theirs === base) return mine;
  return mine < base && theirs < base ? Math.min(mine, theirs) : Math.max(mine, theirs);
}
