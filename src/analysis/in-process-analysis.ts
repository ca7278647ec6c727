import { toHeadlightError } from '../lib/headlight-error.ts';
import { type Projection, projectPoints } from '../lib/projections/project-points.ts';
import { runSlices, type SlicedWork, type SliceHost } from '../lib/sliced-work.ts';
import { compareGroups, type GroupComparison } from '../lib/statistics/compare-groups.ts';
import { computePooledCurves, type PooledCurves } from '../lib/statistics/pooled-curves.ts';
import type { Analysis } from '../protocol/analysis.ts';

/**
 * The analysis itself, in whatever thread it is. Work that is asked for while other work runs takes turns
 * with it, stretch by stretch.
 */
export class InProcessAnalysis implements Analysis {
  private readonly host: SliceHost;
  private disposed = new AbortController();

  constructor(host: SliceHost) {
    this.host = host;
  }

  compareGroups: Analysis['compareGroups'] = (request, onProgress, signal) =>
    this.run<GroupComparison>(compareGroups(request), onProgress, signal);

  drawCurves: Analysis['drawCurves'] = (request, onProgress, signal) =>
    this.run<PooledCurves>(computePooledCurves(request), onProgress, signal);

  project: Analysis['project'] = (request, onProgress, signal) =>
    this.run<Projection>(projectPoints(request), onProgress, signal);

  dispose(): void {
    this.disposed.abort();
    this.disposed = new AbortController();
  }

  private async run<Result>(
    work: SlicedWork<Result>,
    onProgress: (share: number) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<Result> {
    const signals = [this.disposed.signal, ...(signal === undefined ? [] : [signal])];
    try {
      return await runSlices(work, this.host, onProgress, AbortSignal.any(signals));
    } catch (thrown) {
      throw toHeadlightError(thrown);
    }
  }
}
