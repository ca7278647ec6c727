import type { GroupComparison } from '../../lib/statistics/compare-groups.ts';
import type { HeadMeasure } from '../../measures/measure.ts';
import { isSignificant } from '../../state/domains/compared-heads.ts';
import type { DomainShows } from '../../state/domains/domain-options.ts';
import type { DomainResults } from '../../state/domains/domain-results.ts';
import { formatBare, formatBareDifference } from '../../state/domains/format-value.ts';
import { nameUnit } from '../../state/domains/measure-families.ts';
import { arrangePaintings } from '../../ui/arrange-paintings.ts';
import { type ColorTheme, categoryColor, scaleColor } from '../../ui/color-scales.ts';
import type { Painting } from '../../ui/figure.ts';
import { type LegendEntry, withLegend } from '../../ui/figure-legend.ts';
import { type MatrixMapData, paintMatrixMap, scaleStops } from '../../ui/MatrixMap.tsx';
import { type MapPanel, type MapPanels, toHeadRows } from './map-panels.ts';
import { t } from './messages.ts';

/** The finished comparison of a set with the reference, by the set's id. */
export type Comparisons = ReadonlyMap<string, GroupComparison>;

/** A panel as a map of heads (rows) by layers (columns). */
export function toMapData(
  panel: MapPanel,
  scale: MapPanels['scale'],
  { layerCount, headCount }: Pick<DomainResults, 'layerCount' | 'headCount'>,
  comparison: GroupComparison | undefined,
): MatrixMapData {
  return {
    values: toHeadRows(panel.values, headCount),
    rows: headCount,
    columns: layerCount,
    scale,
    rowName: String,
    axisRows: t('axisHeads'),
    axisColumns: t('axisLayers'),
    ...(scale.kind === 'diverging' && comparison !== undefined
      ? {
          frameOf: ({ row, column }) =>
            isSignificant(comparison, column * headCount + row) ? 'text' : null,
        }
      : {}),
  };
}

/** A scale's stops in numbers; its ends say when single heads lie beyond them. */
export function formatStop(
  { scale, isClipped }: MapPanels,
  unit: HeadMeasure['unit'],
): (value: number) => string {
  return (value) => {
    if (scale.kind === 'sequential') {
      const bare = formatBare(value, unit);
      return isClipped && value === scale.to ? t('hiLimit', { value: bare }) : bare;
    }
    const bare = formatBareDifference(value, unit);
    if (!isClipped || Math.abs(value) !== scale.limit) return bare;
    return t(value < 0 ? 'loLimit' : 'hiLimit', { value: bare });
  };
}

export interface MapFigureRequest {
  readonly results: DomainResults;
  readonly measure: HeadMeasure;
  readonly shows: DomainShows;
  readonly panels: MapPanels;
  readonly comparisons: Comparisons;
  readonly theme: ColorTheme;
}

const PANEL_WIDTH = 460;

/** All maps with their legend as one picture. */
export function paintMaps(request: MapFigureRequest): Painting {
  const { results, measure, shows, panels, comparisons, theme } = request;
  const { scale } = panels;
  const items = panels.panels.map((panel) => ({
    title: panel.title,
    fill: categoryColor(panel.set.colorIndex, theme),
    painting: paintMatrixMap(
      toMapData(panel, scale, results, comparisons.get(panel.set.id)),
      PANEL_WIDTH,
      theme,
      null,
    ),
  }));
  const format = formatStop(panels, measure.unit);
  const isFramed = shows === 'difference' && comparisons.size > 0;
  const entries: readonly LegendEntry[] = [
    { text: measure.unit === 'share' ? '%' : nameUnit(measure.unit) },
    ...scaleStops(scale).map((value) => ({
      text: format(value),
      fill: scaleColor(value, scale, theme),
    })),
    ...(isFramed ? [{ text: t('framed'), frame: 'text' }] : []),
  ];
  return withLegend(arrangePaintings(items, 2), entries);
}
