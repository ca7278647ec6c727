import { rgb } from 'd3';
import { drawSidewaysNames } from './canvas-text.ts';
import {
  type ColorScale,
  type ColorTheme,
  placeOnScale,
  scaleColor,
  scaleLookup,
} from './color-scales.ts';
import { SANS } from './figure.ts';
import { labelEvery, type MapCell, type MapLayout } from './map-layout.ts';

type Color = (name: string) => string;

/** What a map is painted from. */
export interface MapScene {
  readonly layout: MapLayout;
  readonly rows: readonly ArrayLike<number>[];
  readonly scale: ColorScale;
  readonly theme: ColorTheme;
  readonly nameRow: (row: number) => string;
  /** Names of columns, sideways; null writes their numbers. */
  readonly nameColumn: ((column: number) => string) | null;
  readonly axisX: string;
  readonly axisY: string;
  /** A theme colour's name for a frame around a cell. */
  readonly frameOf?: ((cell: MapCell) => string | null) | undefined;
  /** A cell's own colour in the place of the scale's; null for the scale's. */
  readonly fillOf?: ((cell: MapCell) => string | null) | undefined;
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
  const { layout, rows, theme, scale } = scene;
  const { left, top, cellWidth, cellHeight } = layout;
  if (layout.rows * layout.columns > MARKS) {
    context.imageSmoothingEnabled = cellWidth < 1;
    const [width, height] = [cellWidth * layout.columns, cellHeight * layout.rows];
    context.drawImage(createImage(scene), left, top, width, height);
  } else {
    rows.forEach((row, r) => {
      for (let c = 0; c < layout.columns; c++) {
        const own = scene.fillOf?.({ row: r, column: c }) ?? null;
        context.fillStyle =
          own ?? (Number.isNaN(row[c]) ? color('border') : scaleColor(row[c], scale, theme));
        context.fillRect(
          left + c * cellWidth,
          top + r * cellHeight,
          cellWidth - (cellWidth > 6 ? 1 : 0),
          cellHeight - (cellHeight > 6 ? 1 : 0),
        );
      }
    });
  }
  drawFrames(context, scene, color);
  drawAxes(context, scene, color);
}

function drawFrames(context: CanvasRenderingContext2D, scene: MapScene, color: Color): void {
  const { layout, frameOf } = scene;
  if (frameOf === undefined) return;
  context.lineWidth = 2;
  for (let row = 0; row < layout.rows; row++) {
    for (let column = 0; column < layout.columns; column++) {
      const name = frameOf({ row, column });
      if (name === null) continue;
      context.strokeStyle = color(name);
      context.strokeRect(
        layout.left + column * layout.cellWidth + 0.5,
        layout.top + row * layout.cellHeight + 0.5,
        Math.max(2, layout.cellWidth - 2),
        Math.max(2, layout.cellHeight - 2),
      );
    }
  }
}

function drawAxes(context: CanvasRenderingContext2D, scene: MapScene, color: Color): void {
  const { layout, nameColumn } = scene;
  const ground = layout.top + layout.rows * layout.cellHeight;
  context.font = `10px ${SANS}`;
  context.textBaseline = 'middle';
  context.fillStyle = color('text-faint');
  context.textAlign = 'right';
  const every = labelEvery(layout.cellHeight, 11);
  for (let row = 0; row < layout.rows; row += every)
    context.fillText(
      scene.nameRow(row),
      layout.left - 5,
      layout.top + (row + 0.5) * layout.cellHeight,
    );
  context.textAlign = 'left';
  context.fillText(scene.axisY, 0, 7);
  if (nameColumn === null) {
    context.textAlign = 'center';
    const step = labelEvery(layout.cellWidth, 22);
    for (let c = 0; c < layout.columns; c += step)
      context.fillText(String(c), layout.left + (c + 0.5) * layout.cellWidth, ground + 9);
    context.textAlign = 'left';
    context.fillText(scene.axisX, 0, ground + 9);
    return;
  }
  drawSidewaysNames(context, {
    count: layout.columns,
    step: layout.cellWidth,
    left: layout.left,
    ground,
    nameOf: nameColumn,
    color,
  });
  context.font = `10px ${SANS}`;
  context.fillStyle = color('text-faint');
  context.textAlign = 'left';
  context.fillText(scene.axisX, 0, layout.height - 6);
}

/** Pixels of a map, [rows, columns] RGBA, one a cell; undefined cells are grey-blue. */
export function toMapPixels({
  rows,
  scale,
  theme,
  layout,
  fillOf,
}: MapScene): Uint8ClampedArray<ArrayBuffer> {
  const colors = scaleLookup(scale.kind, theme);
  const pixels = new Uint8ClampedArray(4 * layout.rows * layout.columns);
  rows.forEach((row, r) => {
    for (let c = 0; c < layout.columns; c++) {
      const place = placeOnScale(row[c], scale);
      const at = 4 * (r * layout.columns + c);
      const own = fillOf?.({ row: r, column: c }) ?? null;
      if (own !== null) {
        const color = rgb(own);
        pixels.set([color.r, color.g, color.b, 255], at);
        continue;
      }
      if (Number.isNaN(place)) {
        pixels.set([128, 140, 160, 60], at);
        continue;
      }
      const from = 4 * Math.round(255 * place);
      for (let i = 0; i < 4; i++) pixels[at + i] = colors[from + i];
    }
  });
  return pixels;
}

const images = new WeakMap<MapScene, HTMLCanvasElement>();

/** An image of a map's cells; made once for each scene. */
export function getMapImage(scene: MapScene): HTMLCanvasElement {
  const known = images.get(scene);
  if (known) return known;
  const canvas = document.createElement('canvas');
  canvas.width = scene.layout.columns;
  canvas.height = scene.layout.rows;
  const image = new ImageData(toMapPixels(scene), canvas.width, canvas.height);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  images.set(scene, canvas);
  return canvas;
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
