import type { Projection, ProjectionRequest } from '../lib/projections/project-points.ts';
import type { GroupComparison, GroupRequest } from '../lib/statistics/compare-groups.ts';
import type { CurveRequest, PooledCurves } from '../lib/statistics/pooled-curves.ts';

/**
 * Heavy arithmetic beside the page, on plain numbers. Implemented in process and behind a worker.
 * `onProgress` hears shares from 0 to 1; a raised signal rejects with `cancelled`.
 */
export interface Analysis {
  /** What differs between two groups of texts, for many columns at once. */
  compareGroups(
    request: GroupRequest,
    onProgress?: (share: number) => void,
    signal?: AbortSignal,
  ): Promise<GroupComparison>;
  /** Means of pooled values along one axis, with intervals over texts. */
  drawCurves(
    request: CurveRequest,
    onProgress?: (share: number) => void,
    signal?: AbortSignal,
  ): Promise<PooledCurves>;
  /** Points of many dimensions in the plane. */
  project(
    request: ProjectionRequest,
    onProgress?: (share: number) => void,
    signal?: AbortSignal,
  ): Promise<Projection>;
  /** Ends all that runs. What is asked afterwards is answered again. */
  dispose(): void;
}

/** Every call to the analysis' worker: name -> [arguments, events on the way, result]. */
export interface AnalysisCallMap {
  compareGroups: [[GroupRequest], number, GroupComparison];
  drawCurves: [[CurveRequest], number, PooledCurves];
  project: [[ProjectionRequest], number, Projection];
}
