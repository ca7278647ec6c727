import { TSNE } from '@keckelt/tsne';
import type { SlicedWork } from '../sliced-work.ts';
import { placeAtStart } from './place-at-start.ts';
import { getPerplexity } from './projection-settings.ts';
import { overwriteRows, toRows } from './rows.ts';

/** Steps of the descent. */
const STEPS = 750;

/**
 * t-SNE (van der Maaten & Hinton 2008) of points [count, columns], at least 4 and 2 columns: two
 * coordinates each, [count, 2]. Computed by @keckelt/tsne (exact, not by a tree; early exaggeration 4 for
 * 99 steps), with the learning rate max(10, count / 16). The library's random beginning is overwritten by
 * the first two columns (`placeAtStart`, standard deviation 1e-4), so that what is far apart tends to stay
 * so (Kobak & Berens 2019) and the same seed gives the same picture in the same browser. The points should
 * be principal components of about unit variance in all. Distances between clusters and their sizes mean
 * little in the picture.
 */
export function* computeTsne(
  points: Float64Array,
  columns: number,
  seed: number,
): SlicedWork<Float64Array> {
  const count = points.length / columns;
  const tsne = new TSNE({
    perplexity: getPerplexity(count),
    epsilon: Math.max(10, count / 16),
    dim: 2,
  });
  tsne.initDataRaw(toRows(points, columns));
  // The rows that the steps move, not a copy.
  const plane: number[][] = tsne.getSolution();
  overwriteRows(plane, placeAtStart(points, columns, 1e-4, seed));
  for (let step = 1; step <= STEPS; step++) {
    tsne.step();
    yield step / STEPS;
  }
  return Float64Array.from(plane.flat());
}
