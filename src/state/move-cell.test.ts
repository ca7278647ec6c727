import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveCell } from './move-cell.ts';
import { getScaleStops, toScale } from './weight-scale.ts';

const KEYS = [
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'PageUp',
  'PageDown',
  'Home',
  'End',
];
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey });

describe('moveCell', () => {
  it('moves by one, by a page, and to the ends', () => {
    const cell = { query: 20, key: 7 };
    expect(moveCell(cell, press('ArrowDown'), 48, 10)).toEqual({ query: 21, key: 7 });
    expect(moveCell(cell, press('ArrowLeft'), 48, 10)).toEqual({ query: 20, key: 6 });
    expect(moveCell(cell, press('PageDown'), 48, 10)).toEqual({ query: 30, key: 7 });
    expect(moveCell(cell, press('Home'), 48, 10)).toEqual({ query: 20, key: 0 });
    expect(moveCell(cell, press('End'), 48, 10)).toEqual({ query: 20, key: 20 });
    expect(moveCell(cell, press('End', true), 48, 10)).toEqual({ query: 47, key: 7 });
    expect(moveCell(cell, press('Home', true), 48, 10)).toEqual({ query: 0, key: 0 });
    expect(moveCell(cell, press('x'), 48, 10)).toBeNull();
  });
  it('never leaves the causal matrix', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.array(fc.tuple(fc.constantFrom(...KEYS), fc.boolean()), { maxLength: 40 }),
        (count, keys) => {
          let cell = { query: count - 1, key: count - 1 };
          for (const [key, ctrl] of keys) {
            cell = moveCell(cell, press(key, ctrl), count, 10) ?? cell;
            expect(cell.key).toBeGreaterThanOrEqual(0);
            expect(cell.key).toBeLessThanOrEqual(cell.query);
            expect(cell.query).toBeLessThan(count);
          }
        },
      ),
    );
  });
});

describe('toScale', () => {
  it('maps 0 to 0 and 1 to 1 on every scale', () => {
    for (const scale of ['linear', 'sqrt', 'log', 'row'] as const) {
      expect(toScale(0, scale, 1)).toBe(0);
      expect(toScale(1, scale, 1)).toBe(1);
    }
    expect(toScale(0.01, 'log', 1)).toBeCloseTo(0.5);
    expect(toScale(0.2, 'row', 0.4)).toBeCloseTo(0.5);
    expect(toScale(0, 'row', 0)).toBe(0);
    expect(toScale(Number.NaN, 'sqrt', 1)).toBeNaN();
  });
  it('is inverted by the numbers of the legend', () => {
    for (const scale of ['linear', 'sqrt', 'log'] as const) {
      for (const [place, text] of getScaleStops(scale)) {
        expect(toScale(Number(text.replace('≤', '')), scale, 1)).toBeCloseTo(place, 1);
      }
    }
  });
});
