import type { CssPixels } from '../lib/flavor.ts';
import { cutToWidth } from './canvas-text.ts';
import { type Painting, SANS } from './figure.ts';
import { getThemeColors } from './use-theme.ts';

/** A painting under its own title. */
export interface TitledPainting {
  readonly title: string;
  /** A filled square before the title. */
  readonly fill?: string | undefined;
  readonly painting: Painting;
}

const TITLE = 22;
const SQUARE = 10;
const GAP = 18;

interface Place {
  readonly x: CssPixels;
  readonly y: CssPixels;
}

/** Where paintings stand, row after row, each row as high as its highest; and the size of all. */
export function placePaintings(
  sizes: readonly { readonly width: CssPixels; readonly height: CssPixels }[],
  columns: number,
): { readonly width: CssPixels; readonly height: CssPixels; readonly places: readonly Place[] } {
  const across = Math.max(1, Math.min(columns, sizes.length));
  const columnWidth = Math.max(0, ...sizes.map(({ width }) => width));
  const places: Place[] = [];
  let y = 0;
  for (let first = 0; first < sizes.length; first += across) {
    const row = sizes.slice(first, first + across);
    row.forEach((_, column) => {
      places.push({ x: column * (columnWidth + GAP), y });
    });
    y += TITLE + Math.max(...row.map(({ height }) => height)) + GAP;
  }
  return {
    width: across * columnWidth + (across - 1) * GAP,
    height: Math.max(0, y - GAP),
    places,
  };
}

/** Several paintings as one, in rows of so many. */
export function arrangePaintings(items: readonly TitledPainting[], columns: number): Painting {
  const { width, height, places } = placePaintings(
    items.map(({ painting }) => painting),
    columns,
  );
  return {
    width,
    height,
    draw(context) {
      items.forEach(({ title, fill, painting }, i) => {
        context.save();
        context.translate(places[i].x, places[i].y);
        const color = getThemeColors();
        context.font = `600 12px ${SANS}`;
        context.textAlign = 'left';
        context.textBaseline = 'middle';
        if (fill !== undefined) {
          context.fillStyle = fill;
          context.fillRect(0, TITLE / 2 - SQUARE / 2, SQUARE, SQUARE);
        }
        const left = fill === undefined ? 0 : SQUARE + 6;
        context.fillStyle = color('text');
        context.fillText(cutToWidth(context, title, painting.width - left), left, TITLE / 2);
        context.translate(0, TITLE);
        painting.draw(context, painting.width, painting.height);
        context.restore();
      });
    },
  };
}
