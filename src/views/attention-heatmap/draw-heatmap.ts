import type { DisplayedSlice } from '../../measures/displayed-slice.ts';
import type { WeightScale } from '../../state/display-options.ts';
import { formatWeight } from '../../state/shown-cell.ts';
import { toScale } from '../../state/weight-scale.ts';
import { weightAt } from '../../tensor/causal-slice.ts';
import type { ColorTheme } from '../../ui/color-scales.ts';
import { MONO, SANS, wantsLightText } from '../../ui/figure.ts';
import {
  cellSize,
  cellStart,
  type HeatmapLayout,
  layOutBars,
  MARGINAL,
  MARGINAL_GAP,
} from './heatmap-layout.ts';
import { getRowMaximum } from './heatmap-pixels.ts';
import { t } from './messages.ts';

/** The smallest cell whose weight can be read in it. */
const READABLE_CELL = 24;

/** All that the matrix's picture depends on; nothing here follows the pointer. */
export interface HeatmapScene {
  readonly layout: HeatmapLayout;
  readonly displayed: DisplayedSlice;
  /** The visible cells as an image; null where there is no canvas to make one. */
  readonly raster: CanvasImageSource | null;
  /** The whole matrix in small; null unless zoomed. */
  readonly minimap: CanvasImageSource | null;
  /** [size] attention received by each key. */
  readonly received: Float32Array;
  /** [size] the part of each query's attention that is shown. */
  readonly shownMass: Float32Array;
  readonly scale: WeightScale;
  readonly theme: ColorTheme;
  readonly color: (name: string) => string;
}

/** Less of a row than this counts as nothing hidden: rounding of float32 sums. */
const LEAST_HIDDEN = 5e-4;

/** Paints matrix, printed weights, marginals, axis titles and minimap. Labels belong to the overlay. */
export function drawHeatmap(context: CanvasRenderingContext2D, scene: HeatmapScene): void {
  const { layout, raster, minimap, color } = scene;
  context.imageSmoothingEnabled = false;
  if (raster !== null) context.drawImage(raster, layout.left, layout.top, layout.side, layout.side);
  context.lineWidth = 1;
  context.strokeStyle = color('border');
  context.strokeRect(layout.left - 0.5, layout.top - 0.5, layout.side + 1, layout.side + 1);
  drawWeights(context, scene);
  drawMarginals(context, scene);
  drawTitles(context, scene);
  if (layout.minimap !== null && minimap !== null) {
    const { x, y, width, height } = layout.minimap;
    context.drawImage(minimap, x, y, width, height);
    context.strokeStyle = color('border-strong');
    context.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
  }
}

/** Weights as numbers where cells are wide enough to read them. */
function drawWeights(context: CanvasRenderingContext2D, scene: HeatmapScene): void {
  const { layout, displayed, scale, theme } = scene;
  const width = cellSize(layout, 'keys');
  const height = cellSize(layout, 'queries');
  if (Math.min(width, height) < READABLE_CELL) return;
  context.font = `10px ${MONO}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let query = layout.queries.start; query < layout.queries.end; query++) {
    const maximum = scale === 'row' ? getRowMaximum(displayed, query) : 1;
    for (let key = layout.keys.start; key < Math.min(layout.keys.end, query + 1); key++) {
      const weight = weightAt(displayed, query, key);
      if (!(weight >= 0.005)) continue;
      context.fillStyle = wantsLightText(toScale(weight, scale, maximum), theme) ? '#fff' : '#000';
      context.fillText(
        weight > 0.995 ? '1' : weight.toFixed(2).replace(/^0/, ''),
        cellStart(layout, 'keys', key) + width / 2,
        cellStart(layout, 'queries', query) + height / 2,
      );
    }
  }
}

/** Bars under the matrix for its keys, and beside it for its queries, with what they mean in words. */
function drawMarginals(context: CanvasRenderingContext2D, scene: HeatmapScene): void {
  const { layout, received, shownMass, color } = scene;
  const bottom = layout.top + layout.side + MARGINAL_GAP;
  const right = layout.left + layout.side + MARGINAL_GAP;
  let largest = 0;
  for (let key = layout.keys.start; key < layout.keys.end; key++)
    if (received[key] > largest) largest = received[key];
  context.fillStyle = color('border');
  context.fillRect(layout.left, bottom + MARGINAL, layout.side, 1);
  context.fillStyle = color('accent');
  for (const { start, length, value } of layOutBars(received, layout.keys, layout.side)) {
    if (!(value > 0)) continue;
    const height = (value / largest) * MARGINAL;
    context.fillRect(layout.left + start, bottom + MARGINAL - height, length, height);
  }
  // A full row needs no bar: where nothing is hidden there is no marginal.
  const hidden = shownMass.map((mass) => 1 - mass);
  const hidesSome = hidden.some((mass) => mass > LEAST_HIDDEN);
  context.fillStyle = color('border-strong');
  for (const { start, length, value } of layOutBars(hidden, layout.queries, layout.side)) {
    if (!(value > LEAST_HIDDEN)) continue;
    context.fillRect(right, layout.top + start, Math.min(1, value) * MARGINAL, length);
  }
  context.fillStyle = color('text-faint');
  context.font = `10px ${SANS}`;
  context.textAlign = 'right';
  context.textBaseline = 'alphabetic';
  const edge = layout.width - 2;
  context.fillText(
    t('receivedCaption', { largest: formatWeight(largest) }),
    edge,
    bottom + MARGINAL + 14,
  );
  if (hidesSome) context.fillText(t('hiddenCaption'), edge, bottom + MARGINAL + 27);
}

function drawTitles(context: CanvasRenderingContext2D, { layout, color }: HeatmapScene): void {
  context.fillStyle = color('text-faint');
  context.font = `11px ${SANS}`;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.fillText(`${t('keys')} →`, layout.left, 10);
  context.save();
  context.translate(10, layout.top);
  context.rotate(-Math.PI / 2);
  context.textAlign = 'right';
  context.fillText(`← ${t('queries')}`, 0, 0);
  context.restore();
}
