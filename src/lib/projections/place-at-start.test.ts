import { mean } from 'd3';
import { describe, expect, it } from 'vitest';
import { finish } from '../sliced-work.ts';
import { placeAtStart } from './place-at-start.ts';
import { computePrincipalComponents } from './principal-components.ts';

const POINTS = Float64Array.from({ length: 100 * 3 }, (_, i) => Math.sin(i * i) * (3 - (i % 3)));
const { scores: SCORES } = finish(computePrincipalComponents(POINTS, 3, 3));
const column = (values: Float64Array, columns: number, which: number) =>
  [...values].filter((_, i) => i % columns === which);

describe('where a descent begins', () => {
  it('is the first two columns, scaled, with little noise', () => {
    const start = placeAtStart(SCORES, 3, 1e-4, 1);
    expect(start).toHaveLength(200);
    const scale = 1e-4 / Math.sqrt(mean(column(SCORES, 3, 0), (score) => score ** 2)!);
    for (const which of [0, 1]) {
      const [placed, given] = [column(start, 2, which), column(SCORES, 3, which)];
      const noise = placed.map((value, i) => value - given[i] * scale);
      expect(Math.max(...noise.map(Math.abs))).toBeLessThanOrEqual(1.0001e-5);
      expect(Math.abs(mean(noise)!)).toBeLessThan(2e-6);
    }
    expect(placeAtStart(SCORES, 3, 1e-4, 1)).toEqual(start);
    expect(placeAtStart(SCORES, 3, 1e-4, 2)).not.toEqual(start);
  });

  it('is never the same place twice', () => {
    const start = placeAtStart(Float64Array.of(1, 0, 1, 0, 1, 0, -3, 0), 2, 1, 1);
    expect(new Set(column(start, 2, 0)).size).toBe(4);
  });
});
