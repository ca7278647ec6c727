import type { CssPixels, TokenIndex } from '../../lib/flavor.ts';
import type { TurnSpan } from '../../text/locate-turns.ts';
import type { Strip, StripBlock } from './strip-blocks.ts';

/** A token in a figure: a wrapped token has more than one box. */
export interface PlacedToken {
  readonly index: TokenIndex;
  readonly text: string;
  readonly x: CssPixels;
  readonly width: CssPixels;
  /** Row of the figure, from 0. */
  readonly row: number;
}

/** A strip laid out for a figure. */
export interface StripFigure {
  readonly placed: readonly PlacedToken[];
  /** Turns with the row that they begin on. */
  readonly turns: readonly { readonly turn: TurnSpan; readonly row: number }[];
  readonly rowCount: number;
  readonly width: CssPixels;
}

const RIGHT_TO_LEFT =
  /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}|\p{Script=Adlam}/u;

/** Whether a text's first letter is written from right to left; null when it has no letter. */
function isRightToLeft(text: string): boolean | null {
  const letter = text.match(/\p{L}/u)?.[0];
  return letter === undefined ? null : RIGHT_TO_LEFT.test(letter);
}

/**
 * The order in which tokens of one row stand from left to right: runs of right-to-left tokens are turned
 * around, and in a line that begins right to left the runs themselves too. A token without a letter goes
 * with the one before it, at the begin with the line. ["a", "ב", "ג"] -> [0, 2, 1].
 */
export function orderVisually(texts: readonly string[], isLineRightToLeft: boolean): number[] {
  const runs: { isTurned: boolean; items: number[] }[] = [];
  let isTurned = isLineRightToLeft;
  texts.forEach((text, i) => {
    isTurned = isRightToLeft(text) ?? isTurned;
    const last = runs.at(-1);
    if (last?.isTurned === isTurned) last.items.push(i);
    else runs.push({ isTurned, items: [i] });
  });
  const ordered = runs.map((run) => (run.isTurned ? run.items.reverse() : run.items));
  return (isLineRightToLeft ? ordered.reverse() : ordered).flat();
}

interface Piece {
  readonly index: TokenIndex;
  readonly text: string;
  readonly width: CssPixels;
}

/** Cuts a token that is wider than a row into parts that fit, each at least one character. */
function cutWide(
  text: string,
  width: CssPixels,
  measure: (text: string) => CssPixels,
): readonly string[] {
  if (measure(text) <= width) return [text];
  const parts: string[] = [];
  let part = '';
  for (const character of text) {
    if (part !== '' && measure(part + character) > width) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

/**
 * Lays tokens out in rows of a width, wrapped between words where that is possible. Every token has a
 * place; pieces of one row do not overlap and stay inside the width unless a single character is wider.
 */
export function layOutStrip(
  strip: Strip,
  blocks: readonly StripBlock[],
  width: CssPixels,
  margin: CssPixels,
  measure: (text: string) => CssPixels,
): StripFigure {
  const placed: PlacedToken[] = [];
  const turns: { turn: TurnSpan; row: number }[] = [];
  const room = Math.max(1, width - margin);
  let row = 0;
  for (const block of blocks) {
    if (block.turn !== null) turns.push({ turn: block.turn, row });
    const lines = toLines(strip.tokens.slice(block.start, block.end)).flatMap((line) => {
      const isTurned = isRightToLeft(line.map(({ text }) => text).join('')) ?? false;
      return wrap(line, room, measure).map((pieces) => ({ pieces, isTurned }));
    });
    for (const { pieces, isTurned } of lines) {
      const order = orderVisually(
        pieces.map(({ text }) => text),
        isTurned,
      );
      const taken = pieces.reduce((sum, piece) => sum + piece.width, 0);
      let x = margin + (isTurned ? Math.max(0, room - taken) : 0);
      for (const i of order) {
        placed.push({ ...pieces[i], x, row });
        x += pieces[i].width;
      }
      row++;
    }
  }
  return { placed, turns, rowCount: row, width };
}

/** Tokens as lines; one with line breaks in it stands in parts on more than one. */
function toLines(
  tokens: readonly { readonly index: TokenIndex; readonly shown: string }[],
): readonly (readonly Omit<Piece, 'width'>[])[] {
  const lines: Omit<Piece, 'width'>[][] = [[]];
  for (const { index, shown } of tokens) {
    shown.split('\n').forEach((text, part) => {
      if (part > 0) lines.push([]);
      if (text !== '') lines[lines.length - 1].push({ index, text });
    });
  }
  return lines.filter((line) => line.length > 0);
}

/** Rows of pieces: a row ends before a token that no longer fits, rather before the word that it ends. */
function wrap(
  line: readonly Omit<Piece, 'width'>[],
  room: CssPixels,
  measure: (text: string) => CssPixels,
): readonly (readonly Piece[])[] {
  const rows: Piece[][] = [];
  let row: Piece[] = [];
  let used = 0;
  for (const { index, text: whole } of line) {
    for (const text of cutWide(whole, room, measure)) {
      const width = measure(text);
      if (row.length > 0 && used + width > room) {
        const word = /^\s/.test(text) ? 0 : wordStart(row);
        const carried = word > 0 ? row.splice(word) : [];
        rows.push(row);
        row = carried;
        used = carried.reduce((sum, piece) => sum + piece.width, 0);
        if (used + width > room) {
          rows.push(row);
          row = [];
          used = 0;
        }
      }
      row.push({ index, text, width });
      used += width;
    }
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

/** Where the last word of a row begins: its last piece that begins with a space; 0 when there is none. */
function wordStart(row: readonly Piece[]): number {
  return Math.max(
    0,
    row.findLastIndex(({ text }) => text.startsWith(' ')),
  );
}
