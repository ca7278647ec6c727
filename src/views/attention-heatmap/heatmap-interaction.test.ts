import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  brushBox,
  brushWindow,
  dragWindow,
  followCell,
  orWhole,
  panWindow,
  startDrag,
  wheelWindow,
  zoomBy,
  zoomWindow,
} from './heatmap-interaction.ts';
import { cellBox, layOutHeatmap } from './heatmap-layout.ts';

const window = (start: number, end: number) => ({ start, end });
const whole = layOutHeatmap(410, { queries: window(0, 100), keys: window(0, 100) }, 100);
const part = layOutHeatmap(410, { queries: window(40, 60), keys: window(10, 30) }, 100);
const plain = { shiftKey: false, button: 0 };

describe('dragging', () => {
  const inside = { x: 200, y: 200 };
  it('brushes by default; Shift and the middle button pan, but only what is zoomed', () => {
    expect(startDrag(whole, inside, plain)?.kind).toBe('brush');
    expect(startDrag(whole, inside, { ...plain, shiftKey: true })).toBeNull();
    expect(startDrag(part, inside, { ...plain, shiftKey: true })?.kind).toBe('pan');
    expect(startDrag(part, inside, { ...plain, button: 1 })?.kind).toBe('pan');
    expect(startDrag(part, inside, { ...plain, button: 2 })).toBeNull();
    expect(startDrag(part, { x: 20, y: 20 }, plain)?.kind).toBe('minimap');
    expect(startDrag(whole, { x: 20, y: 20 }, plain)).toBeNull();
  });
  it('a brush from cell to cell, in any direction, zooms into just these', () => {
    const cell = fc.tuple(fc.nat(99), fc.nat(99));
    fc.assert(
      fc.property(cell, cell, ([q0, k0], [q1, k1]) => {
        fc.pre(q0 !== q1 && k0 !== k1 && Math.abs(q0 - q1) + Math.abs(k0 - k1) > 4);
        const middle = (query: number, key: number) => {
          const box = cellBox(whole, query, key);
          return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        };
        const box = brushBox(whole, middle(q0, k0), middle(q1, k1));
        expect(box && brushWindow(whole, box)).toEqual({
          queries: window(Math.min(q0, q1), Math.max(q0, q1) + 1),
          keys: window(Math.min(k0, k1), Math.max(k0, k1) + 1),
        });
      }),
    );
  });
  it('a brush is cut to the matrix, and a short one is a click', () => {
    const box = brushBox(whole, { x: 200, y: 200 }, { x: 5000, y: -50 });
    expect(box && box.x + box.width).toBeCloseTo(whole.left + whole.side);
    expect(box?.y).toBe(whole.top);
    expect(brushBox(whole, { x: 200, y: 200 }, { x: 203, y: 198 })).toBeNull();
  });
  it('the matrix follows the pointer by whole cells', () => {
    const from = { x: 200, y: 200 };
    const drag = startDrag(part, from, { ...plain, shiftKey: true });
    const size = part.side / 20;
    expect(drag && dragWindow(part, drag, { x: 200 + 3 * size, y: 200 - 2 * size })).toEqual({
      queries: window(42, 62),
      keys: window(7, 27),
    });
  });
  it('the minimap centres the window where it is pressed', () => {
    expect(dragWindow(part, { kind: 'minimap' }, { x: 14 + 28, y: 14 + 56 })).toEqual({
      queries: window(80, 100),
      keys: window(40, 60),
    });
  });
});

describe('windows', () => {
  const anyWindow = fc
    .tuple(fc.integer({ min: 1, max: 500 }), fc.nat(499), fc.nat(499))
    .map(([count, a, b]) => {
      const start = Math.min(a, b) % count;
      return { count, window: window(start, Math.min(count, start + 1 + Math.abs(a - b))) };
    });
  it('zoom around the pointer', () => {
    expect(zoomWindow(window(0, 100), 50, 0.5, 100)).toEqual(window(25, 75));
    expect(zoomWindow(window(0, 100), 0, 0.5, 100)).toEqual(window(0, 50));
    expect(zoomWindow(window(25, 75), 50, 4, 100)).toEqual(window(0, 100));
  });
  it('stay inside whatever is done to them, and panning keeps their length', () => {
    fc.assert(
      fc.property(
        anyWindow,
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.integer(),
        ({ count, window }, factor, by) => {
          const zoomed = zoomWindow(window, (window.start + window.end) / 2, factor, count);
          const panned = panWindow(window, by, count);
          for (const { start, end } of [zoomed, panned]) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeLessThanOrEqual(count);
            expect(end).toBeGreaterThan(start);
          }
          expect(panned.end - panned.start).toBe(window.end - window.start);
        },
      ),
    );
  });
  it('become the whole again, which is no window', () => {
    expect(zoomBy(part, 20, { query: 50, key: 20 })).toBeNull();
    expect(zoomBy(whole, 0.5, { query: null, key: null })).toEqual({
      queries: window(25, 75),
      keys: window(25, 75),
    });
    expect(orWhole({ queries: window(0, 100), keys: window(0, 99) }, 100)).not.toBeNull();
  });
  it('follow the selected cell as little as needed', () => {
    expect(followCell(part, { query: 50, key: 20 }, 100)).toBe(part);
    expect(followCell(part, { query: 60, key: 9 }, 100)).toEqual({
      queries: window(41, 61),
      keys: window(9, 29),
    });
    expect(followCell(part, { query: null, key: 400 }, 100)).toBe(part);
  });
  it('the wheel moves what is zoomed, and lets the page scroll where there is nothing more', () => {
    const turn = { deltaX: 0, deltaY: 100, shiftKey: false };
    expect(wheelWindow(whole, turn)).toBeNull();
    expect(wheelWindow(part, turn)?.queries).toEqual(window(42, 62));
    expect(wheelWindow(part, { ...turn, shiftKey: true })?.keys).toEqual(window(12, 32));
    expect(wheelWindow(part, { ...turn, deltaX: -300 })?.keys).toEqual(window(8, 28));
    const end = layOutHeatmap(410, { queries: window(80, 100), keys: window(0, 20) }, 100);
    expect(wheelWindow(end, turn)).toBeNull();
  });
});
