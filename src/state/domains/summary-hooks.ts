import { useMemo } from 'react';
import type { GroupComparison } from '../../lib/statistics/compare-groups.ts';
import type { HeadMeasure } from '../../measures/measure.ts';
import type { AnalysisState } from '../analysis-desk.ts';
import type { FirstKey } from './domain-options.ts';
import type { DomainResults } from './domain-results.ts';
import { findFamily, getFamilyMeasure, type MeasureFamilyId } from './measure-families.ts';
import { getPair, useComparisons, type WantedComparison } from './results-hooks.ts';
import { type MeasureFacts, toMeasureFacts } from './summary-facts.ts';

/** What a summary speaks of, whatever else is shown. */
const SUMMARY_FAMILIES = ['distance', 'entropy', 'interdependency'] as const;

/** All heads of the pair by one measure. */
export interface PairStatistics {
  readonly family: MeasureFamilyId;
  readonly measure: HeadMeasure;
  readonly heads: GroupComparison;
}

export interface SummaryState {
  /** Those that are worked out, in their order. */
  readonly facts: readonly MeasureFacts[];
  /** What they were taken from, in the same order. */
  readonly statistics: readonly PairStatistics[];
  readonly states: readonly AnalysisState<unknown>[];
  readonly isWhole: boolean;
}

/** Facts of the compared set against the reference, and of the shown measure. */
export function useSummaryFacts(
  results: DomainResults | null,
  firstKey: FirstKey,
  shown: MeasureFamilyId,
): SummaryState {
  const families = useMemo(
    () => [...new Set<MeasureFamilyId>([...SUMMARY_FAMILIES, shown])].map(findFamily),
    [shown],
  );
  const wanted = useMemo((): readonly WantedComparison[] => {
    const pair = getPair(results);
    if (pair === null) return [];
    return families.flatMap((family) => {
      const measureId = getFamilyMeasure(family, firstKey).id;
      const sets = { set: pair.compared, reference: pair.reference, measureId };
      return [
        { ...sets, of: 'heads' as const },
        { ...sets, of: 'mean' as const },
      ];
    });
  }, [results, families, firstKey]);
  const compared = useComparisons(wanted);
  return useMemo(() => {
    const found = families.flatMap((family, at) => {
      const [heads, means] = [compared[2 * at]?.state, compared[2 * at + 1]?.state];
      if (results === null || heads?.status !== 'ready' || means?.status !== 'ready') return [];
      const statistics = {
        family: family.id,
        measure: getFamilyMeasure(family, firstKey),
        heads: heads.result,
      };
      const { measure } = statistics;
      const facts = toMeasureFacts(
        family.id,
        measure,
        heads.result,
        means.result,
        results.headCount,
      );
      return [{ facts, statistics }];
    });
    const facts = found.map((each) => each.facts);
    return {
      facts,
      statistics: found.map((each) => each.statistics),
      states: compared.map(({ state }) => state),
      isWhole: compared.length > 0 && facts.length === families.length,
    };
  }, [families, compared, results, firstKey]);
}
