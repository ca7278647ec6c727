import { ticks } from 'd3';
import { drawSideways, drawSidewaysNames } from '../../ui/canvas-text.ts';
import { SANS } from '../../ui/figure.ts';
import { type BarLayout, BOTTOM, LEFT, poolBars, TOP, valueY } from './entropy-layout.ts';

type Color = (name: string) => string;

/** What bars are painted from. */
export interface BarScene {
  readonly layout: BarLayout;
  readonly values: Float32Array;
  readonly maxima: Float32Array;
  /** A short name of a unit, for the labels below. */
  readonly nameUnit: (index: number) => string;
  readonly axisTitle: string;
  readonly axisX: string;
}

/** Paints axis, bars, the largest value possible as a dashed line, and the names of units. */
export function drawBars(context: CanvasRenderingContext2D, scene: BarScene, color: Color): void {
  const { layout, values, maxima } = scene;
  const ground = valueY(layout, 0);
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  context.font = `10px ${SANS}`;
  for (const tick of ticks(0, layout.largest, 4)) {
    const y = valueY(layout, tick);
    context.fillStyle = color('border');
    context.fillRect(LEFT, Math.round(y), layout.width - LEFT, 1);
    context.fillStyle = color('text-faint');
    context.fillText(String(tick), LEFT - 6, y);
  }
  drawSideways(context, scene.axisTitle, 7, (TOP + ground) / 2, 'center');
  context.fillStyle = color('accent');
  const inset = layout.step > 4 ? 1.5 : 0;
  poolBars(values, layout.perBar).forEach((value, bar) => {
    if (Number.isNaN(value)) return;
    const y = valueY(layout, value);
    context.fillRect(LEFT + bar * layout.step, y, Math.max(0.6, layout.step - inset), ground - y);
  });
  drawMaxima(context, layout, maxima, color);
  drawSidewaysNames(context, {
    count: layout.bars,
    step: layout.step,
    left: LEFT,
    ground,
    nameOf: (bar) => scene.nameUnit(bar * layout.perBar),
    color,
  });
  context.font = `10px ${SANS}`;
  context.fillStyle = color('text-faint');
  context.textAlign = 'left';
  context.fillText(scene.axisX, 0, layout.height - 6);
}

/** The line of largest possible values, as far as it stays inside. */
function drawMaxima(
  context: CanvasRenderingContext2D,
  layout: BarLayout,
  maxima: Float32Array,
  color: Color,
): void {
  context.strokeStyle = color('text-faint');
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  context.beginPath();
  poolBars(maxima, layout.perBar).forEach((value, bar) => {
    if (value <= layout.largest * 1.0001)
      context.lineTo(LEFT + (bar + 0.5) * layout.step, valueY(layout, value));
  });
  context.stroke();
  context.setLineDash([]);
}

/** Fills the bar of the selected unit. */
export function drawSelectedBar(
  context: CanvasRenderingContext2D,
  { layout, values }: Pick<BarScene, 'layout' | 'values'>,
  query: number,
  color: Color,
): void {
  const bar = Math.floor(query / layout.perBar);
  const value = values[query] ?? Number.NaN;
  const ground = valueY(layout, 0);
  const y = Math.min(valueY(layout, Number.isNaN(value) ? 0 : value), ground - 2);
  context.fillStyle = color('query');
  context.fillRect(LEFT + bar * layout.step, y, Math.max(2, layout.step - 1.5), ground - y);
}

/** Height that the names of units below a chart take. */
export const NAMES_HEIGHT = BOTTOM;
