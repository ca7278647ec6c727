import type { MeasureUnit } from '../../measures/measure.ts';
import { getSetName } from '../../state/domains/domain-names.ts';
import type { DomainShows } from '../../state/domains/domain-options.ts';
import type { DomainResults } from '../../state/domains/domain-results.ts';
import { formatBare, formatBareDifference } from '../../state/domains/format-value.ts';
import { nameUnit } from '../../state/domains/measure-families.ts';
import type { SetCurves } from '../../state/domains/set-curves.ts';
import { type Along, findSet, getFilledSets } from '../../state/domains/set-values.ts';
import { type ColorTheme, categoryColor } from '../../ui/color-scales.ts';
import type { SeriesData } from '../../ui/SeriesChart.tsx';
import { t } from './messages.ts';

/** One line a set, with its band; in differences none of the reference. */
export function toLines(
  results: DomainResults,
  curves: SetCurves,
  shows: DomainShows,
  along: Along,
  unit: MeasureUnit,
  theme: ColorTheme,
): SeriesData {
  const reference = findSet(results, results.referenceId);
  const ofSets = shows === 'values' ? curves.values : curves.differences;
  const isShare = unit === 'share';
  const percent = (values: Float64Array): Float64Array =>
    isShare ? values.map((value) => value * 100) : values;
  const format = shows === 'values' ? formatBare : formatBareDifference;
  return {
    series: getFilledSets(results).flatMap((set, at) => {
      const curve = ofSets[at];
      if (curve === undefined || curve.values.length === 0) return [];
      const name = getSetName(set);
      return [
        {
          id: set.id,
          name:
            shows === 'values' || reference === null
              ? name
              : t('difference2', { set: name, reference: getSetName(reference) }),
          color: categoryColor(set.colorIndex, theme),
          values: percent(curve.values),
          low: percent(curve.low),
          high: percent(curve.high),
        },
      ];
    }),
    xName: String,
    axisX: t(along === 'layers' ? 'axisX' : 'axisXHeads'),
    axisY: isShare ? '%' : nameUnit(unit),
    // Values of sets lie close together: an axis from 0 would hide what parts them.
    includesZero: shows === 'difference',
    // Percentages are drawn as such already.
    formatY: (value) => format(value, isShare ? 'score' : unit),
  };
}
