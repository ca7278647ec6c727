import type { CssPixels } from '../lib/flavor.ts';
import { SANS } from './figure.ts';

/** A text cut to a width in the context's present font, with "…"; at least one character stays. */
export function cutToWidth(
  context: CanvasRenderingContext2D,
  text: string,
  width: CssPixels,
): string {
  if (context.measureText(text).width <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 1 && context.measureText(`${characters.join('')}…`).width > width)
    characters.pop();
  return `${characters.join('')}…`;
}

const LINE = 16;
const PADDING = 8;

/** A note of a few lines in inverted colours where `place` puts it; none where it puts it nowhere. */
export function drawNote(
  context: CanvasRenderingContext2D,
  lines: readonly string[],
  color: (name: string) => string,
  place: (size: {
    readonly width: CssPixels;
    readonly height: CssPixels;
  }) => { readonly x: CssPixels; readonly y: CssPixels } | null,
): void {
  const font = (line: number): string => `${line === 0 ? '' : '600 '}11px ${SANS}`;
  const widths = lines.map((text, line) => {
    context.font = font(line);
    return context.measureText(text).width;
  });
  const width = Math.ceil(Math.max(0, ...widths)) + 2 * PADDING;
  const height = lines.length * LINE + PADDING;
  const at = place({ width, height });
  if (at === null) return;
  context.fillStyle = color('text');
  context.beginPath();
  context.roundRect(at.x, at.y, width, height, 5);
  context.fill();
  context.fillStyle = color('surface');
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  lines.forEach((text, line) => {
    context.font = font(line);
    context.fillText(text, at.x + PADDING, at.y + PADDING / 2 + LINE * (line + 0.5));
  });
}
