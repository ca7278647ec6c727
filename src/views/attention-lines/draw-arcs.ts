import { formatPercent } from '../../lib/format-number.ts';
import { cutToWidth } from '../../ui/canvas-text.ts';
import { MONO } from '../../ui/figure.ts';
import { type ArcsLayout, arcBetween, TEXT_HEIGHT } from './arcs-layout.ts';
import { LEAST_NUMBER, type LinesScene, strokeOf } from './draw-lines.ts';
import { type Focus, isInFocus, type Line } from './lines-layout.ts';

export const ARC_FONT = `12px ${MONO}`;

export interface ArcsScene extends Omit<LinesScene, 'layout'> {
  readonly layout: ArcsLayout;
  readonly focus: Focus | null;
  readonly query: number | null;
  readonly key: number | null;
}

/** Paints the running text, the selected units, and the arcs: all of them, or those in focus with numbers. */
export function drawArcs(context: CanvasRenderingContext2D, scene: ArcsScene): void {
  const { layout, lines, focus, query, key, name, color } = scene;
  for (const [side, index] of [
    ['query', query],
    ['key', key],
  ] as const) {
    if (index === null || index >= layout.units.length) continue;
    const { x, y, width } = layout.units[index];
    context.fillStyle = color(side);
    context.globalAlpha = 0.16;
    context.fillRect(x, y, width, TEXT_HEIGHT);
    context.globalAlpha = 1;
  }
  context.font = ARC_FONT;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  layout.units.forEach(({ x, y, width }, index) => {
    const isChosen = index === query || index === key;
    context.fillStyle = isChosen ? color(index === query ? 'query' : 'key') : color('text');
    context.fillText(cutToWidth(context, name(index), width), x, y + TEXT_HEIGHT / 2);
  });
  context.strokeStyle = color(focus?.side ?? 'accent');
  const shown = focus === null ? lines : lines.filter((line) => isInFocus(line, focus));
  for (const line of shown) {
    const { width, opacity } = strokeOf(line, scene);
    if (opacity < 0.02) continue;
    const [x0, y0, ...rest] = arcBetween(layout, line.query, line.key);
    context.lineWidth = width;
    context.globalAlpha = opacity;
    context.beginPath();
    context.moveTo(x0, y0);
    context.bezierCurveTo(...rest);
    context.stroke();
    context.globalAlpha = 1;
  }
  if (focus !== null) drawNumbers(context, scene, shown, focus);
}

/** Percentages under the units at the other end, strongest first; one that would collide is left out. */
function drawNumbers(
  context: CanvasRenderingContext2D,
  { layout, color }: ArcsScene,
  shown: readonly Line[],
  focus: Focus,
): void {
  context.font = `9px ${MONO}`;
  context.textAlign = 'center';
  context.fillStyle = color(focus.side);
  const taken: { readonly line: number; readonly from: number; readonly to: number }[] = [];
  for (const line of shown.toReversed()) {
    if (line.weight < LEAST_NUMBER) break;
    const unit = layout.units[focus.side === 'query' ? line.key : line.query];
    const text = formatPercent(line.weight);
    const half = context.measureText(text).width / 2 + 2;
    const middle = Math.min(layout.width - half, Math.max(half, unit.x + unit.width / 2));
    const span = { line: unit.line, from: middle - half, to: middle + half };
    const collides = taken.some(
      (other) => other.line === span.line && other.from < span.to && span.from < other.to,
    );
    if (collides) continue;
    taken.push(span);
    context.fillText(text, middle, unit.y + TEXT_HEIGHT + 6);
  }
}
