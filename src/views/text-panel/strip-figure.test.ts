import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAtSpaces } from '../../testing/attention-from-text.ts';
import { createDrawLog } from '../../testing/draw-log.ts';
import { drawStrip, FIGURE_ROW, getFigureHeight } from './draw-strip.ts';
import { toStrip } from './strip-blocks.ts';
import { layOutStrip, orderRuns } from './strip-figure.ts';

const CHARACTER = 10;
const measure = (text: string): number => Array.from(text).length * CHARACTER;
const layOut = (text: string, width: number, margin = 0) => {
  const strip = toStrip(
    cutAtSpaces(text, () => 0),
    [],
  );
  return layOutStrip(strip, strip.blocks, width, margin, measure);
};
const rows = (text: string, width: number) => {
  const { texts, rowCount } = layOut(text, width);
  return Array.from({ length: rowCount }, (_, row) =>
    texts
      .filter((each) => each.row === row)
      .map((each) => each.text)
      .join('|'),
  );
};

describe('layOutStrip', () => {
  it('wraps before the word that no longer fits, and at line breaks', () => {
    expect(rows('the cat sat', 80)).toEqual(['the| cat', ' sat']);
    expect(rows('a\n\nb', 80)).toEqual(['a|⏎', '⏎', 'b']);
  });

  it('cuts a word that is wider than a row, and loses none of it', () => {
    expect(rows('abcdefgh', 30)).toEqual(['abc', 'def', 'gh']);
  });

  it('puts a line from right to left at the right, its runs in their order', () => {
    const { placed, texts } = layOut('אב גד x', 100);
    expect(texts.map(({ text, isRightToLeft }) => [text, isRightToLeft])).toEqual([
      [' x', false],
      ['אב גד', true],
    ]);
    expect(placed.map(({ index, x, width }) => [index, x, width])).toEqual([
      [2, 30, 20],
      [1, 50, 30],
      [0, 80, 20],
    ]);
  });

  it('places every token, none over another, all inside the width', () => {
    const words = fc.array(
      fc.constantFrom('a', 'word', 'שלום', 'مرحبا', '\n', '😀', 'longerword'),
      {
        minLength: 1,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 200 }), (parts, width) => {
        const text = parts.join(' ');
        const strip = toStrip(
          cutAtSpaces(text, () => 0),
          [],
        );
        const { placed, rowCount } = layOutStrip(strip, strip.blocks, width, 0, measure);
        expect(new Set(placed.map(({ index }) => index)).size).toBe(strip.tokens.length);
        for (let row = 0; row < rowCount; row++) {
          const boxes = placed.filter((each) => each.row === row).sort((a, b) => a.x - b.x);
          expect(boxes.length).toBeGreaterThan(0);
          for (const [i, { x, width: wide }] of boxes.entries()) {
            const next = boxes[i + 1]?.x ?? width;
            expect(x).toBeGreaterThanOrEqual(0);
            expect(x + wide).toBeLessThanOrEqual(next + 1e-6);
          }
        }
      }),
    );
  });
});

describe('orderRuns', () => {
  it('keeps a run from right to left together, and turns runs in a line that begins so', () => {
    expect(orderRuns(['a', 'ב', ' ', 'ג', 'b'], false).map(({ items }) => items)).toEqual([
      [0],
      [1, 2, 3],
      [4],
    ]);
    expect(orderRuns(['ב', 'a', 'b'], true).map(({ items }) => items)).toEqual([[1, 2], [0]]);
    expect(orderRuns([], false)).toEqual([]);
  });
});

describe('drawStrip', () => {
  it('paints tints under the text, frames the query, and says the scale', () => {
    const { context, of } = createDrawLog(CHARACTER);
    const figure = layOut('the cat', 200);
    drawStrip(context, {
      figure,
      backgroundOf: (token) => (token === 1 ? 'orange' : 'transparent'),
      isMuted: () => false,
      isQuery: (token) => token === 1,
      isKey: (token) => token === 0,
      nameTurn: () => '',
      legend: {
        colorAt: () => 'orange',
        stops: [
          [0, '0'],
          [0.5, '0.5'],
          [1, '1 nats'],
        ],
        title: 'entropy',
      },
      color: (name) => name,
    });
    expect(of('fillText').map(([text]) => text)).toEqual(['the', ' cat', 'entropy', '0 – 1 nats']);
    expect(of('fillRect')).toContainEqual([30, 2, 40, FIGURE_ROW - 4]);
    expect(of('strokeRect')).toEqual([[31, 2, 38, FIGURE_ROW - 4]]);
    expect(of('fillRect')).toContainEqual([0, FIGURE_ROW - 4, 30, 3]);
    expect(getFigureHeight(figure, true)).toBeGreaterThan(getFigureHeight(figure, false));
  });
});
