import type { CurveRequest, PooledGroup } from '../../lib/statistics/pooled-curves.ts';
import type { DomainResults, DomainSetResults } from './domain-results.ts';
import { type Along, getFilledSets } from './set-values.ts';

export type { Curve, PooledCurves as SetCurves } from '../../lib/statistics/pooled-curves.ts';

/** What the bands on the page are drawn with. */
export const BAND = { resamples: 1000, seed: 1, level: 0.95 } as const;

/** The texts of a set that have the measure, [text, layer, head]. */
function toGroup({ profiles }: DomainSetResults, measureId: string): PooledGroup {
  const texts = profiles.flatMap(({ measures }) => measures[measureId] ?? []);
  const width = texts[0]?.sums.length ?? 0;
  const [sums, weights] = [
    new Float64Array(texts.length * width),
    new Float64Array(texts.length * width),
  ];
  texts.forEach((text, at) => {
    sums.set(text.sums, at * width);
    weights.set(text.weights, at * width);
  });
  return { sums, weights };
}

/**
 * Curves of the filled sets by layer or by head: each head pooled over the set's texts, then the plain mean
 * (methods 1.1; the means are ours).
 */
export function toCurveRequest(
  results: DomainResults,
  measureId: string,
  along: Along,
): CurveRequest {
  const sets = getFilledSets(results);
  return {
    groups: sets.map((set) => toGroup(set, measureId)),
    referenceAt: sets.findIndex(({ id }) => id === results.referenceId),
    rows: results.layerCount,
    columns: results.headCount,
    along: along === 'layers' ? 'rows' : 'columns',
    ...BAND,
  };
}
