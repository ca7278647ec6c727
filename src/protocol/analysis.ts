import type { GroupComparison, GroupRequest } from '../lib/statistics/compare-groups.ts';

export type ProjectionMethod = 'pca' | 'tsne' | 'umap';
export interface ProjectionRequest {
  readonly method: ProjectionMethod;
  readonly points: Float32Array;
  readonly columns: number;
  readonly seed: number;
  readonly labels?: Int32Array | undefined;
}
export interface Projection {
  readonly coordinates: Float64Array;
  readonly axisShares: Float64Array;
  readonly silhouetteInSpace: number;
  readonly silhouetteInPlane: number;
}

/** Arithmetic that runs beside the page. */
export interface Analysis {
  compareGroups(
    request: GroupRequest,
    onProgress: (share: number) => void,
    signal?: AbortSignal,
  ): Promise<GroupComparison>;
  project(
    request: ProjectionRequest,
    onProgress: (share: number) => void,
    signal?: AbortSignal,
  ): Promise<Projection>;
}
