import { useEffect, useState } from 'react';
import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import { createMessages } from '../lib/messages.ts';
import { renormaliseRows, weightByValues } from '../measures/value-weighted.ts';
import type { CausalSlice } from '../tensor/causal-slice.ts';
import { type SliceState, useApp, useHeadlight, useRun, useShownSelection } from './hooks.tsx';

const t = createMessages('weighted-slice', {
  recorded: 'A recorded run holds no values: this is shown once the model is ready.',
});

interface SettledNorms {
  readonly of: string;
  /** [heads, n] */
  readonly norms: Float32Array | null;
  readonly error: HeadlightError | null;
}

const weightedSlices = new WeakMap<CausalSlice, CausalSlice>();

/** A matrix times the lengths of the values, rows divided by their sums; made once for each matrix. */
function getWeightedSlice(slice: CausalSlice, norms: Float32Array): CausalSlice {
  const known = weightedSlices.get(slice);
  if (known !== undefined) return known;
  const weighted = renormaliseRows(weightByValues(slice, norms));
  weightedSlices.set(slice, weighted);
  return weighted;
}

/**
 * The shown head's matrix as the display options want it: the weights as they are, or each times the
 * length of what its key adds to the stream, as shares of the row (Kobayashi et al. 2020; dividing by the
 * row's sum is ours). The lengths are read from the engine once for each layer.
 */
export function useWeightedSlice(state: SliceState): SliceState {
  const { engine } = useHeadlight();
  const run = useRun();
  const { layer, head } = useShownSelection();
  const isWanted = useApp(({ display }) => display.weighting === 'values');
  const runId = run?.runId ?? null;
  const count = run?.tokens.ids.length ?? 0;
  const isRecorded = run?.recorded != null;
  const hasLayer = run?.layers[layer] != null;
  const wanted =
    isWanted && runId !== null && hasLayer && !isRecorded ? `${runId}/${count}/${layer}` : null;
  const [settled, setSettled] = useState<SettledNorms | null>(null);
  useEffect(() => {
    if (wanted === null || runId === null) return;
    let isCurrent = true;
    engine()
      .readValueNorms(runId, layer)
      .then(
        (norms) => isCurrent && setSettled({ of: wanted, norms, error: null }),
        (thrown) =>
          isCurrent && setSettled({ of: wanted, norms: null, error: toHeadlightError(thrown) }),
      );
    return () => {
      isCurrent = false;
    };
  }, [engine, wanted, runId, layer]);
  if (!isWanted || state.status !== 'ready') {
    // The matrix that was there before is of another head: it stays only where no lengths are needed.
    return isWanted && state.status === 'working' ? { ...state, previous: null } : state;
  }
  if (isRecorded)
    return { status: 'failed', error: new HeadlightError('not-ready', t('recorded')) };
  if (settled === null || settled.of !== wanted) return { status: 'working', previous: null };
  if (settled.norms === null)
    return settled.error === null
      ? { status: 'working', previous: null }
      : { status: 'failed', error: settled.error };
  const norms = settled.norms.subarray(head * count, (head + 1) * count);
  return { status: 'ready', slice: getWeightedSlice(state.slice, norms) };
}
