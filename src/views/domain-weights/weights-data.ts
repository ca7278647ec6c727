import { formatPercent } from '../../lib/format-number.ts';
import { getSetName } from '../../state/domains/domain-names.ts';
import type { WeightOptions } from '../../state/domains/domain-options.ts';
import type { DomainResults } from '../../state/domains/domain-results.ts';
import { getFilledSets } from '../../state/domains/set-values.ts';
import {
  countSetWeights,
  findMedianWeight,
  getOctaveEdge,
  getShareAbove,
  getUpperEdge,
  OCTAVES,
  toCumulativeShares,
  toOctaveShares,
} from '../../state/domains/weight-shares.ts';
import { WEIGHT_BINS } from '../../tensor/weight-histogram.ts';
import { type ColorTheme, categoryColor } from '../../ui/color-scales.ts';
import type { SeriesData } from '../../ui/SeriesChart.tsx';
import type { Table } from '../../ui/table.ts';
import { t } from './messages.ts';

const percent = (shares: Float64Array): Float64Array => shares.map((share) => share * 100);

/** A weight's size as the axis writes it: "0.25", "1e-4". */
export function formatSize(size: number): string {
  if (size === 0) return '0';
  return size >= 0.005 ? String(Number(size.toPrecision(2))) : size.toExponential(0);
}

const DECADES = [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1];

/** The sizes whose names stand under the axis: those nearest to powers of ten. */
function listDecades(form: WeightOptions['form']): readonly number[] {
  const sizes =
    form === 'shares'
      ? Array.from({ length: OCTAVES }, (_, octave) => getOctaveEdge(octave))
      : Array.from({ length: WEIGHT_BINS }, (_, bin) => getUpperEdge(bin));
  const away = (size: number, decade: number): number => Math.abs(Math.log(size / decade));
  const named = DECADES.map((decade) =>
    sizes.reduce(
      (best, size, at) => (size > 0 && away(size, decade) < away(sizes[best], decade) ? at : best),
      sizes.length - 1,
    ),
  );
  return [...new Set(named)];
}

/** Curves of the sets over sizes on a logarithmic axis, in percent. */
export function toWeightCurves(
  results: DomainResults,
  { form, layer }: WeightOptions,
  theme: ColorTheme,
): SeriesData {
  return {
    series: getFilledSets(results).map((set) => {
      const counts = countSetWeights(set, layer);
      return {
        id: set.id,
        name: getSetName(set),
        color: categoryColor(set.colorIndex, theme),
        values: percent(form === 'shares' ? toOctaveShares(counts) : toCumulativeShares(counts)),
      };
    }),
    xName: (index) => formatSize(form === 'shares' ? getOctaveEdge(index) : getUpperEdge(index)),
    namedX: listDecades(form),
    axisX: t('axisX'),
    axisY: t(form === 'shares' ? 'axisShares' : 'axisCumulative'),
    includesZero: true,
    formatY: (value) => value.toFixed(0),
  };
}

/** From this power of one half on a weight counts as large. */
export const LARGE_POWER = 4;

/** By layer: how many of a set's weights are large, in percent. */
export function toLargeByLayer(results: DomainResults, theme: ColorTheme): SeriesData {
  return {
    series: getFilledSets(results).map((set) => ({
      id: set.id,
      name: getSetName(set),
      color: categoryColor(set.colorIndex, theme),
      values: Float64Array.from(
        { length: results.layerCount },
        (_, layer) => 100 * getShareAbove(countSetWeights(set, layer), LARGE_POWER),
      ),
    })),
    xName: String,
    axisX: t('axisLayer'),
    axisY: t('axisLarge', { size: formatSize(2 ** -LARGE_POWER) }),
    includesZero: true,
    formatY: (value) => String(Number(value.toPrecision(3))),
  };
}

/** Lines of the note at one size. */
export function sayWeights(
  { series }: SeriesData,
  form: WeightOptions['form'],
  index: number,
): readonly string[] {
  const [from, to] = getBounds(form, index);
  const place =
    form === 'cumulative'
      ? t('below', { to: formatSize(to) })
      : index === 0
        ? t('lowest', { to: formatSize(to) })
        : t('bin', { from: formatSize(from), to: formatSize(to) });
  return [
    place,
    ...series.map(({ name, values }) =>
      t('value', { set: name, value: formatPercent(values[index] / 100) }),
    ),
  ];
}

function getBounds(form: WeightOptions['form'], index: number): readonly [number, number] {
  if (form === 'cumulative') return [0, getUpperEdge(index)];
  return [getOctaveEdge(index), index + 1 < OCTAVES ? getOctaveEdge(index + 1) : 1];
}

/** One row a size: bounds, and each set's share in percent. */
export function toWeightTable({ series }: SeriesData, form: WeightOptions['form']): Table {
  const count = series[0]?.values.length ?? 0;
  return {
    columns: [t('from'), t('to'), ...series.map(({ name }) => `${name} (%)`)],
    rows: Array.from({ length: count }, (_, index) => [
      ...getBounds(form, index),
      ...series.map(({ values }) => values[index]),
    ]),
  };
}

/** The size under which half of a set's weights lie. */
export function sayMedians(results: DomainResults, layer: number | null): readonly string[] {
  return getFilledSets(results).map((set) => {
    const counts = countSetWeights(set, layer);
    return t('median', { set: getSetName(set), median: formatSize(findMedianWeight(counts)) });
  });
}
