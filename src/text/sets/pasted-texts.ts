import { toLineFeeds } from '../decode-text.ts';
import { createTextItem, SET_TEXT_LIMIT, type TextItem } from './text-set.ts';

/** How pasted text is parted: not at all, at lines of three or more hyphens, or at empty lines. */
export type PasteCut = 'whole' | 'rules' | 'paragraphs';

export interface PastedTexts {
  readonly texts: readonly TextItem[];
  /** How it was parted, so that the page can say it. */
  readonly cut: PasteCut;
  /** How many texts each way would give, parts without any letter not counted. */
  readonly counts: Readonly<Record<PasteCut, number>>;
  /** How many texts had no place in a set. */
  readonly leftOut: number;
  /** Titles of texts that were too long and were cut. */
  readonly shortened: readonly string[];
}

const BORDERS: Readonly<Record<Exclude<PasteCut, 'whole'>, RegExp>> = {
  rules: /^[ \t]*-{3,}[ \t]*$/m,
  paragraphs: /\n[ \t]*(?:\n[ \t]*)+/,
};

/**
 * The texts of what was pasted. Without a wish, lines of hyphens part it where there are any, else it is
 * one text: paragraphs are parted on request only, since most texts have several. Empty parts are no
 * texts; white space around a part goes, except the indentation of its first line.
 */
export function partPasted(pasted: string, wish?: PasteCut): PastedTexts {
  const parts: Readonly<Record<PasteCut, readonly string[]>> = {
    whole: cleanParts([toLineFeeds(pasted)]),
    rules: cleanParts(toLineFeeds(pasted).split(BORDERS.rules)),
    paragraphs: cleanParts(toLineFeeds(pasted).split(BORDERS.paragraphs)),
  };
  const cut = wish ?? (BORDERS.rules.test(toLineFeeds(pasted)) ? 'rules' : 'whole');
  const made = parts[cut]
    .slice(0, SET_TEXT_LIMIT)
    .map((part) => createTextItem(part, { kind: 'pasted' }));
  return {
    texts: made.map(({ item }) => item),
    cut,
    counts: {
      whole: parts.whole.length,
      rules: parts.rules.length,
      paragraphs: parts.paragraphs.length,
    },
    leftOut: parts[cut].length - made.length,
    shortened: made.filter(({ isShortened }) => isShortened).map(({ item }) => item.title),
  };
}

const cleanParts = (parts: readonly string[]): readonly string[] =>
  parts
    .map((part) => part.replace(/^(?:[ \t]*\n)+/, '').trimEnd())
    .filter((part) => part.trim() !== '');
