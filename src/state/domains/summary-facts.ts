import type { GroupComparison } from '../../lib/statistics/compare-groups.ts';
import type { HeadMeasure } from '../../measures/measure.ts';
import {
  countSignificant,
  getThirds,
  isSignificant,
  rankHeads,
  type SignificantCounts,
} from './compared-heads.ts';
import type { MeasureFamilyId } from './measure-families.ts';

/** A third of the layers, and how many of its heads differ. */
export interface ThirdFacts extends SignificantCounts {
  readonly from: number;
  /** The layer after the last. */
  readonly to: number;
}

/** What two sets differ in by one measure; differences are compared less reference. */
export interface MeasureFacts {
  readonly family: MeasureFamilyId;
  readonly measure: HeadMeasure;
  /** Means over texts of each text's mean over heads. */
  readonly reference: number;
  readonly compared: number;
  /** The difference of these, its bootstrap interval and its permutation test, uncorrected. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  /** Heads that differ after the correction. */
  readonly heads: SignificantCounts;
  readonly thirds: readonly ThirdFacts[];
  /** The head with the largest effect among those that differ; null when none does. */
  readonly clearest: {
    readonly layer: number;
    readonly head: number;
    readonly compared: number;
    readonly reference: number;
    readonly cliffsDelta: number;
  } | null;
}

/** Sums up a comparison of all heads and one of the texts' means. */
export function toMeasureFacts(
  family: MeasureFamilyId,
  measure: HeadMeasure,
  heads: GroupComparison,
  means: GroupComparison,
  headCount: number,
): MeasureFacts {
  const layerCount = heads.p.length / headCount;
  const first = rankHeads(heads).find((at) => isSignificant(heads, at));
  return {
    family,
    measure,
    reference: means.meanB[0],
    compared: means.meanA[0],
    difference: means.difference[0],
    low: means.differenceLow[0],
    high: means.differenceHigh[0],
    p: means.p[0],
    heads: countSignificant(heads),
    thirds: getThirds(layerCount).map(([from, to]) => {
      const columns = Array.from(
        { length: (to - from) * headCount },
        (_, at) => from * headCount + at,
      );
      return { from, to, ...countSignificant(heads, columns) };
    }),
    clearest:
      first === undefined
        ? null
        : {
            layer: Math.floor(first / headCount),
            head: first % headCount,
            compared: heads.meanA[first],
            reference: heads.meanB[first],
            cliffsDelta: heads.cliffsDelta[first],
          },
  };
}

/** A third must hold so many times the share of the next one to be the strongest. */
const CLEARLY_MORE = 1.5;

/** The third of the layers in which clearly the largest share of heads differs; null when none stands out. */
export function findStrongestThird(thirds: readonly ThirdFacts[]): number | null {
  const shares = thirds.map(({ up, down, tested }) => (up + down) / Math.max(1, tested));
  const [first, second = 0] = [...shares].sort((a, b) => b - a);
  return first > 0 && first >= CLEARLY_MORE * second ? shares.indexOf(first) : null;
}
