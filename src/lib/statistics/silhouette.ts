import { getDistance } from '../distance.ts';
import type { SlicedWork } from '../sliced-work.ts';

export interface Silhouettes {
  /** [points] */
  readonly values: Float64Array;
  readonly mean: number;
}

/** Multiplications between two slices. */
const SLICE = 200_000;

/**
 * How well labels part points [points, columns] (Rousseeuw 1987), by euclidean distance: with a the mean
 * distance to the other points of the same label and b the least mean distance to those of another label,
 * (b - a) / max(a, b). 1: far from all others; 0: between two; -1: amid another label. By convention 0 for
 * the only point of its label, and where a and b are both 0. Points with a value that is not finite are
 * left out and NaN; all are NaN when fewer than two labels are left. `mean` is over points, not labels.
 * 0 and 1 labelled A, 5 labelled B, on a line: .8, .75, 0.
 */
export function* computeSilhouettes(
  points: Float32Array | Float64Array,
  columns: number,
  labels: ArrayLike<number>,
): SlicedWork<Silhouettes> {
  const count = labels.length;
  const values = new Float64Array(count).fill(Number.NaN);
  const defined = Array.from({ length: count }, (_, point) => point).filter((point) =>
    points.subarray(point * columns, (point + 1) * columns).every(Number.isFinite),
  );
  const names = [...new Set(defined.map((point) => labels[point]))];
  if (names.length < 2) return { values, mean: Number.NaN };
  const labelOf = new Map(names.map((name, label) => [name, label]));
  const label = defined.map((point) => labelOf.get(labels[point])!);
  const sizes = names.map((_, each) => label.filter((other) => other === each).length);

  // sums [defined points, labels]: distances to all points of a label.
  const sums = new Float64Array(defined.length * names.length);
  let work = 0;
  for (let i = 0; i < defined.length; i++) {
    for (let j = 0; j < i; j++) {
      const distance = getDistance(points, columns, defined[i], defined[j]);
      sums[i * names.length + label[j]] += distance;
      sums[j * names.length + label[i]] += distance;
    }
    work += i * columns;
    if (work < SLICE) continue;
    work = 0;
    yield (i / defined.length) ** 2;
  }

  let total = 0;
  defined.forEach((point, i) => {
    values[point] = getSilhouette(
      sums.subarray(i * names.length, (i + 1) * names.length),
      sizes,
      label[i],
    );
    total += values[point];
  });
  return { values, mean: total / defined.length };
}

function getSilhouette(sums: Float64Array, sizes: readonly number[], own: number): number {
  if (sizes[own] === 1) return 0;
  const within = sums[own] / (sizes[own] - 1);
  let nearest = Number.POSITIVE_INFINITY;
  sizes.forEach((size, label) => {
    if (label !== own) nearest = Math.min(nearest, sums[label] / size);
  });
  const larger = Math.max(within, nearest);
  return larger === 0 ? 0 : (nearest - within) / larger;
}
