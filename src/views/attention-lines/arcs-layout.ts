import type { CssPixels } from '../../lib/flavor.ts';

/** A unit of the running text on the canvas. */
export interface ArcUnit {
  readonly x: CssPixels;
  /** Top of the unit's text. */
  readonly y: CssPixels;
  readonly width: CssPixels;
  readonly line: number;
}

export interface ArcsLayout {
  readonly width: CssPixels;
  readonly height: CssPixels;
  readonly units: readonly ArcUnit[];
}

/** Up to this many units the text stands in a few lines, and arcs can be followed by eye. */
export const ARC_UNITS = 60;
export const TEXT_HEIGHT: CssPixels = 16;
/** Room for arcs above a line of text, and for numbers under it. */
const ARCS: CssPixels = 62;
const UNDER: CssPixels = 12;

/**
 * Sets the units as running text with room for arcs above each line. A unit wider than the canvas is as
 * wide as the canvas. `measure` gives a text's width; a unit that ends in a line break ends its line.
 */
export function layOutArcs(
  width: CssPixels,
  texts: readonly string[],
  measure: (text: string) => CssPixels,
): ArcsLayout {
  const units: ArcUnit[] = [];
  let x = 0;
  let line = 0;
  for (const text of texts) {
    const wide = Math.min(width, measure(text));
    if (x > 0 && x + wide > width) {
      x = 0;
      line++;
    }
    units.push({ x, y: line * (ARCS + TEXT_HEIGHT + UNDER) + ARCS, width: wide, line });
    x += wide;
    if (text.endsWith('⏎')) {
      x = width;
    }
  }
  const lines = units.length === 0 ? 0 : units[units.length - 1].line + 1;
  return { width, height: lines * (ARCS + TEXT_HEIGHT + UNDER), units };
}

/** A cubic curve: start, two control points, end. */
export type Curve = readonly [number, number, number, number, number, number, number, number];

/**
 * The arc from a query to a key: over the text on the same line (higher the farther), otherwise from the
 * query's top up to the key's foot; a small loop from a unit to itself.
 */
export function arcBetween(layout: ArcsLayout, query: number, key: number): Curve {
  const from = layout.units[query];
  const to = layout.units[key];
  const x0 = from.x + from.width / 2;
  const x1 = to.x + to.width / 2;
  const y0 = from.y - 1;
  if (query === key) {
    const reach = 7;
    return [x0 - 2, y0, x0 - reach, y0 - 2 * reach, x0 + reach, y0 - 2 * reach, x0 + 2, y0];
  }
  if (from.line === to.line) {
    const height = Math.min(ARCS - 6, 12 + 0.28 * Math.abs(x0 - x1)) * (4 / 3);
    return [x0, y0, x0, y0 - height, x1, y0 - height, x1, y0];
  }
  const y1 = to.y + TEXT_HEIGHT + 1;
  const bend = Math.min(ARCS, (y0 - y1) / 2);
  return [x0, y0, x0, y0 - bend, x1, y1 + bend, x1, y1];
}

/** The unit under a point, text or the numbers under it; null elsewhere. */
export function arcUnitAt(layout: ArcsLayout, x: CssPixels, y: CssPixels): number | null {
  const index = layout.units.findIndex(
    (unit) =>
      x >= unit.x && x < unit.x + unit.width && y >= unit.y - 4 && y < unit.y + TEXT_HEIGHT + UNDER,
  );
  return index < 0 ? null : index;
}
