import { deviation, mean } from 'd3';
import { describe, expect, it } from 'vitest';
import { placeAtStart } from './place-at-start.ts';

const POINTS = Float64Array.from({ length: 100 * 3 }, (_, i) => Math.sin(i * i) * (3 - (i % 3)));
const column = (values: Float64Array, columns: number, which: number) =>
  [...values].filter((_, i) => i % columns === which);

describe('where a descent begins', () => {
  it('is the first two columns, scaled, with little noise', () => {
    const start = placeAtStart(POINTS, 3, 1e-4, 1);
    expect(start).toHaveLength(200);
    const scale = 1e-4 / (deviation(column(POINTS, 3, 0))! * Math.sqrt(99 / 100));
    for (const which of [0, 1]) {
      const [placed, given] = [column(start, 2, which), column(POINTS, 3, which)];
      const noise = placed.map((value, i) => value - given[i] * scale);
      expect(Math.max(...noise.map(Math.abs))).toBeLessThanOrEqual(1e-5);
      expect(Math.abs(mean(noise)!)).toBeLessThan(2e-6);
    }
    expect(placeAtStart(POINTS, 3, 1e-4, 1)).toEqual(start);
    expect(placeAtStart(POINTS, 3, 1e-4, 2)).not.toEqual(start);
  });

  it('is noise alone for equal points, and never the same place twice', () => {
    const start = placeAtStart(new Float64Array(10 * 2).fill(3), 2, 1, 1);
    expect(new Set(column(start, 2, 0)).size).toBe(10);
    expect(start.every((value) => Math.abs(value) <= 0.1)).toBe(true);
  });
});
