import { UMAP } from 'umap-js';
import { createRandom } from '../random.ts';
import { type SlicedWork, within } from '../sliced-work.ts';
import { findNearestNeighbours } from './nearest-neighbours.ts';
import { placeAtStart } from './place-at-start.ts';
import { getNeighbourCount } from './projection-settings.ts';
import { overwriteRows, toRows } from './rows.ts';

/** Passes over the graph of neighbours. */
const EPOCHS = 500;

/**
 * UMAP (McInnes, Healy & Melville 2018) of points [count, columns], at least 4 and 2 columns: two
 * coordinates each, [count, 2]. Computed by umap-js with `getNeighbourCount` neighbours, least distance .1
 * and 500 epochs. Neighbours are exact: the library's own search guesses, and misses some. Its random
 * beginning is overwritten by the first two columns (`placeAtStart`), where the paper takes the graph's
 * spectrum: the largest gap mostly keeps its direction, lesser ones need not, as the first epochs move
 * points far. The descent is chaotic: the same seed gives the same picture in the same browser, another
 * browser may give another one that is as good.
 */
export function* computeUmap(
  points: Float64Array,
  columns: number,
  seed: number,
): SlicedWork<Float64Array> {
  const nNeighbors = getNeighbourCount(points.length / columns);
  const search = findNearestNeighbours(points, columns, nNeighbors);
  const { indices, distances } = yield* within(search, 0, 0.2);
  const umap = new UMAP({
    nNeighbors,
    minDist: 0.1,
    nComponents: 2,
    nEpochs: EPOCHS,
    random: createRandom(seed),
  });
  umap.setPrecomputedKNN(indices, distances);
  umap.initializeFit(toRows(points, columns));
  // The rows that the epochs move, not a copy.
  const plane = umap.getEmbedding();
  overwriteRows(plane, placeAtStart(points, columns, 5, seed));
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    umap.step();
    yield 0.2 + (0.8 * epoch) / EPOCHS;
  }
  return Float64Array.from(plane.flat());
}
