import type { LayerSummary } from '../../tensor/layer-summary.ts';
import type { ColorTheme } from '../../ui/color-scales.ts';
import { getThemeColors } from '../../ui/use-theme.ts';
import { drawHead, type HeadLook } from './draw-grid.ts';
import type { GridLayout, PlacedHead } from './grid-layout.ts';
import { getLayerRaster } from './layer-raster.ts';
import type { ThumbnailRules } from './thumbnail.ts';

/** All that the squares of a grid are painted from. */
export interface GridScene {
  readonly layout: GridLayout;
  /** [layer], null until it has arrived. */
  readonly layers: readonly (LayerSummary | null)[];
  readonly rules: ThumbnailRules;
  readonly theme: ColorTheme;
  /** How a head looks; the same function as long as filter and text are the same. */
  readonly lookOf: (summary: LayerSummary | null, head: number) => HeadLook;
}

/** Paints the squares of some layers. `ratio`: device pixels a CSS pixel. */
export function drawLayers(
  context: CanvasRenderingContext2D,
  scene: GridScene,
  ratio: number,
  isWanted: (layer: number) => boolean,
): void {
  const color = getThemeColors();
  const { cell, cells } = scene.layout;
  for (const place of cells) {
    if (!isWanted(place.layer)) continue;
    const summary = scene.layers[place.layer] ?? null;
    const raster =
      summary && getLayerRaster(summary, scene.rules, scene.theme, Math.ceil(cell * ratio));
    const thumbnail = raster && {
      image: raster.canvas,
      side: raster.side,
      top: place.head * raster.side,
    };
    drawHead(context, place, cell, thumbnail, scene.lookOf(summary, place.head), color);
  }
}

/**
 * The squares of a grid as they were painted last. A layer that arrives, or is replaced, paints its own
 * squares only; everything is painted again when the layout, the options or the filter change.
 */
export class GridSheet {
  readonly canvas = document.createElement('canvas');
  private painted: (LayerSummary | null)[] = [];
  private last: GridScene | null = null;
  private ratio = 0;

  /** Brings the sheet up to date; returns which layers were painted for it. */
  update(scene: GridScene, ratio: number): readonly number[] {
    const { layout } = scene;
    const width = Math.max(1, Math.round(layout.width * ratio));
    const height = Math.max(1, Math.round(layout.height * ratio));
    const isSame =
      this.last !== null &&
      this.ratio === ratio &&
      this.last.layout === layout &&
      this.last.theme === scene.theme &&
      this.last.lookOf === scene.lookOf &&
      this.last.rules.pool === scene.rules.pool &&
      this.last.rules.scale === scene.rules.scale &&
      this.last.rules.firstToken === scene.rules.firstToken;
    const context = this.canvas.getContext('2d');
    if (context === null) return [];
    if (!isSame) {
      this.canvas.width = width;
      this.canvas.height = height;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    const changed = scene.layers.flatMap((summary, layer) =>
      isSame && this.painted[layer] === summary ? [] : [layer],
    );
    const wanted = new Set(changed);
    const clear = ({ x, y }: PlacedHead): void =>
      context.clearRect(x - 2, y - 2, layout.cell + 4, layout.cell + 4);
    if (isSame) for (const place of layout.cells) if (wanted.has(place.layer)) clear(place);
    if (wanted.size > 0) drawLayers(context, scene, ratio, (layer) => wanted.has(layer));
    this.painted = [...scene.layers];
    this.last = scene;
    this.ratio = ratio;
    return changed;
  }
}
