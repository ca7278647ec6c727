import { useEffect, useState } from 'react';
import { type HeadlightError, toHeadlightError } from '../../lib/headlight-error.ts';
import { nextTask } from '../../lib/next-task.ts';
import { runSlices } from '../../lib/sliced-work.ts';
import type { SourceMethod } from '../../state/display-options.ts';
import { useHeadlight, useRun } from '../../state/hooks.tsx';
import type { CausalSlice } from '../../tensor/causal-slice.ts';
import { computeSourceRows } from './source-rows.ts';

export type SourceRows =
  | { readonly status: 'working' }
  | { readonly status: 'failed'; readonly error: HeadlightError }
  | { readonly status: 'ready'; readonly rows: readonly ArrayLike<number>[] };

const HOST = { pause: nextTask, now: () => performance.now() };

/** Reads the mean of every layer's heads once for a run; null asks for nothing. */
function useMeanAttention(isWanted: boolean): readonly CausalSlice[] | HeadlightError | null {
  const { engine } = useHeadlight();
  const run = useRun();
  const isWhole = run !== null && run.recorded === null && !run.layers.includes(null);
  const runId = isWanted && isWhole ? run.runId : null;
  const [settled, setSettled] = useState<{
    readonly of: string;
    readonly found: readonly CausalSlice[] | HeadlightError;
  } | null>(null);
  useEffect(() => {
    if (runId === null) return;
    const controller = new AbortController();
    const settle = (found: readonly CausalSlice[] | HeadlightError): void => {
      if (!controller.signal.aborted) setSettled({ of: runId, found });
    };
    engine()
      .readMeanAttention(runId, controller.signal)
      .then(settle, (thrown) => settle(toHeadlightError(thrown)));
    return () => controller.abort();
  }, [engine, runId]);
  return settled !== null && settled.of === runId ? settled.found : null;
}

/** Where the query's state comes from; nothing is asked of the engine until `isWanted`. */
export function useSourceRows(query: number, method: SourceMethod, isWanted: boolean): SourceRows {
  const layers = useMeanAttention(isWanted);
  const [settled, setSettled] = useState<{
    readonly layers: unknown;
    readonly of: string;
    readonly rows: readonly ArrayLike<number>[] | HeadlightError;
  } | null>(null);
  const wanted = `${query}/${method}`;
  useEffect(() => {
    if (layers === null || layers instanceof Error || query >= (layers[0]?.size ?? 0)) return;
    const controller = new AbortController();
    const settle = (rows: readonly ArrayLike<number>[] | HeadlightError): void => {
      if (!controller.signal.aborted) setSettled({ layers, of: wanted, rows });
    };
    runSlices(
      computeSourceRows(layers, query, method),
      HOST,
      () => undefined,
      controller.signal,
    ).then(settle, (thrown) => settle(toHeadlightError(thrown)));
    return () => controller.abort();
  }, [layers, query, method, wanted]);
  if (layers instanceof Error) return { status: 'failed', error: layers };
  if (layers === null || settled?.layers !== layers || settled.of !== wanted)
    return { status: 'working' };
  if (settled.rows instanceof Error) return { status: 'failed', error: settled.rows };
  return { status: 'ready', rows: settled.rows };
}
