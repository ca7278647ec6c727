import { startTransition, useEffect, useMemo, useRef, useState } from 'react';
import type { Projection } from '../../lib/projections/project-points.ts';
import type { GroupComparison } from '../../lib/statistics/compare-groups.ts';
import type { Analysis } from '../../protocol/analysis.ts';
import type { AnalysisState, AnalysisTask } from '../analysis-desk.ts';
import { useAnalyses, useAnalysis } from '../analysis-hooks.tsx';
import { toGroupRequest, toMeanRequest } from './compared-heads.ts';
import type { ProjectionOptions } from './domain-options.ts';
import type { DomainResults, DomainSetResults } from './domain-results.ts';
import { useDomainResults, useDomains } from './domains-hooks.tsx';
import { findFamily, getFamilyMeasure } from './measure-families.ts';
import { type SetCurves, toCurveRequest } from './set-curves.ts';
import { type Along, findSet, getFilledSets, getOtherSets } from './set-values.ts';
import { toStreamPoints } from './stream-points.ts';

/** While texts come in, pictures and statistics are made anew no more often than this. */
const STEADY_MS = 4000;

/**
 * Results as views draw them: at once when the queue is done, else every few seconds, so that statistics
 * are not begun again at every text.
 */
export function useSteadyResults(): DomainResults | null {
  const latest = useDomainResults();
  const [shown, setShown] = useState(latest);
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (latest === shown) return;
    const take = (): void => {
      changedAt.current = performance.now();
      // Many pictures follow: they may be drawn between other things.
      startTransition(() => setShown(latest));
    };
    const isNews = latest === null || shown === null || !latest.isPartial;
    const rest = changedAt.current + STEADY_MS - performance.now();
    if (isNews || rest <= 0) {
      take();
      return;
    }
    const timer = setTimeout(take, rest);
    return () => clearTimeout(timer);
  }, [latest, shown]);
  return shown;
}

const SEPARATOR = {};

/**
 * What a result of some sets depends on: their profiles, which stay the same objects when a set is renamed
 * or another one becomes the reference.
 */
export function toOwners(sets: readonly DomainSetResults[]): readonly object[] {
  return sets.flatMap(({ profiles }) => [SEPARATOR, ...profiles]);
}

/** Set `a` against set `b` in every head. */
function toComparisonTask(
  analysis: Analysis,
  a: DomainSetResults,
  b: DomainSetResults,
  measureId: string,
  of: 'heads' | 'mean',
): AnalysisTask<GroupComparison> {
  return {
    of: toOwners([a, b]),
    name: `compare ${of} ${measureId}`,
    run: (onProgress, signal) =>
      analysis.compareGroups(
        (of === 'heads' ? toGroupRequest : toMeanRequest)(a, b, measureId),
        onProgress,
        signal,
      ),
  };
}

/** One set against the reference in one measure. */
export interface SetComparison {
  readonly set: DomainSetResults;
  readonly reference: DomainSetResults;
  readonly measureId: string;
  readonly of: 'heads' | 'mean';
  readonly state: AnalysisState<GroupComparison>;
}

export interface WantedComparison {
  readonly set: DomainSetResults;
  readonly reference: DomainSetResults;
  readonly measureId: string;
  readonly of: 'heads' | 'mean';
}

/** Comparisons of sets, A the set and B the reference; the list must stay the same while it means the same. */
export function useComparisons(wanted: readonly WantedComparison[]): readonly SetComparison[] {
  const analysis = useAnalysis();
  const tasks = useMemo(
    () =>
      wanted.map(({ set, reference, measureId, of }) =>
        toComparisonTask(analysis, set, reference, measureId, of),
      ),
    [analysis, wanted],
  );
  const states = useAnalyses(tasks);
  return useMemo(
    () => wanted.flatMap((each, i) => (states[i] ? [{ ...each, state: states[i] }] : [])),
    [wanted, states],
  );
}

const NONE: readonly WantedComparison[] = [];

/** Every other set against the reference, head by head. */
export function useReferenceComparisons(
  results: DomainResults | null,
  measureId: string,
): readonly SetComparison[] {
  const wanted = useMemo((): readonly WantedComparison[] => {
    const reference = results?.sets.find(({ id }) => id === results.referenceId);
    if (results === null || reference === undefined || reference.profiles.length === 0) return NONE;
    return getOtherSets(results).map((set) => ({ set, reference, measureId, of: 'heads' }));
  }, [results, measureId]);
  return useComparisons(wanted);
}

/** Curves by layer or head with their bands: of the filled sets, in their order. */
export function useSetCurves(
  results: DomainResults | null,
  measureId: string,
  along: Along,
): AnalysisState<SetCurves> | null {
  const analysis = useAnalysis();
  const tasks = useMemo((): readonly AnalysisTask<SetCurves>[] => {
    if (results === null) return [];
    const sets = getFilledSets(results);
    const referenceAt = sets.findIndex(({ id }) => id === results.referenceId);
    return [
      {
        of: toOwners(sets),
        name: `curves ${measureId} ${along} ${referenceAt}`,
        run: (onProgress, signal) =>
          analysis.drawCurves(toCurveRequest(results, measureId, along), onProgress, signal),
      },
    ];
  }, [analysis, results, measureId, along]);
  return useAnalyses(tasks)[0] ?? null;
}

/** Hidden states of the filled sets' texts in the plane. */
export function useProjection(
  results: DomainResults | null,
  options: ProjectionOptions,
): AnalysisState<Projection> | null {
  const analysis = useAnalysis();
  const tasks = useMemo((): readonly AnalysisTask<Projection>[] => {
    if (results === null) return [];
    const { method, layer, pooling, seed } = options;
    const sets = getFilledSets(results);
    return [
      {
        of: toOwners(sets),
        name: `project ${method} ${layer} ${pooling} ${seed}`,
        run: (onProgress, signal) =>
          analysis.project(
            { method, seed, ...toStreamPoints(sets, layer ?? results.layerCount, pooling) },
            onProgress,
            signal,
          ),
      },
    ];
  }, [analysis, results, options]);
  return useAnalyses(tasks)[0] ?? null;
}

/** What the views of results are drawn from: results, options, and the measure that they name. */
export function useDomainView() {
  const results = useSteadyResults();
  const options = useDomains((state) => state.options);
  const family = findFamily(options.measure);
  const measure = getFamilyMeasure(family, options.firstKey);
  return { results, options, family, measure };
}

/** The reference and the set that stands against it; null without two filled sets. */
export function getPair(
  results: DomainResults | null,
): { readonly reference: DomainSetResults; readonly compared: DomainSetResults } | null {
  if (results === null) return null;
  const reference = findSet(results, results.referenceId);
  const others = getOtherSets(results);
  const compared = others.find(({ id }) => id === results.comparedId) ?? others[0];
  if (reference === null || reference.profiles.length === 0 || compared === undefined) return null;
  return { reference, compared };
}

/** The compared set against the reference, head by head; null without two sets. */
export function usePairComparison(
  results: DomainResults | null,
  measureId: string,
): AnalysisState<GroupComparison> | null {
  const wanted = useMemo((): readonly WantedComparison[] => {
    const pair = getPair(results);
    if (pair === null) return NONE;
    return [{ set: pair.compared, reference: pair.reference, measureId, of: 'heads' }];
  }, [results, measureId]);
  return useComparisons(wanted)[0]?.state ?? null;
}
