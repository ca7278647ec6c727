import { computeTailColumn } from '../../measures/tail-tiles.ts';
import type { DisplayOptions } from '../../state/display-options.ts';
import { toScale } from '../../state/weight-scale.ts';
import type { LayerSummary } from '../../tensor/layer-summary.ts';

/** What of the display options a thumbnail follows. */
export type ThumbnailRules = Pick<DisplayOptions, 'pool' | 'scale' | 'firstToken'>;

/** A thumbnail's weights, [tile row, tile column], and how far below the true ones they may be. */
export interface Thumbnail {
  readonly values: Float32Array;
  readonly largestError: number;
}

/**
 * One head's tiles under the display options. Without the first token only the first column of tiles
 * changes; where a tile holds one token, rows are renormalised too when that is asked for, as in the
 * heatmap. Tiles of several tokens have no rows that could be divided by what is left of them.
 */
export function computeThumbnail(
  summary: LayerSummary,
  head: number,
  rules: Pick<ThumbnailRules, 'pool' | 'firstToken'>,
): Thumbnail {
  const { tiles, queryCount, tailMass } = summary;
  const { count } = tiles;
  const whole = tiles[rules.pool].subarray(head * count * count, (head + 1) * count * count);
  if (rules.firstToken === 'keep') return { values: whole, largestError: 0 };
  const values = whole.slice();
  const column = computeTailColumn(summary, head, rules.pool);
  for (let row = 0; row < count; row++) values[row * count] = column.values[row];
  if (rules.firstToken === 'drop-renormalise' && tiles.tokensPerTile === 1) {
    for (let row = 0; row < count; row++) {
      const rest = tailMass[head * queryCount + row];
      for (let c = 1; c <= row; c++) values[row * count + c] /= rest;
    }
  }
  return { values, largestError: column.largestError };
}

/** Writes a thumbnail as RGBA pixels into `pixels` (one 32-bit word each), one a tile. */
export function paintThumbnail(
  values: Float32Array,
  count: number,
  scale: ThumbnailRules['scale'],
  colors: Uint32Array,
  pixels: Uint32Array,
): void {
  for (let row = 0; row < count; row++) {
    let most = 1;
    if (scale === 'row') {
      most = 0;
      for (let c = 0; c <= row; c++) most = Math.max(most, values[row * count + c]);
    }
    for (let column = 0; column < count; column++) {
      const place = column > row ? 0 : toScale(values[row * count + column], scale, most);
      const index = Math.round(255 * place);
      pixels[row * count + column] = colors[index > 0 ? Math.min(255, index) : 0];
    }
  }
}

/**
 * Fewer, larger tiles for squares that have fewer pixels than tiles: the largest or the mean of the tiles
 * under each pixel, so that a thin line stays as dark as it is. Returns `values` when none are needed.
 */
export function shrinkThumbnail(
  values: Float32Array,
  count: number,
  side: number,
  pool: 'max' | 'mean',
): Float32Array {
  if (side >= count) return values;
  const shrunk = new Float32Array(side * side);
  const edge = (i: number): number => Math.floor((i * count) / side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column <= row; column++) {
      let most = 0;
      let sum = 0;
      let cells = 0;
      for (let r = edge(row); r < edge(row + 1); r++) {
        for (let c = edge(column); c < edge(column + 1) && c <= r; c++) {
          const value = values[r * count + c];
          most = Math.max(most, value);
          sum += value;
          cells++;
        }
      }
      shrunk[row * side + column] = pool === 'max' ? most : cells > 0 ? sum / cells : 0;
    }
  }
  return shrunk;
}
