import { HeadlightError } from '../headlight-error.ts';
import { type SlicedWork, within } from '../sliced-work.ts';
import { computeSilhouettes } from '../statistics/silhouette.ts';
import { computePrincipalComponents } from './principal-components.ts';
import { MIN_POINTS, REDUCED_COLUMNS } from './projection-settings.ts';
import { computeTsne } from './tsne.ts';
import { computeUmap } from './umap.ts';

export type ProjectionMethod = 'pca' | 'tsne' | 'umap';

/** Points of a space of many dimensions that should be seen in the plane. */
export interface ProjectionRequest {
  readonly method: ProjectionMethod;
  /** [points, columns] */
  readonly points: Float32Array;
  readonly columns: number;
  /** Seed of t-SNE and UMAP: the same request gives the same picture in the same browser. */
  readonly seed: number;
  /** [points]: which group each belongs to, for the silhouettes. */
  readonly labels?: Int32Array | undefined;
}

export interface Projection {
  /** [points, 2]; NaN for a point with a value that is not finite. */
  readonly coordinates: Float64Array;
  /** [2]: the share of all variance along each axis of PCA; NaN for the others, whose axes mean nothing. */
  readonly axisShares: Float64Array;
  /**
   * Mean silhouette of the labels among the points as they are, and as the plane shows them; NaN without
   * labels. t-SNE and UMAP draw clusters together: the first one speaks of the points, the second one of
   * the picture. In hundreds of dimensions the first one is small even for clouds that lie well apart.
   */
  readonly silhouetteInSpace: number;
  readonly silhouetteInPlane: number;
}

/**
 * Projects points to the plane. t-SNE and UMAP begin with the first 50 principal components, scaled to unit
 * variance in all (neither knows the unit). Points with a value that is not finite are left out; points
 * that are all equal fall together at (0, 0). Throws `argument-invalid` when fewer than 4 points are left,
 * or when sizes do not fit.
 */
export function* projectPoints(request: ProjectionRequest): SlicedWork<Projection> {
  const { method, points, columns, seed, labels } = request;
  const count = points.length / columns;
  checkSizes(request);
  const defined = Array.from({ length: count }, (_, point) => point).filter((point) =>
    points.subarray(point * columns, (point + 1) * columns).every(Number.isFinite),
  );
  if (defined.length < MIN_POINTS) {
    const message = `${defined.length} points cannot be projected: at least ${MIN_POINTS} are needed.`;
    throw new HeadlightError('argument-invalid', message, {
      points: defined.length,
      needed: MIN_POINTS,
    });
  }
  const rows = new Float32Array(defined.length * columns);
  defined.forEach((point, row) => {
    rows.set(points.subarray(point * columns, (point + 1) * columns), row * columns);
  });

  const coordinates = new Float64Array(count * 2).fill(Number.NaN);
  const isLinear = method === 'pca';
  const kept = isLinear ? 2 : Math.max(2, Math.min(REDUCED_COLUMNS, columns));
  const reduction = computePrincipalComponents(rows, columns, kept);
  const { scores, shares } = yield* within(reduction, 0, isLinear ? 0.8 : 0.3);
  let plane = scores;
  // Of points that are all equal, any picture but one place would be made up.
  if (method !== 'pca' && !Number.isNaN(shares[0])) {
    const compute = method === 'tsne' ? computeTsne : computeUmap;
    plane = yield* within(compute(toUnitVariance(scores, kept), kept, seed), 0.3, 0.8);
  }
  const stride = plane.length / defined.length;
  defined.forEach((point, row) => {
    coordinates.set(plane.subarray(row * stride, row * stride + 2), point * 2);
  });
  const axisShares = isLinear ? shares : new Float64Array(2).fill(Number.NaN);
  if (labels === undefined) {
    const none = Number.NaN;
    return { coordinates, axisShares, silhouetteInSpace: none, silhouetteInPlane: none };
  }
  const inSpace = yield* within(computeSilhouettes(points, columns, labels), 0.8, 0.99);
  const inPlane = yield* within(computeSilhouettes(coordinates, 2, labels), 0.99, 1);
  return {
    coordinates,
    axisShares,
    silhouetteInSpace: inSpace.mean,
    silhouetteInPlane: inPlane.mean,
  };
}

function checkSizes({ points, columns, labels }: ProjectionRequest): void {
  const count = points.length / columns;
  const isTable = Number.isInteger(columns) && columns >= 1 && Number.isInteger(count);
  if (isTable && (labels === undefined || labels.length === count)) return;
  const labelCount = labels?.length ?? null;
  const message = `${points.length} values are no points of ${columns} columns${labelCount === null ? '' : ` with ${labelCount} labels`}.`;
  throw new HeadlightError('argument-invalid', message, {
    values: points.length,
    columns,
    labels: labelCount,
  });
}

/** Scales centred scores [rows, columns] so that the squares of a row sum to 1 on the average. */
function toUnitVariance(scores: Float64Array, columns: number): Float64Array {
  const squares = scores.reduce((sum, score) => sum + score * score, 0);
  const scale = Math.sqrt(scores.length / columns / squares);
  return scores.map((score) => score * scale);
}
