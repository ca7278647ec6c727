import { nextTask } from '../lib/next-task.ts';
import { serveAnalysis } from '../protocol/serve-analysis.ts';
import { InProcessAnalysis } from './in-process-analysis.ts';

serveAnalysis(
  new InProcessAnalysis({ pause: nextTask, now: () => performance.now() }),
  self as DedicatedWorkerGlobalScope,
);
