import type { CssPixels } from '../lib/flavor.ts';
import { type Painting, SANS } from './figure.ts';
import { getThemeColors } from './use-theme.ts';

/** One entry of a figure's legend: a filled square, or a frame in a colour of the theme. */
export interface LegendEntry {
  readonly text: string;
  readonly fill?: string;
  /** A name of theme.css, as `getThemeColors` knows it. */
  readonly frame?: string;
}

const LINE = 22;
const SQUARE = 11;
const SPACE = 14;

/** Where the entries of a legend begin, in lines that fit the width; `measure` tells a text's width. */
export function layOutLegend(
  entries: readonly LegendEntry[],
  width: CssPixels,
  measure: (text: string) => CssPixels,
): readonly { readonly x: CssPixels; readonly line: number }[] {
  let x = 0;
  let line = 0;
  return entries.map(({ text, fill, frame }) => {
    const own = (fill || frame ? SQUARE + 5 : 0) + measure(text);
    if (x > 0 && x + own > width) {
      x = 0;
      line++;
    }
    const place = { x, line };
    x += own + SPACE;
    return place;
  });
}

/** A rough width of small text, where no canvas is at hand to measure it. */
const estimate = (text: string): CssPixels => 6.2 * text.length;

/** A painting with a legend under it, for figures that stand alone. */
export function withLegend(painting: Painting, entries: readonly LegendEntry[]): Painting {
  const places = layOutLegend(entries, painting.width, estimate);
  const lines = entries.length === 0 ? 0 : 1 + Math.max(...places.map(({ line }) => line));
  return {
    width: painting.width,
    height: painting.height + lines * LINE,
    draw(context) {
      context.save();
      painting.draw(context, painting.width, painting.height);
      context.restore();
      const color = getThemeColors();
      context.font = `11px ${SANS}`;
      context.textAlign = 'left';
      context.textBaseline = 'middle';
      entries.forEach(({ text, fill, frame }, i) => {
        const { x, line } = places[i];
        const y = painting.height + (line + 0.5) * LINE;
        const hasSquare = fill !== undefined || frame !== undefined;
        if (fill !== undefined) {
          context.fillStyle = fill;
          context.fillRect(x, y - SQUARE / 2, SQUARE, SQUARE);
        }
        if (hasSquare) {
          context.strokeStyle = color(frame ?? 'border-strong');
          context.lineWidth = frame === undefined ? 1 : 2;
          context.strokeRect(x + 0.5, y - SQUARE / 2 + 0.5, SQUARE - 1, SQUARE - 1);
        }
        context.fillStyle = color('text-muted');
        context.fillText(text, x + (hasSquare ? SQUARE + 5 : 0), y);
      });
    },
  };
}
