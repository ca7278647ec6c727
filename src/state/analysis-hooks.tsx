import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';
import type { Analysis } from '../protocol/analysis.ts';
import type { AnalysisDesk, AnalysisState, AnalysisTask } from './analysis-desk.ts';

interface AnalysisPlace {
  readonly analysis: Analysis;
  readonly desk: AnalysisDesk;
}

const AnalysisContext = createContext<AnalysisPlace | null>(null);

/** Gives views the arithmetic that runs beside the page; `desk` is where they ask for it. */
export function AnalysisProvider(props: {
  readonly analysis: Analysis;
  readonly desk: AnalysisDesk;
  readonly children: ReactNode;
}) {
  const { analysis, desk } = props;
  const place = useMemo(() => ({ analysis, desk }), [analysis, desk]);
  return <AnalysisContext.Provider value={place}>{props.children}</AnalysisContext.Provider>;
}

function usePlace(): AnalysisPlace {
  const place = useContext(AnalysisContext);
  if (place === null) throw new Error('a view stands outside the AnalysisProvider');
  return place;
}

export function useAnalysis(): Analysis {
  return usePlace().analysis;
}

/** Stops and restarts what is being worked out. */
export function useAnalysisActions(): { readonly stop: () => void; readonly restart: () => void } {
  const { desk } = usePlace();
  return useMemo(() => ({ stop: () => desk.stop(), restart: () => desk.restart() }), [desk]);
}

/**
 * What comes out of some tasks, in their order; the component is drawn again when one gets on. The list
 * must be the same object while the same is wanted.
 */
export function useAnalyses<Result>(
  tasks: readonly AnalysisTask<Result>[],
): readonly AnalysisState<Result>[] {
  const { desk } = usePlace();
  const owner = useRef({});
  useEffect(() => {
    desk.want(owner.current, tasks);
  }, [desk, tasks]);
  useEffect(() => {
    const held = owner.current;
    return () => desk.want(held, []);
  }, [desk]);
  const last = useRef<readonly AnalysisState<Result>[]>([]);
  const subscribe = useCallback((listener: () => void) => desk.subscribe(listener), [desk]);
  return useSyncExternalStore(subscribe, () => {
    const now = tasks.map((task) => desk.get(task));
    const isSame =
      now.length === last.current.length && now.every((state, i) => state === last.current[i]);
    if (!isSame) last.current = now;
    return last.current;
  });
}
