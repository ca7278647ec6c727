import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BOTTOM,
  LEFT,
  labelEvery,
  layOutBars,
  layOutMap,
  mapCellAt,
  poolBars,
  TOP,
  unitAt,
  valueY,
} from './entropy-layout.ts';

describe('entropy bars', () => {
  it('find each token under its own bar', () => {
    const layout = layOutBars(600, 200, 48, 4);
    for (let i = 0; i < 48; i++) expect(unitAt(layout, LEFT + (i + 0.5) * layout.step)).toBe(i);
    expect(unitAt(layout, LEFT - 1)).toBeNull();
    expect(unitAt(layout, 600)).toBeNull();
  });
  it('share bars when tokens are more than pixels', () => {
    const layout = layOutBars(600, 200, 2000, 4);
    expect(layout.perBar).toBe(4);
    expect(layout.bars).toBe(500);
  });
  it('stand on the ground at 0 and reach the top at the largest', () => {
    const layout = layOutBars(600, 200, 48, 4);
    expect(valueY(layout, 0)).toBe(200 - BOTTOM);
    expect(valueY(layout, 4)).toBe(TOP);
    expect(valueY(layOutBars(600, 200, 1, 0), 0)).toBe(200 - BOTTOM);
  });
  it('keep the largest defined value', () => {
    const pooled = poolBars([1, 3, Number.NaN, 2, Number.NaN, Number.NaN], 2);
    expect(Array.from(pooled)).toEqual([3, 2, Number.NaN]);
  });
});

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
