import type { Analysis, AnalysisCallMap } from './analysis.ts';
import type { MessageEndpoint } from './messages.ts';
import { serveCalls } from './serve-calls.ts';

/** The analysis' side of the boundary. */
export function serveAnalysis(analysis: Analysis, endpoint: MessageEndpoint): void {
  serveCalls<AnalysisCallMap>(
    {
      compareGroups: ([request], emit, signal) => analysis.compareGroups(request, emit, signal),
      drawCurves: ([request], emit, signal) => analysis.drawCurves(request, emit, signal),
      project: ([request], emit, signal) => analysis.project(request, emit, signal),
    },
    endpoint,
    new Set(['compareGroups', 'drawCurves', 'project']),
  );
}
