import { ticks } from 'd3';
import { type ColorTheme, sequentialColor, sequentialLookup } from '../../ui/color-scales.ts';
import { MONO, SANS } from '../../ui/figure.ts';
import {
  type BarLayout,
  BOTTOM,
  LEFT,
  labelEvery,
  type MapCell,
  type MapLayout,
  poolBars,
  TOP,
  valueY,
} from './entropy-layout.ts';

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
  drawUnitNames(context, scene, layout.step, ground, layout.height, color);
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

function drawSideways(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  align: CanvasTextAlign,
): void {
  context.save();
  context.translate(x, y);
  context.rotate(-Math.PI / 2);
  context.textAlign = align;
  context.fillText(text, 0, 0);
  context.restore();
}

function drawUnitNames(
  context: CanvasRenderingContext2D,
  scene: Pick<BarScene, 'nameUnit' | 'axisX'> & {
    readonly layout: {
      readonly perBar?: number;
      readonly bars?: number;
      readonly columns?: number;
    };
  },
  step: number,
  ground: number,
  height: number,
  color: Color,
): void {
  const { layout } = scene;
  const perBar = layout.perBar ?? 1;
  const count = layout.bars ?? layout.columns ?? 0;
  context.font = `10px ${MONO}`;
  context.fillStyle = color('text-muted');
  const every = labelEvery(step, 12);
  for (let bar = 0; bar < count; bar += every)
    drawSideways(
      context,
      scene.nameUnit(bar * perBar),
      LEFT + (bar + 0.5) * step,
      ground + 5,
      'right',
    );
  context.font = `10px ${SANS}`;
  context.fillStyle = color('text-faint');
  context.textAlign = 'left';
  context.fillText(scene.axisX, 0, height - 6);
}

/** What a map is painted from; values between `smallest` and `largest` become colours. */
export interface MapScene {
  readonly layout: MapLayout;
  readonly rows: readonly Float32Array[];
  readonly smallest: number;
  readonly largest: number;
  readonly theme: ColorTheme;
  /** Names of columns, sideways; null writes their numbers. */
  readonly nameUnit: ((index: number) => string) | null;
  readonly rowLetter: string;
  readonly axisX: string;
  readonly axisY: string;
}

/** A value's place on the colour scale, 0 to 1; NaN stays NaN. */
export function placeOf(value: number, smallest: number, largest: number): number {
  return largest > smallest ? (value - smallest) / (largest - smallest) : value - value;
}

/** More cells than this are painted as an image. */
const MARKS = 2000;

/** Paints a map with its axes. `createImage` makes an image of cells for those that are too many. */
export function drawMap(
  context: CanvasRenderingContext2D,
  scene: MapScene,
  color: Color,
  createImage: (scene: MapScene) => CanvasImageSource,
): void {
  const { layout, rows, theme } = scene;
  const { left, top, cellWidth, cellHeight } = layout;
  if (layout.rows * layout.columns > MARKS) {
    context.imageSmoothingEnabled = cellWidth < 1;
    context.drawImage(
      createImage(scene),
      left,
      top,
      cellWidth * layout.columns,
      cellHeight * layout.rows,
    );
  } else {
    rows.forEach((row, r) => {
      row.forEach((value, c) => {
        context.fillStyle = Number.isNaN(value)
          ? color('border')
          : sequentialColor(placeOf(value, scene.smallest, scene.largest), theme);
        context.fillRect(
          left + c * cellWidth,
          top + r * cellHeight,
          cellWidth - (cellWidth > 6 ? 1 : 0),
          cellHeight - (cellHeight > 6 ? 1 : 0),
        );
      });
    });
  }
  drawMapAxes(context, scene, color);
}

function drawMapAxes(context: CanvasRenderingContext2D, scene: MapScene, color: Color): void {
  const { layout } = scene;
  const ground = layout.top + layout.rows * layout.cellHeight;
  context.font = `10px ${SANS}`;
  context.textBaseline = 'middle';
  context.fillStyle = color('text-faint');
  context.textAlign = 'right';
  const every = labelEvery(layout.cellHeight, 11);
  for (let r = 0; r < layout.rows; r += every)
    context.fillText(
      `${scene.rowLetter}${r}`,
      layout.left - 5,
      layout.top + (r + 0.5) * layout.cellHeight,
    );
  context.textAlign = 'left';
  context.fillText(scene.axisY, 0, 7);
  if (scene.nameUnit !== null) {
    const { nameUnit, axisX } = scene;
    drawUnitNames(
      context,
      { layout, nameUnit, axisX },
      layout.cellWidth,
      ground,
      layout.height,
      color,
    );
    return;
  }
  context.textAlign = 'center';
  const step = labelEvery(layout.cellWidth, 22);
  for (let c = 0; c < layout.columns; c += step)
    context.fillText(String(c), layout.left + (c + 0.5) * layout.cellWidth, ground + 9);
  context.textAlign = 'left';
  context.fillText(scene.axisX, 0, ground + 9);
}

/** Pixels of a map, [rows, columns] RGBA, one a cell; undefined cells are grey-blue. */
export function toMapPixels({
  rows,
  smallest,
  largest,
  theme,
  layout,
}: MapScene): Uint8ClampedArray<ArrayBuffer> {
  const colors = sequentialLookup(theme);
  const pixels = new Uint8ClampedArray(4 * layout.rows * layout.columns);
  rows.forEach((row, r) => {
    for (let c = 0; c < layout.columns; c++) {
      const place = placeOf(row[c], smallest, largest);
      const at = 4 * (r * layout.columns + c);
      if (Number.isNaN(place)) {
        pixels.set([128, 140, 160, 60], at);
        continue;
      }
      const from = 4 * Math.min(255, Math.max(0, Math.round(255 * place)));
      for (let i = 0; i < 4; i++) pixels[at + i] = colors[from + i];
    }
  });
  return pixels;
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

/** Frames the selected cell of a map. */
export function drawSelectedCell(
  context: CanvasRenderingContext2D,
  layout: MapLayout,
  { row, column }: MapCell,
  color: Color,
): void {
  context.strokeStyle = color('query');
  context.lineWidth = 2;
  context.strokeRect(
    layout.left + column * layout.cellWidth - 0.5,
    layout.top + row * layout.cellHeight - 0.5,
    Math.max(3, layout.cellWidth),
    layout.cellHeight,
  );
}

/** Height that the names of units below a chart take. */
export const NAMES_HEIGHT = BOTTOM;
