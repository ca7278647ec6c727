import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attentionFromText } from '../../testing/attention-from-text.ts';
import { ARC_UNITS, arcBetween, arcUnitAt, layOutArcs, TEXT_HEIGHT } from './arcs-layout.ts';
import {
  computeLines,
  EARLIER,
  followUnit,
  isInFocus,
  layOutLines,
  ROW,
  rowMiddle,
  rowsThatFit,
  unitAt,
} from './lines-layout.ts';

describe('the columns', () => {
  it('are these numbers at the width of the side column', () => {
    expect(layOutLines(410, 121, 200)).toEqual({
      width: 410,
      height: 20 + 16 + 26 * 16 + 4,
      count: 121,
      start: 95,
      end: 121,
      top: 36,
      queryX: 46 + 89 + 6,
      keyX: 410 - 46 - 89 - 6,
      labelWidth: 89,
    });
  });
  it('show a short text whole, without a row for earlier keys', () => {
    const layout = layOutLines(410, 3, 50);
    expect([layout.start, layout.end, layout.top]).toEqual([0, 3, 20]);
  });
  it('find each unit under its row, on both sides, wherever the window is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 900 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: -50, max: 3050 }),
        fc.nat(),
        (width, count, start, pick) => {
          const layout = layOutLines(width, count, start);
          expect(layout.end - layout.start).toBe(rowsThatFit(width, count));
          const index = layout.start + (pick % (layout.end - layout.start));
          const y = rowMiddle(layout, index);
          expect(unitAt(layout, 10, y)).toEqual({ side: 'query', index });
          expect(unitAt(layout, width - 10, y)).toEqual({ side: 'key', index });
          expect(layout.queryX).toBeLessThan(layout.keyX);
        },
      ),
    );
  });
  it('move as little as needed to hold a unit, and always hold it', () => {
    expect(followUnit(10, 26, 20, 100)).toBe(10);
    expect(followUnit(10, 26, 40, 100)).toBe(15);
    expect(followUnit(10, 26, 3, 100)).toBe(3);
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 500 }),
        fc.nat(),
        (start, count, pick) => {
          const rows = rowsThatFit(400, count);
          const index = pick % count;
          const next = followUnit(start, rows, index, count);
          expect(next).toBeGreaterThanOrEqual(0);
          expect(next + rows).toBeLessThanOrEqual(count);
          expect(index >= next && index < next + rows).toBe(true);
        },
      ),
    );
  });
  it('put earlier keys on the row above the first', () => {
    const layout = layOutLines(410, 121, 50);
    expect(rowMiddle(layout, EARLIER)).toBe(layout.top - ROW / 2);
    expect(unitAt(layout, 10, layout.top - 1)).toBeNull();
  });
});

describe('computeLines', () => {
  const { slice } = attentionFromText('the cat sat on\n1\n.5 .5\n.2 0 .8\n.1 .2 .3 .4');
  const said = (start: number, end: number) =>
    computeLines(slice, { start, end }).map(
      ({ query, key, weight }) => `${query}>${key} ${weight.toFixed(1)}`,
    );
  it('gives a line for each weight, weak ones first, none for zero', () => {
    expect(said(0, 3)).toEqual(['2>0 0.2', '1>0 0.5', '1>1 0.5', '2>2 0.8', '0>0 1.0']);
  });
  it('takes all keys before the window together', () => {
    expect(said(2, 4)).toEqual(
      ['2>-1 0.2', '3>-1 0.3', '3>2 0.3', '3>3 0.4', '2>2 0.8'].toSorted(
        (a, b) => Number(a.split(' ')[1]) - Number(b.split(' ')[1]),
      ),
    );
  });
  it('loses no attention, wherever the window is', () => {
    for (let start = 0; start < 4; start++) {
      for (let query = start; query < 4; query++) {
        const sum = computeLines(slice, { start, end: 4 })
          .filter((line) => isInFocus(line, { side: 'query', index: query }))
          .reduce((total, line) => total + line.weight, 0);
        expect(sum).toBeCloseTo(1, 6);
      }
    }
  });
  it('has none for an undefined row', () => {
    const undefinedRow = { size: 1, packed: Float32Array.of(Number.NaN) };
    expect(computeLines(undefinedRow, { start: 0, end: 1 })).toEqual([]);
  });
});

describe('arcs', () => {
  const layout = layOutArcs(100, ['one', '·two', '·three⏎', 'four'], (text) => text.length * 10);
  it('set the text in lines, a line break ends one', () => {
    expect(layout.units.map(({ x, width, line }) => [x, width, line])).toEqual([
      [0, 30, 0],
      [30, 40, 0],
      [0, 70, 1],
      [0, 40, 2],
    ]);
    expect(layout.height).toBe(3 * (62 + 16 + 12));
  });
  it('find each unit under its text', () => {
    layout.units.forEach(({ x, y, width }, index) => {
      expect(arcUnitAt(layout, x + width / 2, y + TEXT_HEIGHT / 2)).toBe(index);
    });
    expect(arcUnitAt(layout, 99, layout.units[3].y)).toBeNull();
  });
  it('go from the query’s top to the key’s top on one line, to its foot on an earlier one', () => {
    const [x0, y0, , top, , , x1, y1] = arcBetween(layout, 1, 0);
    expect([x0, x1]).toEqual([50, 15]);
    expect(y1).toBe(y0);
    expect(top).toBeLessThan(y0);
    expect(arcBetween(layout, 2, 0)[7]).toBe(layout.units[0].y + TEXT_HEIGHT + 1);
  });
  it('stay on the canvas', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 150, max: 800 }),
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: ARC_UNITS }),
        (width, widths) => {
          const texts = widths.map((w) => 'x'.repeat(w));
          const some = layOutArcs(width, texts, (text) => text.length);
          for (const [query] of widths.entries()) {
            for (let key = 0; key <= query; key++) {
              const curve = arcBetween(some, query, key);
              // A cubic curve lies within its control points; its height is 3/4 of theirs.
              const ys = [curve[1], curve[7], curve[1] - 0.75 * (curve[1] - curve[3])];
              for (const y of ys) expect(y).toBeGreaterThanOrEqual(0);
              for (const y of ys) expect(y).toBeLessThanOrEqual(some.height);
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });
  it('does not choke on nothing', () => expect(layOutArcs(100, [], () => 0).height).toBe(0));
});
