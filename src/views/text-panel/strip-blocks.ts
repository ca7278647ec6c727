import type { TokenIndex } from '../../lib/flavor.ts';
import { displayToken } from '../../text/display-token.ts';
import type { TurnSpan } from '../../text/locate-turns.ts';
import type { TokenizedText } from '../../text/token.ts';

/** A token as the strip shows it. */
export interface StripToken {
  readonly index: TokenIndex;
  /** The part of the text that is this token's alone: all of them together are the text. */
  readonly own: string;
  /** `own` with what would be invisible made visible; never empty. A line break is shown, and breaks. */
  readonly shown: string;
  /** Whether it begins inside a character that the token before it began. */
  readonly isFragment: boolean;
  /** Whether there is nothing but whitespace in it. */
  readonly isBlank: boolean;
  /** Whether it is a control token, or the template's wording around what was said. */
  readonly isMuted: boolean;
}

/** Tokens [start, end) that stand together: a turn, or the whole of an ordinary text. */
export interface StripBlock {
  readonly start: TokenIndex;
  readonly end: TokenIndex;
  /** The turn that it is; null in ordinary texts. */
  readonly turn: TurnSpan | null;
}

/** A text as tokens in blocks. */
export interface Strip {
  readonly tokens: readonly StripToken[];
  readonly blocks: readonly StripBlock[];
}

/** Stands for a token that has no character of its own: a further byte of one that was shown. */
const FRAGMENT = '▪';

function showPart(part: string): string {
  if (part.trim() === '') return part === '' ? '' : displayToken(part);
  return part.replace(/[^ ]+/g, displayToken);
}

/** Spaces inside a text stay spaces; where there is nothing else they become visible. */
function showOwn(own: string, breaks: boolean): string {
  return own
    .split('\n')
    .map(showPart)
    .join(breaks ? '⏎\n' : '⏎');
}

/**
 * Cuts a text into the blocks and tokens that the strip shows. With `turns`, each is a block, and line breaks
 * of the template's own wording are shown but do not break.
 */
export function toStrip(text: TokenizedText, turns: readonly TurnSpan[]): Strip {
  const tokens: StripToken[] = [];
  const blocks: StripBlock[] = [];
  let shownEnd = 0;
  let blockStart = 0;
  let turn = -1;
  const endBlock = (end: number): void => {
    if (end === blockStart) return;
    blocks.push({ start: blockStart, end, turn: turns[turn] ?? null });
    blockStart = end;
  };
  for (let index = 0; index < text.ids.length; index++) {
    const start = text.starts[index];
    const end = text.ends[index];
    while (turn + 1 < turns.length && start >= turns[turn + 1].start && end > start) {
      endBlock(index);
      turn++;
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
      shown: `${mark}${own === '' ? piece : showOwn(own, isSaid)}`,
      isFragment,
      isBlank: own !== '' && own.trim() === '',
      isMuted: text.special[index] || !isSaid,
    });
  }
  endBlock(text.ids.length);
  return { tokens, blocks };
}
