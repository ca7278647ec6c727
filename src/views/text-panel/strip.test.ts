import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAtSpaces } from '../../testing/attention-from-text.ts';
import { getUnits } from '../../text/get-units.ts';
import { locateTurns } from '../../text/locate-turns.ts';
import type { TokenizedText } from '../../text/token.ts';
import { findBeside } from './find-beside.ts';
import { toStrip } from './strip-blocks.ts';
import { moveOfKey } from './strip-moves.ts';
import { blocksOfPage, getPage, PAGE_TOKENS, pageOf } from './strip-pages.ts';
import { getEdges, toUnitOfToken } from './unit-marks.ts';

/** A text whose tokens are given by where each ends, in bytes of UTF-8: such cuts can halve a character. */
function cutBytes(text: string, isEnd: (byte: number) => boolean): TokenizedText {
  const starts: number[] = [];
  const ends: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let unit = 0;
  for (const character of text) {
    const bytes = new TextEncoder().encode(character).length;
    for (let i = 0; i < bytes; i++) {
      from.push(unit);
      to.push(unit + character.length);
    }
    unit += character.length;
  }
  let start = 0;
  from.forEach((_, byte) => {
    if (byte < from.length - 1 && !isEnd(byte)) return;
    starts.push(from[start]);
    ends.push(to[byte]);
    start = byte + 1;
  });
  return {
    text,
    ids: Int32Array.from(starts, (_, i) => i),
    pieces: starts.map(String),
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
    special: starts.map(() => false),
  };
}

/** A text cut where it has "|"; pieces in angle brackets are control tokens. */
function cut(marked: string): TokenizedText {
  const pieces = marked.split('|').filter((piece) => piece !== '');
  let at = 0;
  const ends = Int32Array.from(pieces, (piece) => (at += piece.length));
  return {
    text: pieces.join(''),
    ids: Int32Array.from(pieces, (_, i) => i),
    pieces,
    starts: Int32Array.from(pieces, (piece, i) => ends[i] - piece.length),
    ends,
    special: pieces.map((piece) => /^<.*>$/.test(piece)),
  };
}
const shown = (marked: string) => toStrip(cut(marked), []).tokens.map((token) => token.shown);

const anyText = fc.string({
  unit: fc.constantFrom(
    'a',
    'B',
    ' ',
    '\n',
    '\t',
    'é',
    'ש',
    '😀',
    '\u200d',
    '\0',
    '\ud800',
    '👩‍👧',
  ),
  maxLength: 40,
});
const anyCut = fc
  .tuple(anyText, fc.infiniteStream(fc.boolean()))
  .map(([text, bits]) => cutBytes(text, () => bits.next().value === true));

describe('toStrip', () => {
  it('keeps spaces between words, and shows whitespace where there is nothing else', () => {
    expect(shown('The| cat|  |\t|1')).toEqual(['The', ' cat', '··', '⇥', '1']);
  });

  it('breaks at line breaks inside tokens, and keeps what follows them', () => {
    expect(shown('{|\n  | x|\n\n|\n    return')).toEqual([
      '{',
      '⏎\n··',
      ' x',
      '⏎\n⏎\n',
      '⏎\n    return',
    ]);
  });

  it('shows control characters and halves of surrogate pairs', () => {
    expect(shown('a\0|b\ud800|\u200b')).toEqual(['a␀', 'b‹D800›', '‹200B›']);
  });

  it('shows a character once, with the token that begins it; further bytes have a mark', () => {
    const { tokens } = toStrip(
      cutBytes('😀a', (byte) => byte !== 2),
      [],
    );
    expect(tokens.map((token) => [token.shown, token.isFragment, token.own])).toEqual([
      ['😀', false, '😀'],
      ['▪', true, ''],
      ['▪', true, ''],
      ['a', false, 'a'],
    ]);
  });

  it('shows the piece of a token that stands for no text', () => {
    const begin: TokenizedText = {
      ...cut('a'),
      ids: Int32Array.of(1, 2),
      pieces: ['<s>', 'a'],
      starts: Int32Array.of(0, 0),
      ends: Int32Array.of(0, 1),
      special: [true, false],
    };
    expect(toStrip(begin, []).tokens.map((token) => [token.shown, token.isMuted])).toEqual([
      ['<s>', true],
      ['a', false],
    ]);
  });

  it('loses neither tokens nor text, however characters are cut', () => {
    fc.assert(
      fc.property(anyCut, (text) => {
        const { tokens, blocks } = toStrip(text, []);
        expect(tokens.map(({ own }) => own).join('')).toBe(text.text);
        expect(tokens.map(({ index }) => index)).toEqual(Array.from(text.ids));
        for (const token of tokens) expect(token.shown).not.toBe('');
        expect(blocks.flatMap(({ start, end }) => [start, end])).toEqual(
          tokens.length === 0 ? [] : [0, tokens.length],
        );
      }),
    );
  });

  it('makes a block of each turn and mutes what the template adds', () => {
    const text = cut('<s>|user|\n|Hi|\n|there|</s>|\n|<s>|assistant|\n|Yes|</s>|\n');
    const turns = locateTurns(text, {
      messages: [
        { role: 'user', content: 'Hi\nthere' },
        { role: 'assistant', content: 'Yes' },
      ],
      addGenerationPrompt: false,
    });
    const strip = toStrip(text, turns);
    expect(strip.blocks.map(({ start, end, turn }) => [start, end, turn?.role])).toEqual([
      [0, 8, 'user'],
      [8, 14, 'assistant'],
    ]);
    expect(strip.tokens.filter(({ isMuted }) => !isMuted).map((token) => token.shown)).toEqual([
      'Hi',
      '⏎\n',
      'there',
      'Yes',
    ]);
    expect(strip.tokens[2].shown).toBe('⏎');
  });
});

describe('pages', () => {
  it('show a text of 512 tokens whole', () => {
    expect(getPage(512, 0)).toEqual({ page: 0, pageCount: 1, start: 0, end: 512 });
    expect(getPage(0, 3)).toEqual({ page: 0, pageCount: 1, start: 0, end: 0 });
  });

  it('hold every token just once, and the one that is asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), (count, pick) => {
        const token = pick % count;
        const page = getPage(count, pageOf(token));
        expect(page.start <= token && token < page.end).toBe(true);
        expect(page.end - page.start).toBeLessThanOrEqual(PAGE_TOKENS);
        let covered = 0;
        for (let i = 0; i < page.pageCount; i++) {
          const each = getPage(count, i);
          expect(each.start).toBe(covered);
          covered = each.end;
        }
        expect(covered).toBe(count);
      }),
    );
  });

  it('cut blocks that go on over their edges', () => {
    const blocks = [
      { start: 0, end: 500, turn: null },
      { start: 500, end: 1300, turn: null },
    ];
    const on = (page: number) =>
      blocksOfPage(blocks, getPage(1300, page)).map(({ start, end }) => [start, end]);
    expect(on(0)).toEqual([
      [0, 500],
      [500, 600],
    ]);
    expect(on(1)).toEqual([[600, 1200]]);
    expect(on(2)).toEqual([[1200, 1300]]);
  });
});

describe('units in the strip', () => {
  it('partition the tokens, so that each is marked with just one unit', () => {
    fc.assert(
      fc.property(anyCut, fc.constantFrom('token', 'word', 'sentence', 'line'), (text, unit) => {
        const units = getUnits(text, unit);
        const unitOf = toUnitOfToken(units);
        expect(unitOf).toHaveLength(text.ids.length);
        const drawn = { start: 0, end: text.ids.length };
        const marked = units.flatMap((_, i) =>
          getEdges(units, i, drawn).map(([token]) => [token, i]),
        );
        expect(marked).toEqual(Array.from(unitOf, (of, token) => [token, of]));
      }),
    );
  });

  it('carry their frame around all of their tokens that are drawn', () => {
    const units = getUnits(cut('The| pl|umb|er| left'), 'word');
    const all = { start: 0, end: 5 };
    expect(getEdges(units, 0, all)).toEqual([[0, 'only']]);
    expect(getEdges(units, 1, all)).toEqual([
      [1, 'first'],
      [2, 'inner'],
      [3, 'last'],
    ]);
    expect(getEdges(units, 1, { start: 2, end: 5 })).toEqual([
      [2, 'inner'],
      [3, 'last'],
    ]);
    expect(getEdges(units, null, all)).toEqual([]);
    expect(getEdges(units, 9, all)).toEqual([]);
  });
});

describe('findBeside', () => {
  const box = (left: number, top: number, width = 10, height = 20) => ({
    left,
    right: left + width,
    top,
    bottom: top + height,
  });
  const boxes = [box(0, 0), box(10, 0), box(20, 0), box(0, 25, 14), box(14, 25, 30), box(0, 50)];

  it('finds the nearest token on the next row, and none past the ends', () => {
    expect(findBeside(boxes, 0, 1)).toBe(3);
    expect(findBeside(boxes, 2, 1)).toBe(4);
    expect(findBeside(boxes, 4, 1)).toBe(5);
    expect(findBeside(boxes, 4, -1)).toBe(2);
    expect(findBeside(boxes, 5, 1)).toBeNull();
    expect(findBeside(boxes, 1, -1)).toBeNull();
    expect(findBeside([], 0, 1)).toBeNull();
  });
});

describe('moveOfKey', () => {
  const press = (key: string, ctrlKey = false) =>
    moveOfKey({ key, ctrlKey, metaKey: false, altKey: false });
  it('knows the keys of a list and leaves the browser its own', () => {
    expect(press('ArrowLeft')).toEqual({ by: 'unit', step: -1 });
    expect(press('PageDown')).toEqual({ by: 'page', step: 1 });
    expect(press(' ')).toBe('select');
    expect(press('Escape')).toBeNull();
    expect(press('Home', true)).toBeNull();
  });
});

describe('a drawn text', () => {
  it('is the same text in the strip', () => {
    const text = cutAtSpaces('the cat sat', () => 0);
    expect(toStrip(text, []).tokens.map((token) => token.shown)).toEqual(['the', ' cat', ' sat']);
  });
});
