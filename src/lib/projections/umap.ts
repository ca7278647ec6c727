import { UMAP } from '@saehrimnir/druidjs';
import type { SlicedWork } from '../sliced-work.ts';
import { placeAtStart } from './place-at-start.ts';
import { getNeighbourCount } from './projection-settings.ts';
import { toMatrix } from './tsne.ts';

/** Passes over the graph of neighbours. */
const EPOCHS = 500;

/**
 * UMAP (McInnes, Healy & Melville 2018) of points [count, columns], at least 4 and 2 columns: two
 * coordinates each, [count, 2]. Computed by DruidJS with `getNeighbourCount` neighbours, least distance .1 and 500 epochs,
 * from the first two columns as its beginning (`placeAtStart`) where the paper takes the graph's spectrum.
 * The descent is chaotic: the same seed gives the same picture in the same browser, another browser may
 * give another one that is as good.
 */
export function* computeUmap(
  points: Float64Array,
  columns: number,
  seed: number,
): SlicedWork<Float64Array> {
  const umap = new UMAP(toMatrix(points, columns), {
    n_neighbors: getNeighbourCount(points.length / columns),
    min_dist: 0.1,
    d: 2,
    seed,
    _n_epochs: EPOCHS,
  });
  umap.Y = toMatrix(placeAtStart(points, columns, 5, seed), 2);
  let epoch = 0;
  for (const _ of umap.generator(EPOCHS)) yield ++epoch / EPOCHS;
  return Float64Array.from(umap.Y.values);
}
