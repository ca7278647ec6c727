import { toLineFeeds } from '../decode-text.ts';
import { hashText } from './text-hash.ts';

/** Where a text of a set was taken from. */
export type TextSource =
  | { readonly kind: 'pasted' }
  | { readonly kind: 'file'; readonly name: string }
  /** A row of a table, which is named by its path; `line` is 1-based, that of the row's beginning. */
  | { readonly kind: 'table'; readonly name: string; readonly line: number }
  /** One of the texts that come with Headlight. */
  | { readonly kind: 'built-in'; readonly domain: string; readonly id: string };

/** One text of a set: the unit of sampling of every statistic over sets. */
export interface TextItem {
  /** The same for the same text, wherever it comes from. */
  readonly id: string;
  /** Its given title, its file's name or its first words; "" only for a text without any letter. */
  readonly title: string;
  /** With "\n" as line ends, at most `TEXT_LIMIT` UTF-16 units. */
  readonly text: string;
  readonly source: TextSource;
}

/** A named set of texts, to be compared with others. */
export interface TextSet {
  /** Unique among the sets that are shown together; short and fit for a link; a new name does not change it. */
  readonly id: string;
  /** "" where nothing names the set: then the page does. */
  readonly name: string;
  readonly texts: readonly TextItem[];
}

/** How many sets are compared at once: the most that colours and columns keep apart. */
export const SET_LIMIT = 8;
/**
 * How many texts a set takes. Intervals narrow with the root of their number: at 500 a difference of 0.2
 * standard deviations between two sets is found in almost nine of ten cases, while every further text costs one
 * more run of the model (8 x 500 texts are already an hour or more in a browser).
 */
export const SET_TEXT_LIMIT = 500;
/**
 * How many UTF-16 units of a text are kept: several times what the longest run (2,048 tokens) or a few
 * windows of it can hold, and small enough that full sets fit a page's memory.
 */
export const TEXT_LIMIT = 100_000;
const TITLE_LENGTH = 60;

/** A text's beginning as its title: its first line with anything in it, at most 60 characters, cut at a word. */
export function titleFromText(text: string): string {
  const line =
    text
      .match(/\S[^\n]{0,240}/)?.[0]
      .replace(/\s+/g, ' ')
      .trim() ?? '';
  const letters = Array.from(line);
  if (letters.length <= TITLE_LENGTH) return line;
  const cut = letters.slice(0, TITLE_LENGTH - 1).join('');
  const words = cut.replace(/\s+\S*$/, '');
  return `${words.length >= cut.length / 2 ? words : cut}…`;
}

/** A text as an item of a set; a missing title is taken from the text; too long a text is cut. */
export function createTextItem(
  text: string,
  source: TextSource,
  title = '',
): { readonly item: TextItem; readonly isShortened: boolean } {
  const whole = toLineFeeds(text);
  const isShortened = whole.length > TEXT_LIMIT;
  const kept = isShortened ? cutUnits(whole, TEXT_LIMIT) : whole;
  const shownTitle = title.trim() === '' ? titleFromText(kept) : title.trim();
  return { item: { id: hashText(kept), title: shownTitle, text: kept, source }, isShortened };
}

/** The first `most` UTF-16 units, or one less where a pair of surrogates would be parted. */
function cutUnits(text: string, most: number): string {
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? most - 1 : most);
}

/** A set's id: its name's letters and digits, and a number where another set has that id. */
export function toSetId(name: string, taken: readonly string[]): string {
  const letters = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const stem = Array.from(letters).slice(0, 40).join('') || 'set';
  let id = stem;
  for (let i = 2; taken.includes(id); i++) id = `${stem}-${i}`;
  return id;
}

/** Sets of named texts, with ids that differ from each other and from `taken`. */
export function createTextSets(
  named: readonly { readonly name: string; readonly texts: readonly TextItem[] }[],
  taken: readonly string[] = [],
): readonly TextSet[] {
  const ids = [...taken];
  return named.map(({ name, texts }) => {
    const id = toSetId(name, ids);
    ids.push(id);
    return { id, name, texts };
  });
}

/** A set with texts added at its end, up to the limit; `leftOut` tells how many had no place. */
export function addTexts(
  set: TextSet,
  texts: readonly TextItem[],
): { readonly set: TextSet; readonly leftOut: number } {
  const room = Math.max(0, SET_TEXT_LIMIT - set.texts.length);
  return {
    set: { ...set, texts: [...set.texts, ...texts.slice(0, room)] },
    leftOut: Math.max(0, texts.length - room),
  };
}

/** A set in which each text stands once, its first place kept; `leftOut` tells how many repeats went. */
export function withoutRepeats(set: TextSet): { readonly set: TextSet; readonly leftOut: number } {
  const seen = new Set<string>();
  const texts = set.texts.filter(({ text }) => {
    const isNew = !seen.has(text.trim());
    seen.add(text.trim());
    return isNew;
  });
  return { set: { ...set, texts }, leftOut: set.texts.length - texts.length };
}

/**
 * The same sets, where different texts that share an id by chance get ids of their own: the first that
 * came keeps its id, the others get a number behind it.
 */
export function partCollisions(sets: readonly TextSet[]): readonly TextSet[] {
  const owners = new Map<string, string[]>();
  return sets.map((set) => ({
    ...set,
    texts: set.texts.map((item) => {
      const texts = owners.get(item.id) ?? [];
      owners.set(item.id, texts);
      let place = texts.indexOf(item.text);
      if (place < 0) place = texts.push(item.text) - 1;
      return place === 0 ? item : { ...item, id: `${item.id}-${place + 1}` };
    }),
  }));
}
