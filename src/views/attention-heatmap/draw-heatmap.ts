import { rowStart } from '../../tensor/causal-slice.ts';
import { cellSize, cellStart, type HeatmapLayout } from './heatmap-layout.ts';

export type Scale = 'linear' | 'sqrt' | 'log' | 'row';

/** The smallest weight that the logarithmic scale tells from nothing. */
export const LOG_FLOOR = 1e-4;

/** A weight as a place on the colour scale, 0 to 1. `rowMaximum` is used by the scale per row. */
export function toScale(weight: number, scale: Scale, rowMaximum: number): number {
  if (scale === 'sqrt') return Math.sqrt(weight);
  if (scale === 'row') return rowMaximum > 0 ? weight / rowMaximum : 0;
  if (scale === 'log') return weight <= LOG_FLOOR ? 0 : 1 - Math.log(weight) / Math.log(LOG_FLOOR);
  return weight;
}

/** The colours of one row's largest weights, for the scale per row. */
function rowMaximum(packed: Float32Array, query: number): number {
  let largest = 0;
  for (let i = rowStart(query); i < rowStart(query + 1); i++)
    largest = Math.max(largest, packed[i]);
  return largest;
}

/**
 * The visible part as pixels, [rows, columns] RGBA: one a cell while cells are at least a device pixel,
 * otherwise one a device pixel showing the largest weight under it. Undefined cells are grey-blue.
 */
export function toPixels(
  packed: Float32Array,
  layout: Pick<HeatmapLayout, 'queries' | 'keys' | 'side'>,
  scale: Scale,
  colors: Uint8ClampedArray,
  ratio: number,
): {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly rows: number;
  readonly columns: number;
} {
  const { queries, keys, side } = layout;
  const most = Math.max(1, Math.round(side * ratio));
  const rows = Math.min(most, queries.end - queries.start);
  const columns = Math.min(most, keys.end - keys.start);
  const perRow = (queries.end - queries.start) / rows;
  const perColumn = (keys.end - keys.start) / columns;
  const data = new Uint8ClampedArray(rows * columns * 4);
  for (let row = 0; row < rows; row++) {
    const first = queries.start + Math.floor(row * perRow);
    const last = Math.max(first + 1, queries.start + Math.floor((row + 1) * perRow));
    for (let query = first; query < last; query++) {
      const maximum = scale === 'row' ? rowMaximum(packed, query) : 1;
      const start = rowStart(query);
      for (let column = 0; column < columns; column++) {
        const from = keys.start + Math.floor(column * perColumn);
        if (from > query) break;
        const to = Math.min(
          query + 1,
          Math.max(from + 1, keys.start + Math.floor((column + 1) * perColumn)),
        );
        let weight = 0;
        for (let key = from; key < to; key++) {
          const value = packed[start + key];
          weight = value > weight || Number.isNaN(value) ? value : weight;
        }
        const at = 4 * (row * columns + column);
        if (Number.isNaN(weight)) {
          data.set([128, 140, 160, 60], at);
          continue;
        }
        const place = Math.round(255 * Math.min(1, toScale(weight, scale, maximum)));
        // The largest weight under a pixel is kept by its place on the scale, held in the unused alpha.
        if (place + 1 > data[at + 3]) data[at + 3] = Math.max(1, place);
      }
    }
  }
  for (let at = 0; at < data.length; at += 4) {
    const place = data[at + 3];
    if (place === 0 || data[at] !== 0) continue;
    data.set(colors.subarray(4 * place, 4 * place + 3), at);
    data[at + 3] = 255;
  }
  return { data, rows, columns };
}

/** Paints labels, matrix, and the printed weights where cells are large enough. */
export function drawLabels(
  context: CanvasRenderingContext2D,
  layout: HeatmapLayout,
  along: 'queries' | 'keys',
  labels: readonly number[],
  name: (index: number) => string,
  color: (index: number) => string,
): void {
  const size = cellSize(layout, along);
  context.font = '10px "JetBrains Mono Variable", ui-monospace, monospace';
  context.textBaseline = 'middle';
  for (const index of labels) {
    const middle = cellStart(layout, along, index) + size / 2;
    context.save();
    if (along === 'queries') {
      context.translate(layout.left - 5, middle);
      context.textAlign = 'right';
    } else {
      context.translate(middle, layout.top - 5);
      context.rotate(-Math.PI / 2);
      context.textAlign = 'left';
    }
    context.fillStyle = color(index);
    context.fillText(cutToWidth(context, name(index), layout.left - 10), 0, 0);
    context.restore();
  }
}

/** A name cut to a width, with "…". */
function cutToWidth(context: CanvasRenderingContext2D, name: string, width: number): string {
  if (context.measureText(name).width <= width) return name;
  const characters = Array.from(name);
  while (characters.length > 1 && context.measureText(`${characters.join('')}…`).width > width)
    characters.pop();
  return `${characters.join('')}…`;
}
