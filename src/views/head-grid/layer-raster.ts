import type { LayerSummary } from '../../tensor/layer-summary.ts';
import { type ColorTheme, scaleLookup } from '../../ui/color-scales.ts';
import {
  computeThumbnail,
  paintThumbnail,
  shrinkThumbnail,
  type ThumbnailRules,
} from './thumbnail.ts';

/** The thumbnails of a layer's heads under one another, `side` pixels each. */
export interface LayerRaster {
  readonly canvas: HTMLCanvasElement;
  readonly side: number;
  readonly largestError: number;
}

const rasters = new WeakMap<LayerSummary, { readonly key: string; readonly raster: LayerRaster }>();

/** A layer's thumbnails as pixels; the latest of each summary is kept. `pixels` is a square's side. */
export function getLayerRaster(
  summary: LayerSummary,
  rules: ThumbnailRules,
  theme: ColorTheme,
  pixels: number,
): LayerRaster {
  const { count } = summary.tiles;
  const side = Math.max(1, Math.min(count, Math.round(pixels)));
  const key = `${rules.pool}/${rules.scale}/${rules.firstToken}/${theme}/${side}`;
  const known = rasters.get(summary);
  if (known?.key === key) return known.raster;
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side * summary.headCount;
  const context = canvas.getContext('2d');
  const image = new ImageData(canvas.width, Math.max(1, canvas.height));
  const words = new Uint32Array(image.data.buffer);
  const colors = new Uint32Array(scaleLookup('sequential', theme).buffer);
  let largestError = 0;
  for (let head = 0; head < summary.headCount; head++) {
    const thumbnail = computeThumbnail(summary, head, rules);
    largestError = Math.max(largestError, thumbnail.largestError);
    const values = shrinkThumbnail(thumbnail.values, count, side, rules.pool);
    const part = words.subarray(head * side * side, (head + 1) * side * side);
    paintThumbnail(values, side, rules.scale, colors, part);
  }
  context?.putImageData(image, 0, 0);
  const raster = { canvas, side, largestError };
  rasters.set(summary, { key, raster });
  return raster;
}
