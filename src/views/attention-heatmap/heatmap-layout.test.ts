import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellAt,
  cellBox,
  cellSize,
  cellStart,
  chooseLabels,
  layOutBars,
  layOutHeatmap,
  placeTooltip,
  targetAt,
} from './heatmap-layout.ts';

/** Any window of any matrix on any canvas. */
const anyLayout = fc
  .record({
    width: fc.integer({ min: 200, max: 1200 }),
    count: fc.integer({ min: 1, max: 3000 }),
    cuts: fc.tuple(...Array.from({ length: 4 }, () => fc.double({ min: 0, max: 1, noNaN: true }))),
  })
  .map(({ width, count, cuts }) => {
    const window = (a: number, b: number) => {
      const [from, to] = [a, b].sort((x, y) => x - y).map((share) => Math.floor(share * count));
      const start = Math.min(count - 1, from);
      return { start, end: Math.min(count, Math.max(start + 1, to)) };
    };
    const shown = { queries: window(cuts[0], cuts[1]), keys: window(cuts[2], cuts[3]) };
    return layOutHeatmap(width, shown, count);
  });
const at = (share: number, window: { start: number; end: number }) =>
  Math.min(window.end - 1, window.start + Math.floor(share * (window.end - window.start)));
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('layOutHeatmap', () => {
  const whole = { queries: { start: 0, end: 48 }, keys: { start: 0, end: 48 } };
  it('is these numbers at the width of the side column', () => {
    expect(layOutHeatmap(410, whole, 48)).toEqual({
      ...whole,
      count: 48,
      left: 76,
      top: 76,
      side: 302,
      width: 410,
      height: 76 + 302 + 4 + 26 + 32,
      minimap: null,
    });
  });
  it('has a minimap in the corner when a part is shown', () => {
    const part = { queries: { start: 40, end: 44 }, keys: { start: 8, end: 12 } };
    expect(layOutHeatmap(410, part, 48).minimap).toEqual({ x: 14, y: 14, width: 56, height: 56 });
  });
  it('grows to 760 pixels at most', () => expect(layOutHeatmap(2000, whole, 48).width).toBe(760));
});

describe('cells', () => {
  it('are found under their own middle, in any window on any canvas; none above the diagonal', () => {
    fc.assert(
      fc.property(anyLayout, share, share, (layout, q, k) => {
        const query = at(q, layout.queries);
        const key = at(k, layout.keys);
        const x = cellStart(layout, 'keys', key) + cellSize(layout, 'keys') / 2;
        const y = cellStart(layout, 'queries', query) + cellSize(layout, 'queries') / 2;
        expect(cellAt(layout, x, y)).toEqual(key <= query ? { query, key } : null);
      }),
    );
  });
  it('are not found outside; labels and bars stand for whole rows and columns', () => {
    const part = { queries: { start: 40, end: 44 }, keys: { start: 8, end: 12 } };
    const layout = layOutHeatmap(410, part, 48);
    expect(targetAt(layout, 20, 20)).toEqual({ kind: 'minimap' });
    expect(targetAt(layout, 20, layout.top + 1)).toEqual({ kind: 'query', query: 40 });
    expect(targetAt(layout, 409, layout.top + layout.side - 1)).toEqual({
      kind: 'query',
      query: 43,
    });
    expect(targetAt(layout, layout.left + 1, 20)).toEqual({ kind: 'key', key: 8 });
    expect(targetAt(layout, layout.left + 1, layout.height - 1)).toBeNull();
    expect(targetAt(layout, layout.left + 1, layout.top + 1)).toEqual({
      kind: 'cell',
      query: 40,
      key: 8,
    });
  });
});

describe('chooseLabels', () => {
  it('never lets labels come closer than the least, keeps the first chosen one', () => {
    fc.assert(
      fc.property(
        anyLayout,
        fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 3 }),
        fc.integer({ min: 1, max: 40 }),
        (layout, always, least) => {
          const size = cellSize(layout, 'queries');
          const { start, end } = layout.queries;
          const labels = chooseLabels(layout.queries, size, least, always);
          for (let i = 1; i < labels.length; i++)
            expect((labels[i] - labels[i - 1]) * size).toBeGreaterThanOrEqual(least);
          const first = always.find((index) => index >= start && index < end);
          if (first !== undefined) expect(labels).toContain(first);
          expect(labels.length).toBeGreaterThan(0);
        },
      ),
    );
  });
  it('labels everything where there is room', () => {
    expect(chooseLabels({ start: 3, end: 7 }, 12, 12, [5])).toEqual([3, 4, 5, 6]);
  });
});

describe('layOutBars', () => {
  it('gives each unit a bar while they are at least a pixel', () => {
    const bars = layOutBars(Float32Array.of(9, 0.5, 1, Number.NaN), { start: 1, end: 4 }, 30);
    expect(bars).toEqual([
      { start: 0, length: 9, value: 0.5 },
      { start: 10, length: 9, value: 1 },
      { start: 20, length: 9, value: Number.NaN },
    ]);
  });
  it('gives each pixel the largest value under it beyond that, undefined ones left out', () => {
    const values = Float32Array.of(1, Number.NaN, 2, 3, Number.NaN, Number.NaN);
    const bars = layOutBars(values, { start: 0, end: 6 }, 3);
    expect(bars.map((bar) => bar.value)).toEqual([1, 3, Number.NaN]);
  });
});

describe('placeTooltip', () => {
  const canvas = { width: 400, height: 300 };
  it('stands above the cell where there is room, otherwise below', () => {
    const size = { width: 100, height: 40 };
    const cell = { x: 200, y: 100, width: 10, height: 10 };
    expect(placeTooltip(cell, size, canvas)).toEqual({ x: 155, y: 52 });
    expect(placeTooltip({ ...cell, y: 20 }, size, canvas)).toEqual({ x: 155, y: 38 });
  });
  it('never covers the cell and never leaves the canvas', () => {
    fc.assert(
      fc.property(
        anyLayout,
        share,
        share,
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 200 }),
        (layout, q, k, width, height) => {
          const cell = cellBox(layout, at(q, layout.queries), at(k, layout.keys));
          const place = placeTooltip(cell, { width, height }, layout);
          if (place === null) return;
          expect(place.x).toBeGreaterThanOrEqual(0);
          expect(place.y).toBeGreaterThanOrEqual(0);
          expect(place.x + width).toBeLessThanOrEqual(layout.width);
          expect(place.y + height).toBeLessThanOrEqual(layout.height);
          const isApart =
            place.x >= cell.x + cell.width ||
            place.x + width <= cell.x ||
            place.y >= cell.y + cell.height ||
            place.y + height <= cell.y;
          expect(isApart).toBe(true);
        },
      ),
    );
  });
  it('stands nowhere when no side has room', () => {
    expect(placeTooltip({ x: 0, y: 0, width: 400, height: 300 }, canvas, canvas)).toBeNull();
  });
});
