import { getSetName } from '../../state/domains/domain-names.ts';
import type { DomainShows } from '../../state/domains/domain-options.ts';
import type { DomainResults, DomainSetResults } from '../../state/domains/domain-results.ts';
import {
  findLimit,
  findRange,
  findSet,
  getFilledSets,
  getOtherSets,
  getSetMeans,
  getSetValues,
  subtract,
} from '../../state/domains/set-values.ts';
import type { ColorScale } from '../../ui/color-scales.ts';
import { t } from './messages.ts';

/** One map: a set's values, or those less the reference's. */
export interface MapPanel {
  readonly set: DomainSetResults;
  readonly title: string;
  /** [layer, head] */
  readonly values: Float64Array;
}

export interface MapPanels {
  readonly panels: readonly MapPanel[];
  /** The same for all. */
  readonly scale: ColorScale;
  /** Whether single heads lie beyond the scale's ends. */
  readonly isClipped: boolean;
}

/** Maps of all filled sets on one scale; null where nothing is measured. Sets alone are pooled. */
export function toMapPanels(
  results: DomainResults,
  measureId: string,
  shows: DomainShows,
  differencesOf: 'means' | 'pooled' = 'means',
): MapPanels | null {
  const panels =
    shows === 'values'
      ? toValuePanels(results, measureId)
      : toDifferencePanels(results, measureId, differencesOf);
  const all = panels.map(({ values }) => values);
  const range = findRange(all);
  if (range === null) return null;
  const limit = findLimit(all);
  if (shows === 'difference') {
    const largest = Math.max(-range[0], range[1]);
    return { panels, scale: { kind: 'diverging', limit }, isClipped: largest > limit };
  }
  const from = Math.min(0, range[0]);
  return { panels, scale: { kind: 'sequential', from, to: limit }, isClipped: range[1] > limit };
}

function toValuePanels(results: DomainResults, measureId: string): readonly MapPanel[] {
  return getFilledSets(results).flatMap((set) => {
    const values = getSetValues(set, measureId);
    return values === null ? [] : [{ set, title: getSetName(set), values }];
  });
}

/** Differences of what is tested, each text counted alike, or of pooled texts as paper 1 has them. */
function toDifferencePanels(
  results: DomainResults,
  measureId: string,
  of: 'means' | 'pooled',
): readonly MapPanel[] {
  const read = (set: DomainSetResults): Float64Array =>
    (of === 'pooled' ? getSetValues(set, measureId) : null) ?? getSetMeans(set, measureId);
  const reference = findSet(results, results.referenceId);
  if (reference === null || getSetValues(reference, measureId) === null) return [];
  const base = read(reference);
  return getOtherSets(results).flatMap((set) => {
    if (getSetValues(set, measureId) === null) return [];
    const values = read(set);
    const title = t('difference2', { set: getSetName(set), reference: getSetName(reference) });
    return [{ set, title, values: subtract(values, base) }];
  });
}

/** [layer, head] as [head, layer]: layers go from left to right, as in the lines below them. */
export function toHeadRows(values: Float64Array, headCount: number): Float64Array {
  const layerCount = values.length / headCount;
  return Float64Array.from(
    values,
    (_, at) => values[(at % layerCount) * headCount + Math.floor(at / layerCount)],
  );
}
