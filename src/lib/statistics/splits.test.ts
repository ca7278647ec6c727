import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { countSplits, drawSplits, listSplits } from './splits.ts';

describe('splits', () => {
  it('are counted', () => {
    expect(countSplits(4, 2)).toBe(6);
    expect(countSplits(16, 8)).toBe(12870);
    expect(countSplits(18, 9)).toBe(48620);
    expect([countSplits(5, 0), countSplits(5, 5), countSplits(0, 0)]).toEqual([1, 1, 1]);
    expect(countSplits(4000, 2000)).toBe(Number.POSITIVE_INFINITY);
  });

  it('are listed, each once', () => {
    expect(Array.from(listSplits(4, 2), (rows) => rows.join(''))).toEqual([
      '01',
      '02',
      '03',
      '12',
      '13',
      '23',
    ]);
    for (const [count, size] of [
      [9, 4],
      [7, 7],
      [5, 1],
      [3, 0],
    ]) {
      const all = Array.from(listSplits(count, size), (rows) => rows.join());
      expect(new Set(all).size).toBe(all.length);
      expect(all).toHaveLength(countSplits(count, size));
    }
  });

  it('are drawn equally often, by the seed', () => {
    const draw = (seed: number) =>
      Array.from(drawSplits(5, 2, 10_000, createRandom(seed)), (rows) => [...rows].sort().join(''));
    const counts = new Map<string, number>();
    for (const split of draw(1)) counts.set(split, (counts.get(split) ?? 0) + 1);
    expect(counts.size).toBe(10);
    // 1,000 expected; five standard deviations are 150.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});
