import type { TokenIndex } from '../../lib/flavor.ts';
import { displayToken } from '../../text/display-token.ts';
import type { TurnSpan } from '../../text/locate-turns.ts';
import type { TokenizedText } from '../../text/token.ts';

/** A token as the strip shows it. */
export interface StripToken {
  readonly index: TokenIndex;
  /** The part of the text that is this token's alone: all of them together are the text. */
  readonly own: string;
  /** `own` with what would be invisible made visible; never empty. */
  readonly shown: string;
  /** Whether it begins inside a character that the token before it began. */
  readonly isFragment: boolean;
  /** Whether there is nothing but whitespace in it. */
  readonly isBlank: boolean;
  /** Whether it is a control token, or the template's wording around what was said. */
  readonly isMuted: boolean;
}

/** Tokens [start, end) that stand on one line, before it is wrapped. */
export interface StripLine {
  readonly start: TokenIndex;
  readonly end: TokenIndex;
  /** The turn that the line belongs to; null in ordinary texts. */
  readonly turn: TurnSpan | null;
  /** Whether the turn begins with this line. */
  readonly opensTurn: boolean;
}

/** A text as tokens on lines. */
export interface Strip {
  readonly tokens: readonly StripToken[];
  readonly lines: readonly StripLine[];
}

/** Stands for a token that has no character of its own: a further byte of one that was shown. */
const FRAGMENT = '▪';

function showOwn(own: string): string {
  if (own.trim() === '') return displayToken(own);
  return own.replace(/[^ ]+/g, displayToken);
}

/**
 * Lays a text out as lines of tokens. Lines end after tokens that hold a line break. With `turns`, a line
 * begins with each turn, and line breaks of the template's own wording are shown but do not break the line.
 */
export function toStrip(text: TokenizedText, turns: readonly TurnSpan[]): Strip {
  const tokens: StripToken[] = [];
  const lines: StripLine[] = [];
  let shownEnd = 0;
  let lineStart = 0;
  let turn = -1;
  let opensTurn = false;
  const endLine = (end: number): void => {
    if (end === lineStart) return;
    lines.push({ start: lineStart, end, turn: turns[turn] ?? null, opensTurn });
    lineStart = end;
    opensTurn = false;
  };
  for (let index = 0; index < text.ids.length; index++) {
    const start = text.starts[index];
    const end = text.ends[index];
    while (turn + 1 < turns.length && start >= turns[turn + 1].start && end > start) {
      endLine(index);
      turn++;
      opensTurn = true;
    }
    const isFragment = start < shownEnd && end > start;
    const own = text.text.slice(Math.max(start, shownEnd), Math.max(end, shownEnd));
    shownEnd = Math.max(shownEnd, end);
    const said = turns[turn];
    const isSaid = said === undefined || (start >= said.contentStart && start < said.contentEnd);
    const mark = isFragment ? FRAGMENT : '';
    const piece = own === '' && !isFragment ? displayToken(text.pieces[index]) : '';
    tokens.push({
      index,
      own,
      shown: `${mark}${own === '' ? piece : showOwn(own)}`,
      isFragment,
      isBlank: own !== '' && own.trim() === '',
      isMuted: text.special[index] || !isSaid,
    });
    if (own.includes('\n') && isSaid) endLine(index + 1);
  }
  endLine(text.ids.length);
  return { tokens, lines };
}
