import { useMemo } from 'react';
import { formatNumber, formatPercent } from '../../lib/format-number.ts';
import { SINK_MASS } from '../../measures/slices/sink-rate.ts';
import { VARIABILITY_SIDE } from '../../measures/slices/variability.ts';
import { useDomainSettings } from '../../state/domains/domain-export-settings.ts';
import type { DomainResults } from '../../state/domains/domain-results.ts';
import { useDomainStatus } from '../../state/domains/domain-status.ts';
import { useDomainView } from '../../state/domains/results-hooks.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import { toArrayFiles } from '../../tensor/array-files.ts';
import { arrangePaintings } from '../../ui/arrange-paintings.ts';
import { CaptionedMap } from '../../ui/CaptionedMap.tsx';
import { type ColorScale, categoryColor } from '../../ui/color-scales.ts';
import { withLegend } from '../../ui/figure-legend.ts';
import {
  MapLegend,
  type MatrixMapData,
  paintMatrixMap,
  toScaleEntries,
} from '../../ui/MatrixMap.tsx';
import { useColorTheme } from '../../ui/use-theme.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { t } from './messages.ts';
import { type SetVariability, toVariability, toVariabilityTable } from './variability-data.ts';

const SCALE: ColorScale = { kind: 'sequential', from: 0, to: 1 };
const PANEL_WIDTH = 460;
const side = { side: VARIABILITY_SIDE };

function toMapData({ values }: SetVariability, results: DomainResults): MatrixMapData {
  const { layerCount, headCount } = results;
  return {
    values: Float64Array.from(values, (_, at) => {
      const [head, layer] = [Math.floor(at / layerCount), at % layerCount];
      return values[layer * headCount + head];
    }),
    rows: headCount,
    columns: layerCount,
    scale: SCALE,
    rowName: String,
    axisRows: t('axisHeads'),
    axisColumns: t('axisLayers'),
  };
}

/** How much each head's attention depends on what a text says, over the texts of each set. */
export default function DomainVariability() {
  const { results } = useDomainView();
  const app = useActions();
  const selection = useApp((state) => state.selection);
  const theme = useColorTheme();
  const settings = useDomainSettings(results);
  const status = useDomainStatus(results);
  const found = useMemo(() => (results === null ? [] : toVariability(results)), [results]);
  const isDefined = found.some(({ values }) => values.some((value) => !Number.isNaN(value)));
  const maps = useMemo(
    () => (results === null ? [] : found.map((each) => toMapData(each, results))),
    [found, results],
  );
  const rateOf = ({ sinkRate }: SetVariability): string =>
    t('sinkRate', { rate: formatPercent(sinkRate) });
  const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));
  return (
    <ViewFrame
      id="domain-variability"
      title={t('title')}
      subtitle={t('subtitle', side)}
      about={{
        sentence: t('about'),
        formula: t('formula', { ...side, mass: SINK_MASS }),
        source: t('source'),
      }}
      status={
        results !== null && found.length > 0 && !isDefined && status.kind === 'ready'
          ? { kind: 'empty', message: t('tooFew', side) }
          : status
      }
      exports={{
        caption: `${t('subtitle', side)}: ${found.map((each) => `${each.name}, ${rateOf(each)}`).join('; ')}`,
        settings,
        table: () => toVariabilityTable(found, results?.headCount ?? 1),
        painting: () =>
          withLegend(
            arrangePaintings(
              found.map((each, i) => ({
                title: `${each.name}, ${rateOf(each)}`,
                fill: categoryColor(each.set.colorIndex, theme),
                painting: paintMatrixMap(maps[i], PANEL_WIDTH, theme, null),
              })),
              2,
            ),
            [{ text: t('legend') }, ...toScaleEntries(SCALE, theme, formatNumber)],
          ),
        files: toArrayFiles(
          () =>
            results === null
              ? []
              : found.map(({ name, values }) => ({
                  name: `variability_${name}`,
                  shape: [results.layerCount, results.headCount],
                  data: Float32Array.from(values),
                })),
          settings,
          false,
        ),
      }}
    >
      <div className="small-maps">
        {results !== null &&
          found.map((each, i) => (
            <CaptionedMap
              key={each.set.id}
              data={maps[i]}
              color={categoryColor(each.set.colorIndex, theme)}
              title={each.name}
              note={rateOf(each)}
              selected={{ row: selection.head, column: selection.layer }}
              label={t('label', { name: each.name })}
              noteOf={({ row, column }) => [
                t('place', { layer: column, head: row, name: each.name }),
                t('value', {
                  value: formatNumber(each.values[column * results.headCount + row]),
                }),
              ]}
              onSelect={({ row, column }) => app.select({ layer: column, head: row })}
              onMove={(columns, rows) =>
                app.select({
                  layer: clamp(selection.layer + columns, results.layerCount),
                  head: clamp(selection.head + rows, results.headCount),
                })
              }
            />
          ))}
      </div>
      <p className="legend">
        <span className="grow" />
        <MapLegend scale={SCALE} label={t('legend')} format={formatNumber} />
      </p>
    </ViewFrame>
  );
}
