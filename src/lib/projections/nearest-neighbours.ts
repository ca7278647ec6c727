import { getDistance } from '../distance.ts';
import type { SlicedWork } from '../sliced-work.ts';

export interface NearestNeighbours {
  /** [points][neighbours]: the point itself first, then from near to far; of equally near ones the earlier. */
  readonly indices: number[][];
  /** [points][neighbours]: the euclidean distance to each. */
  readonly distances: number[][];
}

/**
 * The nearest `neighbours` of each of finite points [points, columns], the point itself among them: all
 * distances are measured, so that none is missed. There are at least as many points as neighbours.
 * 0, 1 and 5 on a line, 2 neighbours: 0 and 1, 1 and 0, 5 and 1.
 */
export function* findNearestNeighbours(
  points: Float64Array,
  columns: number,
  neighbours: number,
): SlicedWork<NearestNeighbours> {
  const count = points.length / columns;
  const indices: number[][] = [];
  const distances: number[][] = [];
  for (let point = 0; point < count; point++) {
    const toEach = Float64Array.from({ length: count }, (_, other) =>
      getDistance(points, columns, point, other),
    );
    // Also equal points are neighbours of themselves first.
    toEach[point] = -1;
    const nearest = Array.from(toEach.keys())
      .sort((one, other) => toEach[one] - toEach[other])
      .slice(0, neighbours);
    toEach[point] = 0;
    indices.push(nearest);
    distances.push(nearest.map((other) => toEach[other]));
    yield (point + 1) / count;
  }
  return { indices, distances };
}
