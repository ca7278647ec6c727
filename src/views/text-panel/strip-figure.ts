import type { CssPixels, TokenIndex } from '../../lib/flavor.ts';
import type { TurnSpan } from '../../text/locate-turns.ts';
import type { Strip, StripBlock } from './strip-blocks.ts';

/** The box of a token in a figure; a token on two rows has two. */
export interface PlacedToken {
  readonly index: TokenIndex;
  readonly x: CssPixels;
  readonly width: CssPixels;
  /** Row of the figure, from 0. */
  readonly row: number;
}

/** Text over the boxes: a token's, or a whole run's from right to left, whose letters join across tokens. */
export interface PlacedText {
  /** The token that gives the colour. */
  readonly index: TokenIndex;
  readonly text: string;
  readonly isRightToLeft: boolean;
  readonly x: CssPixels;
  readonly row: number;
}

/** A strip laid out for a figure. */
export interface StripFigure {
  readonly placed: readonly PlacedToken[];
  readonly texts: readonly PlacedText[];
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

/** Items of a row that are written in one direction, in the order of the text. */
export interface DirectedRun {
  readonly isRightToLeft: boolean;
  readonly items: readonly number[];
}

/**
 * The runs of a row as they stand from left to right. A text without a letter goes with the one before it,
 * at the begin with the line. In a line from left to right ["a", "ב", "ג", "b"] -> a, then "ב" and "ג", then b.
 */
export function orderRuns(
  texts: readonly string[],
  isLineRightToLeft: boolean,
): readonly DirectedRun[] {
  const runs: { isRightToLeft: boolean; items: number[] }[] = [];
  let direction = isLineRightToLeft;
  texts.forEach((text, i) => {
    direction = isRightToLeft(text) ?? direction;
    const last = runs.at(-1);
    if (last?.isRightToLeft === direction) last.items.push(i);
    else runs.push({ isRightToLeft: direction, items: [i] });
  });
  return isLineRightToLeft ? runs.reverse() : runs;
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
  const texts: PlacedText[] = [];
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
      const runs = orderRuns(
        pieces.map(({ text }) => text),
        isTurned,
      ).map(({ isRightToLeft, items }) => {
        const members = items.map((i) => pieces[i]);
        return { isRightToLeft, members: isRightToLeft ? joinWidths(members, measure) : members };
      });
      const taken = runs
        .flatMap(({ members }) => members)
        .reduce((sum, { width }) => sum + width, 0);
      let x = margin + (isTurned ? Math.max(0, room - taken) : 0);
      for (const { isRightToLeft, members } of runs) {
        if (isRightToLeft) {
          const text = members.map((piece) => piece.text).join('');
          texts.push({ index: members[0].index, text, isRightToLeft, x, row });
        }
        for (const { index, text, width } of isRightToLeft ? members.toReversed() : members) {
          placed.push({ index, x, width, row });
          if (!isRightToLeft) texts.push({ index, text, isRightToLeft, x, row });
          x += width;
        }
      }
      row++;
    }
  }
  return { placed, texts, turns, rowCount: row, width };
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

/** Widths as they are in the joined text, where letters may take other forms than alone. */
function joinWidths(
  pieces: readonly Piece[],
  measure: (text: string) => CssPixels,
): readonly Piece[] {
  let before = '';
  let taken = 0;
  return pieces.map((piece) => {
    before += piece.text;
    const width = Math.max(0, measure(before) - taken);
    taken += width;
    return { ...piece, width };
  });
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
