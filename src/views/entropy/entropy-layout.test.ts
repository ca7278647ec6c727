import { describe, expect, it } from 'vitest';
import { BOTTOM, LEFT, layOutBars, poolBars, TOP, unitAt, valueY } from './entropy-layout.ts';

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
