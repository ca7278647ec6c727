import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelEvery, layOutMap, mapCellAt } from './map-layout.ts';

it('a map finds each cell under its own middle', () => {
  const layout = layOutMap(600, 9, 30, 22);
  const { left, top, cellWidth, cellHeight } = layout;
  for (let row = 0; row < 9; row++) {
    for (let column = 0; column < 30; column++) {
      const x = left + (column + 0.5) * cellWidth;
      expect(mapCellAt(layout, x, top + (row + 0.5) * cellHeight)).toEqual({ row, column });
    }
  }
  expect(mapCellAt(layout, 0, 0)).toBeNull();
});

describe('labelEvery', () => {
  it('leaves room between labels', () => {
    expect(labelEvery(5, 12)).toBe(3);
    expect(labelEvery(30, 12)).toBe(1);
    expect(labelEvery(0, 12)).toBeGreaterThan(1000);
  });
});

it('maps keep inside their width, with as many columns as there may be', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 2000 }),
      fc.nat(60),
      fc.nat(9000),
      (width, rows, columns) => {
        const layout = layOutMap(width, rows, columns, 22);
        expect(layout.left + layout.columns * layout.cellWidth).toBeLessThanOrEqual(width + 1e-6);
        expect(layout.top + layout.rows * layout.cellHeight).toBeLessThanOrEqual(layout.height);
      },
    ),
  );
});
