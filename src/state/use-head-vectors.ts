import { useEffect, useState } from 'react';
import { type HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import type { HeadVectors } from '../protocol/run.ts';
import { useHeadlight, useRun, useShownSelection } from './hooks.tsx';

/** Pointing at tokens asks the engine only when the pointer rests. */
const REST_MS = 60;

export type HeadVectorsState =
  | { readonly status: 'working'; readonly previous: HeadVectors | null }
  | { readonly status: 'failed'; readonly error: HeadlightError }
  | { readonly status: 'ready'; readonly vectors: HeadVectors };

/**
 * The inner vectors of the shown head for one query token; null asks for none. Gives the ones that were
 * there before while the next are read; replies that are no longer wanted are dropped.
 */
export function useHeadVectors(query: number | null): HeadVectorsState {
  const { engine } = useHeadlight();
  const run = useRun();
  const { layer, head } = useShownSelection();
  const runId = run?.runId ?? null;
  const hasLayer = run?.layers[layer] != null && run.recorded === null;
  const count = run?.tokens.ids.length ?? 0;
  const wanted =
    runId === null || !hasLayer || query === null || query >= count
      ? null
      : `${runId}/${count}/${layer}/${head}/${query}`;
  const [settled, setSettled] = useState<{
    readonly of: string;
    readonly vectors: HeadVectors | null;
    readonly error: HeadlightError | null;
  } | null>(null);
  useEffect(() => {
    if (wanted === null || runId === null || query === null) return;
    let isCurrent = true;
    const read = (): void => {
      engine()
        .readHeadVectors(runId, layer, head, query)
        .then(
          (vectors) => isCurrent && setSettled({ of: wanted, vectors, error: null }),
          (thrown) =>
            isCurrent && setSettled({ of: wanted, vectors: null, error: toHeadlightError(thrown) }),
        );
    };
    const timer = setTimeout(read, REST_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [engine, wanted, runId, layer, head, query]);
  if (settled !== null && settled.of === wanted) {
    if (settled.vectors !== null) return { status: 'ready', vectors: settled.vectors };
    if (settled.error !== null) return { status: 'failed', error: settled.error };
  }
  // Vectors of another text would stand beside the wrong tokens.
  const isSameText = wanted !== null && settled?.of.startsWith(`${runId}/${count}/`) === true;
  return { status: 'working', previous: isSameText ? settled.vectors : null };
}
