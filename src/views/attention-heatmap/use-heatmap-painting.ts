import { useCallback, useMemo } from 'react';
import type { DisplayedSlice } from '../../measures/displayed-slice.ts';
import { computeReceived, computeShownMass } from '../../measures/received.ts';
import type { WeightScale } from '../../state/display-options.ts';
import type { Selection } from '../../state/selection.ts';
import { shortToken } from '../../text/display-token.ts';
import { scaleLookup } from '../../ui/color-scales.ts';
import type { Draw, Painting } from '../../ui/figure.ts';
import { getThemeColors, useColorTheme } from '../../ui/use-theme.ts';
import { drawHeatmap } from './draw-heatmap.ts';
import { drawHeatmapOverlay, type HeatmapOverlay } from './draw-heatmap-overlay.ts';
import type { HeatmapLayout } from './heatmap-layout.ts';
import { type Pixels, toPixels } from './heatmap-pixels.ts';

function toImage({ data, rows, columns }: Pixels): CanvasImageSource {
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  canvas.getContext('2d')?.putImageData(new ImageData(data, columns, rows), 0, 0);
  return canvas;
}

/**
 * The heatmap's two painters, and the whole as a picture. `draw` changes with the numbers, the options and
 * the window only; what follows pointer and selection is in `drawOverlay`.
 */
export function useHeatmapPainting(
  layout: HeatmapLayout,
  displayed: DisplayedSlice,
  scale: WeightScale,
  selection: Pick<Selection, 'query' | 'key'>,
  transient: Pick<HeatmapOverlay, 'note' | 'brush'>,
): { readonly draw: Draw; readonly drawOverlay: Draw; readonly painting: () => Painting } {
  const theme = useColorTheme();
  const received = useMemo(() => computeReceived(displayed), [displayed]);
  const shownMass = useMemo(() => computeShownMass(displayed), [displayed]);
  const ratio = window.devicePixelRatio || 1;
  const raster = useMemo(
    () => toImage(toPixels(displayed, layout, scale, scaleLookup('sequential', theme), ratio)),
    [displayed, layout, scale, theme, ratio],
  );
  const mapSide = layout.minimap?.width ?? null;
  const minimap = useMemo(() => {
    if (mapSide === null) return null;
    const whole = { start: 0, end: displayed.size };
    const shown = { queries: whole, keys: whole, side: mapSide };
    return toImage(toPixels(displayed, shown, scale, scaleLookup('sequential', theme), ratio));
  }, [displayed, mapSide, scale, theme, ratio]);
  const draw = useCallback<Draw>(
    (context) =>
      drawHeatmap(context, {
        layout,
        displayed,
        raster,
        minimap,
        received,
        shownMass,
        scale,
        theme,
        color: getThemeColors(),
      }),
    [layout, displayed, raster, minimap, received, shownMass, scale, theme],
  );
  const name = useMemo(() => {
    const known = new Map<number, string>();
    return (index: number): string => {
      const text = known.get(index) ?? shortToken(displayed.units[index]?.text ?? '', 14);
      known.set(index, text);
      return text;
    };
  }, [displayed.units]);
  const { query, key } = selection;
  const { note, brush } = transient;
  const paintOverlay = useCallback(
    (context: CanvasRenderingContext2D, shown: Pick<HeatmapOverlay, 'note' | 'brush'>) =>
      drawHeatmapOverlay(context, { layout, query, key, name, color: getThemeColors(), ...shown }),
    [layout, query, key, name],
  );
  const drawOverlay = useCallback<Draw>(
    (context) => paintOverlay(context, { note, brush }),
    [paintOverlay, note, brush],
  );
  const painting = (): Painting => ({
    width: layout.width,
    height: layout.height,
    draw(context, width, height) {
      draw(context, width, height);
      paintOverlay(context, { note: null, brush: null });
    },
  });
  return { draw, drawOverlay, painting };
}
