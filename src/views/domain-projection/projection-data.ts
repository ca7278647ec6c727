import { formatPercent } from '../../lib/format-number.ts';
import type { Projection } from '../../lib/projections/project-points.ts';
import { getNeighbourCount, getPerplexity } from '../../lib/projections/projection-settings.ts';
import { getSetName } from '../../state/domains/domain-names.ts';
import type { ProjectionOptions } from '../../state/domains/domain-options.ts';
import type { DomainResults, DomainSetResults } from '../../state/domains/domain-results.ts';
import { getFilledSets } from '../../state/domains/set-values.ts';
import type { TextItem } from '../../text/sets/text-set.ts';
import { type ColorTheme, categoryColor } from '../../ui/color-scales.ts';
import type { Painting } from '../../ui/figure.ts';
import { withLegend } from '../../ui/figure-legend.ts';
import type { Table } from '../../ui/table.ts';
import { getThemeColors } from '../../ui/use-theme.ts';
import { drawScatter, type ScatterScene } from './draw-scatter.ts';
import { t } from './messages.ts';
import { layOutScatter } from './scatter-layout.ts';

/** A point's text and set. */
export interface ProjectedText {
  readonly set: DomainSetResults;
  readonly text: TextItem;
}

/** Texts in the order of the points: set after set. */
export function listProjected(results: DomainResults): readonly ProjectedText[] {
  return getFilledSets(results).flatMap((set) => set.texts.map((text) => ({ set, text })));
}

export function toScatterScene(
  results: DomainResults,
  projection: Projection,
  theme: ColorTheme,
  width: number,
  height: number,
): ScatterScene {
  const sets = getFilledSets(results);
  const [first, second] = projection.axisShares;
  const hasAxes = Number.isFinite(first);
  return {
    layout: layOutScatter(projection.coordinates, width, height),
    // Marks go by a set's colour, so that a set keeps both when another one is empty.
    labels: sets.flatMap(({ profiles, colorIndex }) => profiles.map(() => colorIndex)),
    colors: Array.from({ length: 8 }, (_, index) => categoryColor(index, theme)),
    axisX: hasAxes ? t('axisFirst', { share: formatPercent(first) }) : '',
    axisY: hasAxes ? t('axisSecond', { share: formatPercent(second) }) : '',
  };
}

/** What the picture was made with, in words. */
export function saySetting(
  { method, seed }: ProjectionOptions,
  count: number,
  { axisShares }: Projection,
): string {
  if (method === 'tsne') {
    const perplexity = Number(getPerplexity(count).toFixed(1));
    return t('settingTsne', { perplexity, seed });
  }
  if (method === 'umap') return t('settingUmap', { neighbours: getNeighbourCount(count), seed });
  const [first, second] = axisShares;
  return t('settingPca', { first: formatPercent(first), second: formatPercent(second) });
}

export function sayFormula({ method, seed }: ProjectionOptions, count: number): string {
  if (method === 'pca') return t('formulaPca');
  if (method === 'umap') return t('formulaUmap', { neighbours: getNeighbourCount(count), seed });
  return t('formulaTsne', { perplexity: Number(getPerplexity(count).toFixed(1)), seed });
}

/** "after the last layer", "into layer 3", "embedding". */
export function nameStream(layer: number | null, layerCount: number): string {
  if (layer === null || layer >= layerCount) return t('final');
  return layer === 0 ? t('embedding') : t('into', { layer });
}

export function toProjectionTable(results: DomainResults, { coordinates }: Projection): Table {
  return {
    columns: [t('set'), t('text'), t('x'), t('y')],
    rows: listProjected(results).map(({ set, text }, at) => [
      getSetName(set),
      text.title,
      coordinates[2 * at],
      coordinates[2 * at + 1],
    ]),
  };
}

/** The points with the names of their colours as a picture. */
export function paintProjection(
  results: DomainResults,
  projection: Projection,
  theme: ColorTheme,
): Painting {
  const size = { width: 560, height: 420 };
  const scene = toScatterScene(results, projection, theme, size.width, size.height);
  return withLegend(
    { ...size, draw: (context) => drawScatter(context, scene, getThemeColors()) },
    getFilledSets(results).map((set) => ({
      text: getSetName(set),
      fill: categoryColor(set.colorIndex, theme),
    })),
  );
}
