import type { LayerLinks, TokenLink } from '../../measures/token-links.ts';
import { type ColorTheme, sequentialColor } from '../../ui/color-scales.ts';
import { SANS } from '../../ui/figure.ts';

export const STRIP_LEFT = 62;
export const STRIP_ROW = 20;
export const STRIP_HEIGHT = 2 * STRIP_ROW + 18;

/** A place of the strip: which layer, and whether its link to a key (0) or from a query (1). */
export interface StripPlace {
  readonly layer: number;
  readonly row: 0 | 1;
}

/** Width of one layer's cell. */
export function stripStep(width: number, layerCount: number): number {
  return Math.min(32, Math.max(1, width - STRIP_LEFT) / Math.max(1, layerCount));
}

/** The place under a point; null outside. */
export function stripPlaceAt(
  width: number,
  layerCount: number,
  x: number,
  y: number,
): StripPlace | null {
  const layer = Math.floor((x - STRIP_LEFT) / stripStep(width, layerCount));
  const row = Math.floor(y / STRIP_ROW);
  if (layer < 0 || layer >= layerCount || (row !== 0 && row !== 1)) return null;
  return { layer, row };
}

/** The link at a place; null where there is none or the layer has not arrived. */
export function linkAt(links: readonly (LayerLinks | null)[], place: StripPlace): TokenLink | null {
  const layer = links[place.layer];
  return (place.row === 0 ? layer?.key : layer?.query) ?? null;
}

/** Paints two rows of layers: how strongly the token looks, and is looked at; square-root colour. */
export function drawLinkStrip(
  context: CanvasRenderingContext2D,
  width: number,
  links: readonly (LayerLinks | null)[],
  names: readonly [string, string],
  theme: ColorTheme,
  color: (name: string) => string,
): void {
  const step = stripStep(width, links.length);
  context.font = `11px ${SANS}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const row of [0, 1] as const) {
    context.fillStyle = color('text-muted');
    context.fillText(names[row], 0, (row + 0.5) * STRIP_ROW);
    links.forEach((_, layer) => {
      const weight = linkAt(links, { layer, row })?.weight ?? 0;
      context.fillStyle = weight > 0 ? sequentialColor(Math.sqrt(weight), theme) : color('bg');
      context.fillRect(STRIP_LEFT + layer * step, row * STRIP_ROW + 1, step - 1, STRIP_ROW - 2);
    });
  }
  context.font = `10px ${SANS}`;
  context.fillStyle = color('text-faint');
  context.textAlign = 'center';
  const every = Math.max(1, Math.ceil(20 / step / 5) * 5);
  for (let layer = 0; layer < links.length; layer += every)
    context.fillText(
      layer === 0 ? 'L0' : String(layer),
      STRIP_LEFT + (layer + 0.5) * step,
      2 * STRIP_ROW + 9,
    );
}

/** Frames the place in focus. */
export function drawStripFocus(
  context: CanvasRenderingContext2D,
  width: number,
  layerCount: number,
  { layer, row }: StripPlace,
  color: (name: string) => string,
): void {
  const step = stripStep(width, layerCount);
  context.strokeStyle = color('query');
  context.lineWidth = 2;
  context.strokeRect(STRIP_LEFT + layer * step, row * STRIP_ROW + 1, step - 1, STRIP_ROW - 2);
}
