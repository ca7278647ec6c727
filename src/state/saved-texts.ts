import { parseConversation } from '../text/conversation.ts';
import type { SavedText } from './app-state.ts';

/** How many texts a browser keeps; the one used longest ago goes first. */
export const SAVED_TEXTS = 20;

/**
 * A list with a text put at its front. The same text used before moves there, and a text that only goes on
 * with the latest one takes its place, so that typing does not fill the list.
 */
export function rememberText(texts: readonly SavedText[], entry: SavedText): readonly SavedText[] {
  const others = texts.filter(({ text }) => text !== entry.text);
  const [latest] = others;
  const goesOn = latest !== undefined && entry.text.startsWith(latest.text);
  return [entry, ...(goesOn ? others.slice(1) : others)].slice(0, SAVED_TEXTS);
}

/** Reads a list out of what storage holds; entries that make no sense are left out. */
export function parseSavedTexts(value: unknown): readonly SavedText[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly unknown[]).flatMap((each): readonly SavedText[] => {
    if (typeof each !== 'object' || each === null) return [];
    const { id, text, savedAt, conversation } = each as Readonly<Record<string, unknown>>;
    if (typeof id !== 'string' || typeof text !== 'string' || typeof savedAt !== 'number')
      return [];
    const turns = parseConversation(conversation);
    return [{ id, text, savedAt, ...(turns === null ? {} : { conversation: turns }) }];
  });
}
