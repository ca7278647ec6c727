import type { CssPixels } from '../lib/flavor.ts';
import { MONO, SANS } from './figure.ts';
import { labelEvery } from './map-layout.ts';

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

/** A text that reads from below to above, at its middle or with its end at the point. */
export function drawSideways(
  context: CanvasRenderingContext2D,
  text: string,
  x: CssPixels,
  y: CssPixels,
  align: CanvasTextAlign,
): void {
  context.save();
  context.translate(x, y);
  context.rotate(-Math.PI / 2);
  context.textAlign = align;
  context.fillText(text, 0, 0);
  context.restore();
}

/** Names under the columns of a chart, sideways, as many as there is room for. */
export function drawSidewaysNames(
  context: CanvasRenderingContext2D,
  names: {
    readonly count: number;
    /** Width of a column. */
    readonly step: CssPixels;
    readonly left: CssPixels;
    /** Where the columns stand. */
    readonly ground: CssPixels;
    readonly nameOf: (column: number) => string;
    readonly color: (name: string) => string;
  },
): void {
  const { count, step, left, ground, nameOf, color } = names;
  context.font = `10px ${MONO}`;
  context.fillStyle = color('text-muted');
  context.textBaseline = 'middle';
  for (let column = 0; column < count; column += labelEvery(step, 12))
    drawSideways(context, nameOf(column), left + (column + 0.5) * step, ground + 5, 'right');
}
