import type { HeadMeasure } from '../../measures/measure.ts';
import { getSetName } from '../../state/domains/domain-names.ts';
import type { DomainResults } from '../../state/domains/domain-results.ts';
import { nameUnit } from '../../state/domains/measure-families.ts';
import { getFilledSets, getSetValues } from '../../state/domains/set-values.ts';
import type { NamedArray } from '../../tensor/named-array.ts';
import type { SeriesData } from '../../ui/SeriesChart.tsx';
import type { Table } from '../../ui/table.ts';
import type { Comparisons } from './map-figure.ts';
import { type MapPanel, toMapPanels } from './map-panels.ts';
import { t } from './messages.ts';

/** One row a head: each set's value, each difference to the reference, and its adjusted p. */
export function toHeadTable(
  results: DomainResults,
  measure: HeadMeasure,
  comparisons: Comparisons,
): Table {
  const values = toMapPanels(results, measure.id, 'values')?.panels ?? [];
  const differences = toMapPanels(results, measure.id, 'difference')?.panels ?? [];
  const unit = nameUnit(measure.unit);
  return {
    columns: [
      'layer',
      'head',
      ...values.map(({ title }) => t('pooledColumn', { title, unit })),
      ...differences.flatMap(({ set, title }) => [
        t('meansColumn', { title }),
        ...(comparisons.has(set.id) ? [t('pColumn', { title })] : []),
      ]),
    ],
    rows: Array.from({ length: results.layerCount * results.headCount }, (_, at) => [
      Math.floor(at / results.headCount),
      at % results.headCount,
      ...values.map((panel) => panel.values[at]),
      ...differences.flatMap(({ set, values: between }) => [
        between[at],
        ...(comparisons.has(set.id) ? [comparisons.get(set.id)?.adjustedP[at] ?? Number.NaN] : []),
      ]),
    ]),
  };
}

/** One row a layer or head index: each line with the ends of its band. */
export function toLineTable({ series, axisX }: SeriesData): Table {
  const count = series.reduce((most, { values }) => Math.max(most, values.length), 0);
  return {
    columns: [
      axisX.replace(/\W+$/, ''),
      ...series.flatMap(({ name }) => [name, t('low', { set: name }), t('high', { set: name })]),
    ],
    rows: Array.from({ length: count }, (_, at) => [
      at,
      ...series.flatMap(({ values, low, high }) => [
        values[at],
        low?.[at] ?? Number.NaN,
        high?.[at] ?? Number.NaN,
      ]),
    ]),
  };
}

/** `values` [set, layer, head] of one measure. */
export function toValueArrays(results: DomainResults, measure: HeadMeasure): readonly NamedArray[] {
  const { layerCount, headCount } = results;
  const sets = getFilledSets(results);
  const data = new Float32Array(sets.length * layerCount * headCount).fill(Number.NaN);
  sets.forEach((set, at) => {
    const values = getSetValues(set, measure.id);
    if (values !== null) data.set(values, at * layerCount * headCount);
  });
  return [
    { name: measure.id.replaceAll('-', '_'), shape: [sets.length, layerCount, headCount], data },
  ];
}

/** Names of the sets along the first axis of `toValueArrays`. */
export function listSets(results: DomainResults): string {
  return getFilledSets(results).map(getSetName).join(', ');
}

/** One row a head with the numbers of some maps. */
export function toPanelTable(panels: readonly MapPanel[], headCount: number): Table {
  return {
    columns: ['layer', 'head', ...panels.map(({ title }) => title)],
    rows: Array.from({ length: panels[0]?.values.length ?? 0 }, (_, at) => [
      Math.floor(at / headCount),
      at % headCount,
      ...panels.map(({ values }) => values[at]),
    ]),
  };
}
