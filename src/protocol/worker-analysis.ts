import type { Analysis, AnalysisCallMap } from './analysis.ts';
import { type CallableWorker, createWorkerCalls, type WorkerCalls } from './call-worker.ts';

/**
 * The page's side of the analysis' worker, which is started at the first call and again after a death or
 * after it was disposed.
 */
export function createWorkerAnalysis(createWorker: () => CallableWorker): Analysis {
  let calls: WorkerCalls<AnalysisCallMap> | null = null;
  const call: WorkerCalls<AnalysisCallMap>['call'] = (...args) => {
    calls ??= createWorkerCalls<AnalysisCallMap>(
      createWorker(),
      () => {
        calls = null;
      },
      'analysis',
    );
    return calls.call(...args);
  };
  return {
    compareGroups: (request, onProgress, signal) =>
      call('compareGroups', [request], onProgress, signal),
    drawCurves: (request, onProgress, signal) => call('drawCurves', [request], onProgress, signal),
    project: (request, onProgress, signal) => call('project', [request], onProgress, signal),
    dispose() {
      calls?.close();
      calls = null;
    },
  };
}
