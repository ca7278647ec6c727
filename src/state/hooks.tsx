import {
  createContext,
  type ReactNode,
  useContext,
  useDeferredValue,
  useEffect,
  useMemo,
  useState,
} from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { type HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import {
  computeDisplayedSlice,
  type DisplayedSlice,
  type DisplayRules,
} from '../measures/displayed-slice.ts';
import { computeHeadValues, type HeadValues } from '../measures/head-measures.ts';
import type { RunData } from '../protocol/run.ts';
import type { CausalSlice } from '../tensor/causal-slice.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import { getUnits, type UnitSpan } from '../text/get-units.ts';
import type { AppState, RunStatus } from './app-state.ts';
import { previewed, type Selection } from './selection.ts';
import type { AppActions, HeadlightStore } from './store.ts';

const StoreContext = createContext<HeadlightStore | null>(null);

export function StoreProvider(props: {
  readonly store: HeadlightStore;
  readonly children: ReactNode;
}) {
  return <StoreContext.Provider value={props.store}>{props.children}</StoreContext.Provider>;
}

/** The store itself, for wiring; views use the narrower hooks. */
export function useHeadlight(): HeadlightStore {
  const store = useContext(StoreContext);
  if (store === null) throw new Error('a view stands outside the StoreProvider');
  return store;
}

/** A part of the state; the component is drawn again when it changes (compared shallowly). */
export function useApp<T>(selector: (state: AppState) => T): T {
  return useStore(useHeadlight().store, useShallow(selector));
}

export function useActions(): AppActions {
  return useHeadlight().actions;
}

/** What is on screen at one moment: run, how far it is, and selection belong together. */
interface Scene {
  readonly run: RunData | null;
  readonly runStatus: RunStatus;
  readonly selection: Selection;
}

const FollowedScene = createContext<Scene | null>(null);

/** The run whose numbers are on screen; the component is drawn again when more of it arrives. */
export function useRun(): RunData | null {
  const { runs } = useHeadlight();
  const followed = useContext(FollowedScene);
  const isFollowing = followed !== null;
  const runId = useApp((state) => (isFollowing ? null : state.shownRunId));
  useApp((state) => (isFollowing ? 0 : state.shownRunVersion));
  return isFollowing ? followed.run : runs.get(runId);
}

/**
 * Views inside follow run and selection a moment later than those outside, in a task of their own: the
 * ones that a person is looking at are drawn first, and none waits for all.
 */
export function SceneFollower({ children }: { readonly children: ReactNode }) {
  const run = useRun();
  const runStatus = useApp((state) => state.run);
  const selection = useApp((state) => previewed(state.selection, state.preview));
  const now = useMemo(() => ({ run, runStatus, selection }), [run, runStatus, selection]);
  return <FollowedScene value={useDeferredValue(now)}>{children}</FollowedScene>;
}

/** How far the shown run is. */
export function useRunStatus(): RunStatus {
  const followed = useContext(FollowedScene);
  return useApp((state) => followed?.runStatus ?? state.run);
}

/** The selection as shown: what is previewed over what is pinned. */
export function useShownSelection(): Selection {
  const followed = useContext(FollowedScene);
  return useApp((state) => followed?.selection ?? previewed(state.selection, state.preview));
}

/** Whether the text is newer than the numbers on screen. */
export function useIsStale(): boolean {
  const text = useApp((state) => state.text);
  const run = useRun();
  return run !== null && run.tokens.text !== text;
}

const unitCache = new WeakMap<object, Map<string, readonly UnitSpan[]>>();

/** Units of the shown run in the chosen kind; empty before there is a run. */
export function useUnits(): readonly UnitSpan[] {
  const run = useRun();
  const unit = useApp((state) => state.display.unit);
  return useMemo(() => {
    if (run === null) return [];
    const known = unitCache.get(run.tokens) ?? new Map<string, readonly UnitSpan[]>();
    unitCache.set(run.tokens, known);
    const units = known.get(unit) ?? getUnits(run.tokens, unit);
    known.set(unit, units);
    return units;
  }, [run, unit]);
}

const valueCache = new WeakMap<LayerSummary, readonly HeadValues[]>();

/** Measures of a layer's heads for the text's token ids; computed once for each summary. */
export function getHeadValues(summary: LayerSummary, ids: Int32Array): readonly HeadValues[] {
  const known = valueCache.get(summary) ?? computeHeadValues(summary, ids);
  valueCache.set(summary, known);
  return known;
}

export type SliceState =
  | { readonly status: 'empty' }
  | { readonly status: 'working'; readonly previous: CausalSlice | null }
  | { readonly status: 'failed'; readonly error: HeadlightError }
  | { readonly status: 'ready'; readonly slice: CausalSlice };

/**
 * The exact matrix of the shown head, shared by all that ask for it; at once when it is held already.
 * Gives the matrix that was there before while it loads.
 */
export function useSlice(): SliceState {
  const { engine, runs } = useHeadlight();
  const run = useRun();
  const { layer, head } = useShownSelection();
  const runId = run?.runId ?? null;
  const hasLayer = run?.layers[layer] != null;
  const count = run?.tokens.ids.length ?? 0;
  const wanted = runId === null || !hasLayer ? null : `${runId}/${count}/${layer}/${head}`;
  const [settled, setSettled] = useState<{
    readonly of: string;
    readonly slice: CausalSlice | null;
    readonly error: HeadlightError | null;
  } | null>(null);
  useEffect(() => {
    if (wanted === null || runId === null) return;
    let isCurrent = true;
    runs.readSlice(engine(), runId, layer, head).then(
      (slice) => isCurrent && setSettled({ of: wanted, slice, error: null }),
      (thrown) =>
        isCurrent && setSettled({ of: wanted, slice: null, error: toHeadlightError(thrown) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [engine, runs, wanted, runId, layer, head]);
  const held =
    wanted === null || runId === null
      ? null
      : (runs.peekSlice(runId, layer, head) ?? (settled?.of === wanted ? settled.slice : null));
  // Only a matrix of this very text may stand in for the one that is being read.
  const isOfThisText = settled?.of.startsWith(`${runId}/${count}/`) ?? false;
  const previous = isOfThisText ? (settled?.slice ?? null) : null;
  const error = settled?.of === wanted ? settled.error : null;
  return useMemo((): SliceState => {
    if (wanted === null) return { status: 'empty' };
    if (held !== null) return { status: 'ready', slice: held };
    return error === null ? { status: 'working', previous } : { status: 'failed', error };
  }, [wanted, held, previous, error]);
}

interface DisplayedEntry {
  readonly units: readonly UnitSpan[];
  readonly rules: DisplayRules;
  readonly displayed: DisplayedSlice;
}
const displayedCache = new WeakMap<CausalSlice, DisplayedEntry>();

/** A matrix under display rules; computed once for all views that show it. */
function getDisplayedSlice(
  slice: CausalSlice,
  units: readonly UnitSpan[],
  rules: DisplayRules,
): DisplayedSlice {
  const known = displayedCache.get(slice);
  const isSame =
    known !== undefined &&
    known.units === units &&
    known.rules.firstToken === rules.firstToken &&
    known.rules.thresholdWeight === rules.thresholdWeight &&
    known.rules.cumulatedMass === rules.cumulatedMass;
  if (isSame) return known.displayed;
  const displayed = computeDisplayedSlice(slice, units, rules);
  displayedCache.set(slice, { units, rules, displayed });
  return displayed;
}

/** The shown head's matrix after display options; null while there is none. */
export function useDisplayedSlice(slice: CausalSlice | null): DisplayedSlice | null {
  const units = useUnits();
  const run = useRun();
  const rules = useApp(({ display: { firstToken, thresholdWeight, cumulatedMass } }) => ({
    firstToken,
    thresholdWeight,
    cumulatedMass,
  }));
  const count = run?.tokens.ids.length ?? 0;
  return useMemo(
    () => (slice === null || slice.size !== count ? null : getDisplayedSlice(slice, units, rules)),
    [slice, units, count, rules],
  );
}
