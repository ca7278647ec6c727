import { Matrix, TSNE } from '@saehrimnir/druidjs';
import type { SlicedWork } from '../sliced-work.ts';
import { placeAtStart } from './place-at-start.ts';
import { getPerplexity } from './projection-settings.ts';

/** Steps of the descent. */
const STEPS = 750;

/**
 * t-SNE (van der Maaten & Hinton 2008) of points [count, columns], at least 4 and 2 columns: two
 * coordinates each, [count, 2]. Computed by DruidJS (exact, not by a tree; early exaggeration 4 for 100
 * steps), with the learning rate max(10, count / 16), from the first two columns as its beginning
 * (`placeAtStart`, standard deviation 1e-4), so that what is far apart tends to stay so (Kobak & Berens
 * 2019). The points should be principal components of about unit variance in all. Distances between
 * clusters and their sizes mean little in the picture.
 */
export function* computeTsne(
  points: Float64Array,
  columns: number,
  seed: number,
): SlicedWork<Float64Array> {
  const count = points.length / columns;
  const tsne = new TSNE(toMatrix(points, columns), {
    perplexity: getPerplexity(count),
    epsilon: Math.max(10, count / 16),
    d: 2,
    seed,
  });
  tsne.Y = toMatrix(placeAtStart(points, columns, 1e-4, seed), 2);
  let step = 0;
  for (const _ of tsne.generator(STEPS)) yield ++step / STEPS;
  return Float64Array.from(tsne.Y.values);
}

/** Rows of numbers as DruidJS takes them. */
export function toMatrix(values: Float64Array, columns: number): Matrix {
  return new Matrix(
    values.length / columns,
    columns,
    (row: number, column: number) => values[row * columns + column],
  );
}
