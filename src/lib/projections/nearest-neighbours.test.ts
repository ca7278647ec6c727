import { describe, expect, it } from 'vitest';
import { finish } from '../sliced-work.ts';
import { findNearestNeighbours } from './nearest-neighbours.ts';

const find = (points: readonly number[], columns: number, neighbours: number) =>
  finish(findNearestNeighbours(Float64Array.from(points), columns, neighbours));

describe('nearest neighbours', () => {
  it('go from the point itself to far ones', () => {
    expect(find([0, 1, 5], 1, 2)).toEqual({
      indices: [
        [0, 1],
        [1, 0],
        [2, 1],
      ],
      distances: [
        [0, 1],
        [0, 1],
        [0, 4],
      ],
    });
    expect(find([0, 0, 3, 4, 0, 1], 2, 3).distances[1]).toEqual([0, Math.sqrt(18), 5]);
  });

  it('begin with the point itself also among equal points', () => {
    expect(find([7, 7, 7], 1, 3)).toEqual({
      indices: [
        [0, 1, 2],
        [1, 0, 2],
        [2, 0, 1],
      ],
      distances: Array(3).fill([0, 0, 0]),
    });
  });
});
