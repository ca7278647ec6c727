import type { GroupComparison } from '../../lib/statistics/compare-groups.ts';
import type { HeadMeasure } from '../../measures/measure.ts';
import { getSetName } from '../../state/domains/domain-names.ts';
import type { DomainShows } from '../../state/domains/domain-options.ts';
import type { DomainResults } from '../../state/domains/domain-results.ts';
import { formatDifference, formatP, formatValue } from '../../state/domains/format-value.ts';
import { findSet, getSetMeans, getSetValues } from '../../state/domains/set-values.ts';
import type { MapCell } from '../../ui/map-layout.ts';
import { t } from './messages.ts';

/** Lines of the note of one head of one set. */
export function sayCell(
  results: DomainResults,
  measure: HeadMeasure,
  setId: string,
  { row, column }: MapCell,
  comparison: GroupComparison | undefined,
  shows: DomainShows,
): readonly string[] {
  const set = findSet(results, setId);
  const reference = findSet(results, results.referenceId);
  if (set === null || reference === null) return [];
  const at = column * results.headCount + row;
  // Beside a test stands what was tested: means over texts; alone, a set's texts are pooled.
  const read = shows === 'difference' ? getSetMeans : getSetValues;
  const value = read(set, measure.id)?.[at] ?? Number.NaN;
  const base = read(reference, measure.id)?.[at] ?? Number.NaN;
  const place = t('place', { layer: column, head: row });
  if (shows === 'values')
    return [place, t('values2', { set: getSetName(set), value: formatValue(value, measure.unit) })];
  const difference = formatDifference(value - base, measure.unit);
  return [
    place,
    t('against', {
      set: getSetName(set),
      value: formatValue(value, measure.unit),
      reference: getSetName(reference),
      referenceValue: formatValue(base, measure.unit),
    }),
    comparison === undefined
      ? t('notTested', { difference })
      : t('differs', { difference, p: formatP(comparison.adjustedP[at]) }),
  ];
}
