import type { WeightScale } from '../../state/display-options.ts';
import { toScale } from '../../state/weight-scale.ts';
import { type CausalSlice, rowStart } from '../../tensor/causal-slice.ts';
import type { HeatmapWindow } from './heatmap-layout.ts';

/** RGBA pixels, [rows, columns]. */
export interface Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly rows: number;
  readonly columns: number;
}

/** What an undefined cell looks like: grey-blue, on no sequential scale. */
const UNDEFINED_CELL = [128, 140, 160, 60] as const;

/** The largest weight of one row; NaN for an undefined row. */
export function getRowMaximum({ packed }: CausalSlice, query: number): number {
  let largest = packed[rowStart(query)];
  for (let i = rowStart(query); i < rowStart(query + 1); i++) {
    if (packed[i] > largest) largest = packed[i];
  }
  return largest;
}

/**
 * The visible part as pixels: one a cell while cells are at least a device pixel, otherwise one a device
 * pixel showing the largest weight under it. Nothing above the diagonal; cells of weight 0 are clear.
 */
export function toPixels(
  slice: CausalSlice,
  shown: HeatmapWindow & { readonly side: number },
  scale: WeightScale,
  colors: Uint8ClampedArray,
  ratio: number,
): Pixels {
  const { queries, keys, side } = shown;
  const most = Math.max(1, Math.round(side * ratio));
  const rows = Math.min(most, queries.end - queries.start);
  const columns = Math.min(most, keys.end - keys.start);
  const queryCount = queries.end - queries.start;
  const columnOf = Array.from(
    { length: columns + 1 },
    (_, column) => keys.start + Math.floor((column * (keys.end - keys.start)) / columns),
  );
  const data = new Uint8ClampedArray(rows * columns * 4);
  // -1: above the diagonal only. All scales but "row" rise with the weight, so the largest comes first.
  const largest = new Float32Array(columns);
  for (let row = 0; row < rows; row++) {
    largest.fill(-1);
    const first = queries.start + Math.floor((row * queryCount) / rows);
    const last = queries.start + Math.floor(((row + 1) * queryCount) / rows);
    for (let query = first; query < last; query++) {
      const start = rowStart(query);
      // A row is undefined as a whole; defined weights under the same pixel show instead of it.
      if (Number.isNaN(slice.packed[start])) {
        for (let column = 0; column < columns && columnOf[column] <= query; column++)
          if (largest[column] === -1) largest[column] = Number.NaN;
        continue;
      }
      const share = scale === 'row' ? 1 / (getRowMaximum(slice, query) || 1) : 1;
      for (let column = 0; column < columns && columnOf[column] <= query; column++) {
        const end = Math.min(query + 1, columnOf[column + 1]);
        let weight = Number.isNaN(largest[column]) ? -1 : largest[column];
        for (let key = columnOf[column]; key < end; key++) {
          const value = slice.packed[start + key] * share;
          if (value > weight) weight = value;
        }
        largest[column] = weight;
      }
    }
    for (let column = 0; column < columns; column++) {
      const weight = largest[column];
      const at = 4 * (row * columns + column);
      if (Number.isNaN(weight)) data.set(UNDEFINED_CELL, at);
      if (!(weight > 0)) continue;
      const place = Math.round(255 * Math.min(1, toScale(weight, scale, 1)));
      data[at] = colors[4 * place];
      data[at + 1] = colors[4 * place + 1];
      data[at + 2] = colors[4 * place + 2];
      data[at + 3] = 255;
    }
  }
  return { data, rows, columns };
}
