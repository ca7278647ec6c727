import { type Conversation, ROLES, type Role, type Turn } from './conversation.ts';
import type { TokenizedText } from './token.ts';

/** Where a turn stands in the rendered text, in UTF-16 code units. */
export interface TurnSpan {
  /** Null for a part that the template writes before the first turn and that names no role. */
  readonly role: Role | null;
  /** Begin of the turn's header, such as <|im_start|>user. */
  readonly start: number;
  /** What the person wrote: [contentStart, contentEnd). Empty in what the template adds. */
  readonly contentStart: number;
  readonly contentEnd: number;
  /** Whether nobody wrote in it yet: a template's default system turn, or the turn still to come. */
  readonly isTemplate: boolean;
}

/** Where a role's header begins, and where the name of the role ends in it. */
interface Header {
  readonly start: number;
  readonly nameEnd: number;
}

type Spans = readonly (readonly [start: number, end: number])[];

/** The first name of a role from `from` on that stands in a special token or right behind one. */
function findHeader(text: string, specials: Spans, role: Role, from: number): Header | null {
  for (let at = text.indexOf(role, from); at >= 0; at = text.indexOf(role, at + 1)) {
    const nameEnd = at + role.length;
    const special = specials.findLast(
      ([start, end]) => start >= from && start <= at && (end === at || end >= nameEnd),
    );
    if (special !== undefined) return { start: special[0], nameEnd };
  }
  return null;
}

/** The end of what templates put between a role's name and the text: special tokens and whitespace. */
function skipHeader(text: string, specials: Spans, from: number): number {
  let at = from;
  for (;;) {
    const special = specials.find(([start]) => start === at);
    if (special !== undefined) [, at] = special;
    else if (at < text.length && /\s/.test(text[at])) at++;
    else return at;
  }
}

/** Where a turn's text begins from `from` on; templates may trim it. */
function findContent(text: string, { content }: Turn, from: number): readonly [number, number] {
  for (const wanted of [content, content.trim()]) {
    const at = wanted === '' ? -1 : text.indexOf(wanted, from);
    if (at >= 0) return [at, at + wanted.length];
  }
  return [from, from];
}

/**
 * Finds the turns of a conversation in the text that a template made of it: each turn's header by the name
 * of its role beside a special token (ChatML, Llama 3, Zephyr and their kin), then its content. A template
 * without such headers gives turns that begin with their content. Turns come in order and do not overlap.
 */
export function locateTurns(
  tokens: TokenizedText,
  conversation: Conversation,
): readonly TurnSpan[] {
  const { text } = tokens;
  const specials: (readonly [number, number])[] = [];
  tokens.special.forEach((isSpecial, i) => {
    if (isSpecial && tokens.ends[i] > tokens.starts[i])
      specials.push([tokens.starts[i], tokens.ends[i]]);
  });
  const turns: TurnSpan[] = [];
  let from = 0;
  for (const message of conversation.messages) {
    const header = findHeader(text, specials, message.role, from);
    const [contentStart, contentEnd] = findContent(text, message, header?.nameEnd ?? from);
    const start = header?.start ?? contentStart;
    turns.push({ role: message.role, start, contentStart, contentEnd, isTemplate: false });
    from = contentEnd;
  }
  const first = turns[0]?.start ?? text.length;
  if (turns.length > 0 && text.slice(0, first).trim() !== '') {
    const lead = ROLES.find((role) => {
      const header = findHeader(text, specials, role, 0);
      return header !== null && header.start < first;
    });
    turns.unshift({
      role: lead ?? null,
      start: 0,
      contentStart: 0,
      contentEnd: 0,
      isTemplate: true,
    });
  }
  const next = findHeader(text, specials, 'assistant', from);
  if (conversation.addGenerationPrompt && next !== null) {
    const contentStart = skipHeader(text, specials, next.nameEnd);
    turns.push({
      role: 'assistant',
      start: next.start,
      contentStart,
      contentEnd: text.length,
      isTemplate: contentStart === text.length,
    });
  }
  return turns;
}
