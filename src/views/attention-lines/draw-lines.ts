import { formatPercent } from '../../lib/format-number.ts';
import type { WeightScale } from '../../state/display-options.ts';
import { toScale } from '../../state/weight-scale.ts';
import { cutToWidth } from '../../ui/canvas-text.ts';
import { MONO, SANS } from '../../ui/figure.ts';
import {
  EARLIER,
  type Focus,
  HEADER,
  isInFocus,
  type Line,
  type LinesLayout,
  ROW,
  rowMiddle,
} from './lines-layout.ts';
import { t } from './messages.ts';

/** Weights under this are drawn without a number: it would say "<0.1 %". */
export const LEAST_NUMBER = 0.001;

export interface LinesScene {
  readonly layout: LinesLayout;
  readonly lines: readonly Line[];
  readonly name: (index: number) => string;
  readonly scale: WeightScale;
  /** [rows of the window] the largest weight of each query, for the scale per row. */
  readonly rowMaximum: (query: number) => number;
  readonly color: (name: string) => string;
}

/** The stroke of a line: width in pixels and opacity. */
export function strokeOf(
  { query, weight }: Line,
  { scale, rowMaximum }: Pick<LinesScene, 'scale' | 'rowMaximum'>,
): { readonly width: number; readonly opacity: number } {
  return {
    width: 0.4 + 3.6 * weight,
    opacity: Math.min(1, toScale(weight, scale, rowMaximum(query))),
  };
}

function strokeLine(context: CanvasRenderingContext2D, scene: LinesScene, line: Line): void {
  const { layout } = scene;
  const { width, opacity } = strokeOf(line, scene);
  if (opacity < 0.02) return;
  const y0 = rowMiddle(layout, line.query);
  const y1 = rowMiddle(layout, line.key);
  const bend = (layout.keyX - layout.queryX) * 0.4;
  context.lineWidth = width;
  context.globalAlpha = opacity;
  context.beginPath();
  context.moveTo(layout.queryX, y0);
  context.bezierCurveTo(layout.queryX + bend, y0, layout.keyX - bend, y1, layout.keyX, y1);
  context.stroke();
  context.globalAlpha = 1;
}

/** Paints both columns and every line between them. */
export function drawLines(context: CanvasRenderingContext2D, scene: LinesScene): void {
  const { layout, lines, color } = scene;
  context.strokeStyle = color('accent');
  for (const line of lines) strokeLine(context, scene, line);
  drawColumn(context, scene, 'query', () => color('text-muted'));
  drawColumn(context, scene, 'key', () => color('text-muted'));
  context.fillStyle = color('text-faint');
  context.font = `11px ${SANS}`;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.fillText(t('queries'), 0, 11);
  context.textAlign = 'right';
  context.fillText(t('keys'), layout.width, 11);
}

function drawColumn(
  context: CanvasRenderingContext2D,
  { layout, name, color }: LinesScene,
  side: 'query' | 'key',
  ink: (index: number) => string,
): void {
  const x = side === 'query' ? layout.queryX - 6 : layout.keyX + 6;
  context.font = `11px ${MONO}`;
  context.textBaseline = 'middle';
  context.textAlign = side === 'query' ? 'right' : 'left';
  for (let index = layout.start; index < layout.end; index++) {
    context.fillStyle = ink(index);
    const text = cutToWidth(context, name(index), layout.labelWidth);
    context.fillText(text, x, rowMiddle(layout, index));
  }
  if (side === 'key' && layout.start > 0) {
    const last = layout.start - 1;
    context.font = `10px ${SANS}`;
    context.fillStyle = color('text-faint');
    const said = last === 0 ? t('earlierOne') : t('earlier', { last, count: layout.start });
    context.fillText(said, x, rowMiddle(layout, EARLIER));
  }
}

export interface LinesOverlay extends LinesScene {
  readonly focus: Focus | null;
  readonly query: number | null;
  readonly key: number | null;
  readonly isUndefined: (query: number) => boolean;
}

/** Paints what is looked at alone: its lines over a cleared middle, numbers beside the other column. */
export function drawLinesOverlay(context: CanvasRenderingContext2D, scene: LinesOverlay): void {
  const { layout, lines, focus, query, key, color } = scene;
  const mark = (side: 'query' | 'key', index: number | null): void => {
    if (index === null || index < layout.start || index >= layout.end) return;
    const x = side === 'query' ? 0 : layout.keyX;
    context.fillStyle = color(side);
    context.globalAlpha = 0.12;
    context.fillRect(x, rowMiddle(layout, index) - ROW / 2, layout.queryX, ROW);
    context.globalAlpha = 1;
  };
  if (focus !== null) {
    context.fillStyle = color('surface');
    context.fillRect(
      layout.queryX,
      HEADER - 2,
      layout.keyX - layout.queryX,
      layout.height - HEADER + 2,
    );
  }
  mark('query', query);
  mark('key', key);
  if (focus === null) return;
  const isQuery = focus.side === 'query';
  context.strokeStyle = color(focus.side);
  context.font = `11px ${MONO}`;
  context.textBaseline = 'middle';
  context.textAlign = isQuery ? 'right' : 'left';
  context.fillStyle = color(focus.side);
  const x = isQuery ? layout.width : 0;
  for (const line of lines) {
    if (!isInFocus(line, focus)) continue;
    strokeLine(context, scene, line);
    if (line.weight < LEAST_NUMBER) continue;
    const other = isQuery ? line.key : line.query;
    context.fillText(formatPercent(line.weight), x, rowMiddle(layout, other));
  }
  if (isQuery && scene.isUndefined(focus.index)) {
    context.fillText(t('undefinedRow'), x, rowMiddle(layout, focus.index));
  }
}
