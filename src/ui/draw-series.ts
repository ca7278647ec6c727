import { drawSideways } from './canvas-text.ts';
import { SANS } from './figure.ts';
import { labelEvery } from './map-layout.ts';
import { type Series, type SeriesLayout, seriesX, seriesY } from './series-layout.ts';

type Color = (name: string) => string;

export interface SeriesScene {
  readonly layout: SeriesLayout;
  readonly series: readonly Series[];
  readonly nameX: (index: number) => string;
  /** Places whose names are written; as many as there is room for when left out. */
  readonly namedX?: readonly number[] | undefined;
  readonly axisX: string;
  readonly axisY: string;
  readonly formatY: (value: number) => string;
}

/** Paints axes, intervals as bands, and the lines over them. */
export function drawSeries(
  context: CanvasRenderingContext2D,
  scene: SeriesScene,
  color: Color,
): void {
  const { layout, series } = scene;
  drawGrid(context, scene, color);
  for (const each of series) drawBand(context, layout, each);
  context.lineWidth = 2;
  context.lineJoin = 'round';
  for (const each of series) drawLine(context, layout, each);
}

function drawGrid(context: CanvasRenderingContext2D, scene: SeriesScene, color: Color): void {
  const { layout, nameX } = scene;
  context.font = `10px ${SANS}`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const tick of layout.ticks) {
    const y = Math.round(seriesY(layout, tick));
    context.fillStyle = color(tick === 0 ? 'border-strong' : 'border');
    context.fillRect(layout.left, y, layout.right - layout.left, 1);
    context.fillStyle = color('text-faint');
    context.fillText(scene.formatY(tick), layout.left - 6, y);
  }
  context.textAlign = 'center';
  context.fillStyle = color('text-faint');
  const step = (layout.right - layout.left) / Math.max(1, layout.count - 1);
  const every = labelEvery(step, 26);
  for (let index = 0; index < layout.count; index++) {
    if (scene.namedX?.includes(index) ?? index % every === 0)
      context.fillText(nameX(index), seriesX(layout, index), layout.bottom + 10);
  }
  context.textAlign = 'right';
  context.fillText(scene.axisX, layout.right, layout.height - 8);
  drawSideways(context, scene.axisY, 8, (layout.top + layout.bottom) / 2, 'center');
}

/** Stretches of places at which all the given values are defined, as [first, end). */
export function findStretches(
  count: number,
  values: readonly ArrayLike<number>[],
): readonly (readonly [number, number])[] {
  const stretches: [number, number][] = [];
  for (let index = 0; index < count; index++) {
    if (!values.every((each) => Number.isFinite(each[index]))) continue;
    const last = stretches.at(-1);
    if (last?.[1] === index) last[1] = index + 1;
    else stretches.push([index, index + 1]);
  }
  return stretches;
}

function drawBand(
  context: CanvasRenderingContext2D,
  layout: SeriesLayout,
  { low, high, color }: Series,
): void {
  if (low === undefined || high === undefined) return;
  context.globalAlpha = 0.18;
  context.fillStyle = color;
  for (const [first, end] of findStretches(low.length, [low, high])) {
    context.beginPath();
    for (let i = first; i < end; i++) context.lineTo(seriesX(layout, i), seriesY(layout, high[i]));
    for (let i = end - 1; i >= first; i--)
      context.lineTo(seriesX(layout, i), seriesY(layout, low[i]));
    context.fill();
  }
  context.globalAlpha = 1;
}

function drawLine(
  context: CanvasRenderingContext2D,
  layout: SeriesLayout,
  { values, color }: Series,
): void {
  context.strokeStyle = color;
  context.fillStyle = color;
  for (const [first, end] of findStretches(values.length, [values])) {
    if (end - first === 1) {
      context.fillRect(seriesX(layout, first) - 2, seriesY(layout, values[first]) - 2, 4, 4);
      continue;
    }
    context.beginPath();
    for (let i = first; i < end; i++)
      context.lineTo(seriesX(layout, i), seriesY(layout, values[i]));
    context.stroke();
  }
}

/** Marks a place of the axis and the values there. */
export function drawSeriesPlace(
  context: CanvasRenderingContext2D,
  { layout, series }: SeriesScene,
  index: number,
  color: Color,
): void {
  const x = seriesX(layout, index);
  context.fillStyle = color('border-strong');
  context.fillRect(Math.round(x), layout.top, 1, layout.bottom - layout.top);
  for (const { values, color: own } of series) {
    if (!Number.isFinite(values[index])) continue;
    context.beginPath();
    context.arc(x, seriesY(layout, values[index]), 4, 0, 2 * Math.PI);
    context.fillStyle = own;
    context.fill();
    context.strokeStyle = color('surface');
    context.lineWidth = 1.5;
    context.stroke();
  }
}
