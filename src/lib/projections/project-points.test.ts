import { describe, expect, it } from 'vitest';
import { findDifference } from '../../testing/close-to.ts';
import { HeadlightError } from '../headlight-error.ts';
import { createRandom } from '../random.ts';
import { finish } from '../sliced-work.ts';
import { type ProjectionMethod, type ProjectionRequest, projectPoints } from './project-points.ts';

const METHODS: readonly ProjectionMethod[] = ['pca', 'tsne', 'umap'];
const project = (request: ProjectionRequest) => finish(projectPoints(request));

/** Clouds of unit variance about `clouds` centres that lie `apart` from each other in each dimension. */
function createClouds(count: number, columns: number, clouds: number, apart: number) {
  const random = createRandom(9);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const centres = Float64Array.from({ length: clouds * columns }, () => apart * normal());
  const labels = Int32Array.from({ length: count }, (_, point) => point % clouds);
  const points = Float32Array.from(
    { length: count * columns },
    (_, i) => normal() + centres[labels[Math.floor(i / columns)] * columns + (i % columns)],
  );
  return { points, columns, labels };
}

describe('projections', () => {
  for (const method of METHODS) {
    it(`keep three clouds apart: ${method}`, () => {
      for (const [count, columns, apart] of [
        [15, 8, 4],
        [60, 8, 4],
        [90, 576, 0.7],
      ]) {
        const clouds = createClouds(count, columns, 3, apart);
        const found = project({ method, ...clouds, seed: 1 });
        expect(found.coordinates).toHaveLength(count * 2);
        expect(found.silhouetteInPlane).toBeGreaterThan(0.5);
        expect(found.silhouetteInSpace).toBeGreaterThan(0.1);
      }
    });

    it(`make no clouds of one: ${method}`, () => {
      const { points, columns, labels } = createClouds(90, 60, 1, 0);
      const chance = labels.map((_, point) => point % 3);
      const found = project({ method, points, columns, labels: chance, seed: 1 });
      expect(found.silhouetteInPlane).toBeLessThan(0.1);
      expect(found.silhouetteInSpace).toBeLessThan(0.1);
    });

    it(`repeat themselves with their seed: ${method}`, () => {
      const clouds = createClouds(40, 30, 3, 1);
      const found = project({ method, ...clouds, seed: 7 });
      expect(project({ method, ...clouds, seed: 7 })).toEqual(found);
      const other = project({ method, ...clouds, seed: 8 });
      if (method === 'pca') expect(other).toEqual(found);
      else expect(other.coordinates).not.toEqual(found.coordinates);
    });

    it(`begin at 4 points, also in one dimension, and say what is too few: ${method}`, () => {
      for (const columns of [1, 2, 700]) {
        const { points, labels } = createClouds(4, columns, 2, 1);
        const { coordinates } = project({ method, points, columns, labels, seed: 1 });
        expect(coordinates.every(Number.isFinite)).toBe(true);
        const few = () => project({ method, points: points.slice(columns), columns, seed: 1 });
        expect(few).toThrow(HeadlightError);
        expect(few).toThrow(
          expect.objectContaining({ code: 'argument-invalid', details: { points: 3, needed: 4 } }),
        );
      }
      const none = () => project({ method, points: new Float32Array(), columns: 3, seed: 1 });
      expect(none).toThrow(expect.objectContaining({ code: 'argument-invalid' }));
    });

    it(`leave points out that are not finite: ${method}`, () => {
      const { points, columns, labels } = createClouds(20, 5, 2, 3);
      const all = project({ method, points, columns, labels, seed: 1 });
      const broken = new Float32Array(points.length + columns);
      broken.set(points.subarray(0, 10 * columns));
      broken.fill(Number.NaN, 10 * columns, 10 * columns + 1);
      broken.set(points.subarray(10 * columns), 11 * columns);
      const moved = Int32Array.of(...labels.subarray(0, 10), 0, ...labels.subarray(10));
      const found = project({ method, points: broken, columns, labels: moved, seed: 1 });
      expect([...found.coordinates.subarray(20, 22)]).toEqual([Number.NaN, Number.NaN]);
      expect([...found.coordinates].filter((_, i) => i < 20 || i > 21)).toEqual([
        ...all.coordinates,
      ]);
      expect(found.silhouetteInSpace).toBe(all.silhouetteInSpace);
    });

    it(`put points together that are all equal: ${method}`, () => {
      const points = new Float32Array(6 * 4).fill(0.1);
      const found = project({ method, points, columns: 4, seed: 1 });
      expect([...found.coordinates]).toEqual(Array(12).fill(0));
      expect([...found.axisShares]).toEqual([Number.NaN, Number.NaN]);
    });

    it(`do not know the unit: ${method}`, () => {
      const { points, columns, labels } = createClouds(30, 6, 3, 4);
      const found = project({ method, points, columns, labels, seed: 1 });
      const large = points.map((value) => value * 1024);
      const scaled = project({ method, points: large, columns, labels, seed: 1 });
      expect(scaled.silhouetteInPlane).toBeCloseTo(found.silhouetteInPlane, 6);
    });

    it(`tell how far they are: ${method}`, () => {
      const told = [...projectPoints({ method, ...createClouds(30, 60, 3, 1), seed: 1 })];
      expect(told).toEqual([...told].sort((one, other) => one - other));
      expect(told.at(-1)).toBeLessThanOrEqual(1);
      if (method !== 'pca') expect(told.length).toBeGreaterThan(100);
    });
  }

  it('are equal up to rounding by PCA wherever the points stand', () => {
    const { points, columns } = createClouds(30, 6, 3, 4);
    const found = project({ method: 'pca', points, columns, seed: 1 });
    const moved = points.map((value, i) => value + (i % columns));
    const again = project({ method: 'pca', points: moved, columns, seed: 1 });
    expect(findDifference(again.coordinates, found.coordinates, { atol: 1e-4 })).toBeNull();
    const [first, second] = found.axisShares;
    expect(first).toBeGreaterThan(second);
    expect(first + second).toBeLessThanOrEqual(1);
    expect(found.silhouetteInPlane).toBeNaN();
  });

  it('give axes of t-SNE and UMAP no share of variance', () => {
    const { axisShares } = project({ method: 'tsne', ...createClouds(9, 3, 3, 1), seed: 1 });
    expect([...axisShares]).toEqual([Number.NaN, Number.NaN]);
  });

  it('refuse sizes that do not fit', () => {
    const points = new Float32Array(12);
    for (const wrong of [
      { points, columns: 5 },
      { points, columns: 0 },
      { points, columns: 1.5 },
      { points, columns: 3, labels: new Int32Array(3) },
    ]) {
      const work = () => project({ method: 'pca', seed: 1, ...wrong });
      expect(work).toThrow(expect.objectContaining({ code: 'argument-invalid' }));
    }
  });
});
