import { mean } from 'd3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRandom } from '../random.ts';
import { finish } from '../sliced-work.ts';
import { computeTsne } from './tsne.ts';
import { computeUmap } from './umap.ts';

afterEach(() => vi.restoreAllMocks());

/** Clouds in a row along the first of 3 columns, the points of each at every `clouds`-th place. */
function createRow(clouds: number, size: number): Float64Array {
  const random = createRandom(4);
  return Float64Array.from({ length: clouds * size * 3 }, (_, i) => {
    const cloud = Math.floor(i / 3) % clouds;
    return 0.1 * (random() - 0.5) + (i % 3 === 0 ? cloud - (clouds - 1) / 2 : 0);
  });
}

for (const [name, compute] of [
  ['t-SNE', computeTsne],
  ['UMAP', computeUmap],
] as const) {
  describe(name, () => {
    it('begins where it is placed: of two clouds, the left one stays on the left', () => {
      for (const seed of [1, 2, 3, 4, 5]) {
        const plane = finish(compute(createRow(2, 30), 3, seed));
        const [left, right] = [0, 1].map((cloud) =>
          mean(plane.filter((_, i) => i % 2 === 0 && (i / 2) % 2 === cloud)),
        );
        expect(left).toBeLessThan(right!);
      }
    });

    it('takes all chance from its seed', () => {
      const points = createRow(3, 6);
      vi.spyOn(Math, 'random').mockImplementation(createRandom(1));
      const found = finish(compute(points, 3, 5));
      vi.spyOn(Math, 'random').mockImplementation(createRandom(2));
      expect(finish(compute(points, 3, 5))).toEqual(found);
    });

    it('gives every point a place, also equal ones and one far away', () => {
      const points = createRow(2, 15);
      points.copyWithin(0, 3, 6);
      points.fill(0, 6, 6 + 3 * 20);
      points[points.length - 3] = 1000;
      const plane = finish(compute(points, 3, 1));
      expect(plane).toHaveLength(60);
      expect(plane.every(Number.isFinite)).toBe(true);
    });

    it('can be let go on the way', () => {
      const work = compute(createRow(3, 6), 3, 1);
      const told = [work.next(), work.next()].map((step) => step.value as number);
      expect(told[0]).toBeGreaterThan(0);
      expect(told[1]).toBeGreaterThan(told[0]);
      expect(work.return(new Float64Array()).done).toBe(true);
      expect(work.next().done).toBe(true);
    });
  });
}
