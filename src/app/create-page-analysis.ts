import type { Analysis } from '../protocol/analysis.ts';
import { createWorkerAnalysis } from '../protocol/worker-analysis.ts';

/** The page's analysis: a worker that is started when something is to be computed. */
export function createPageAnalysis(): Analysis {
  return createWorkerAnalysis(
    () =>
      new Worker(new URL('../analysis/analysis.worker.ts', import.meta.url), {
        type: 'module',
        name: 'analysis',
      }),
  );
}
