import type { CssPixels, HeadIndex, LayerIndex } from '../../lib/flavor.ts';

/** One head's square, by its upper left corner. */
export interface PlacedHead {
  readonly layer: LayerIndex;
  readonly head: HeadIndex;
  readonly x: CssPixels;
  readonly y: CssPixels;
}

/** A line of text over a group of heads. */
export interface GridHeading<Group extends string> {
  readonly group: Group;
  readonly count: number;
  readonly x: CssPixels;
  readonly y: CssPixels;
}

/** How much of a head's name fits under its square: "L18·H6", "18·6", nothing. */
export type NameForm = 'full' | 'short' | 'none';

/**
 * Where thumbnails lie. `layers`: columns are layers, rows heads, key-value groups set apart. `flow`:
 * heads in reading order, as many a row as fit, each with its name, under headings of their groups.
 */
export interface GridLayout<Group extends string = string> {
  readonly kind: 'layers' | 'flow';
  readonly width: CssPixels;
  readonly height: CssPixels;
  readonly cell: CssPixels;
  readonly cells: readonly PlacedHead[];
  readonly headings: readonly GridHeading<Group>[];
  readonly names: NameForm;
  /** Heights of the spans that share keys and values, one a group, for the brackets at the left. */
  readonly brackets: readonly { readonly y: CssPixels; readonly height: CssPixels }[];
}

/** The model's shape as the grid needs it. */
export interface GridShape {
  readonly layerCount: number;
  readonly headCount: number;
  /** Query heads that share one key-value head. */
  readonly groupSize: number;
}

const GAP = 2;
const LABEL_LEFT = 34;
const LABEL_BOTTOM = 20;
const TOP = 2;
const GROUP_GAP = 5;
const LARGEST = 72;
const NAME_LINE = 13;
const HEADING_LINE = 20;
const HEADING_WIDTH = 116;
const FLOW_SMALLEST = 28;
/** Widths that names of two digits take at the font sizes of the painter. */
const FULL_NAME = 40;
const SHORT_NAME = 26;

/** Columns are layers, rows are heads; key-value groups are set apart by a small gap and bracketed. */
export function layOutByLayer(width: CssPixels, shape: GridShape): GridLayout<never> {
  const { layerCount, headCount, groupSize } = shape;
  const isGrouped = groupSize > 1 && groupSize < headCount;
  const groupGap = isGrouped ? GROUP_GAP : 0;
  const step = Math.max(
    8 + GAP,
    Math.min(LARGEST + GAP, Math.floor((width - LABEL_LEFT) / layerCount)),
  );
  const cell = step - GAP;
  const yOf = (head: number): number => TOP + head * step + Math.floor(head / groupSize) * groupGap;
  const cells = Array.from({ length: layerCount * headCount }, (_, index) => {
    const layer = Math.floor(index / headCount);
    const head = index % headCount;
    return { layer, head, x: LABEL_LEFT + layer * step, y: yOf(head) };
  });
  const brackets = Array.from(
    { length: isGrouped ? Math.ceil(headCount / groupSize) : 0 },
    (_, group) => {
      const first = group * groupSize;
      const last = Math.min(headCount, first + groupSize) - 1;
      return { y: yOf(first), height: yOf(last) + cell - yOf(first) };
    },
  );
  const height = headCount === 0 ? LABEL_BOTTOM : yOf(headCount - 1) + step + LABEL_BOTTOM;
  return { kind: 'layers', width, height, cell, cells, headings: [], names: 'none', brackets };
}

/** Heads in groups of reading order; `cell` is what the layout by layer has, so that squares stay alike. */
export function layOutFlow<Group extends string>(
  width: CssPixels,
  cellByLayer: CssPixels,
  groups: readonly {
    readonly group: Group | null;
    readonly heads: readonly { readonly layer: LayerIndex; readonly head: HeadIndex }[];
  }[],
): GridLayout<Group> {
  const cell = Math.max(FLOW_SMALLEST, cellByLayer);
  const names: NameForm = cell >= FULL_NAME ? 'full' : cell >= SHORT_NAME ? 'short' : 'none';
  const stepX = cell + GAP + 2;
  const stepY = cell + (names === 'none' ? GAP : NAME_LINE) + GAP;
  const columns = Math.max(1, Math.floor((width + GAP) / stepX));
  const cells: PlacedHead[] = [];
  const headings: GridHeading<Group>[] = [];
  let column = 0;
  let top = TOP;
  let bottom = TOP;
  for (const { group, heads } of groups) {
    if (heads.length === 0) continue;
    const wanted = Math.max(heads.length, Math.ceil(HEADING_WIDTH / stepX));
    // Small groups stand beside one another as long as a row has room for them.
    if (column + wanted > columns) {
      column = 0;
      top = bottom;
    }
    const first = top + (group === null ? 0 : HEADING_LINE);
    const x = (i: number): number => 1 + (column + (i % columns)) * stepX;
    if (group !== null)
      headings.push({ group, count: heads.length, x: x(0) - 1, y: top + HEADING_LINE / 2 });
    heads.forEach((each, i) => {
      cells.push({ ...each, x: x(i), y: first + Math.floor(i / columns) * stepY });
    });
    bottom = Math.max(bottom, first + Math.ceil(heads.length / columns) * stepY);
    column += wanted + 1;
  }
  return { kind: 'flow', width, height: bottom + GAP, cell, cells, headings, names, brackets: [] };
}

/** The thumbnail under a point, or null between them. */
export function cellAt(layout: GridLayout, x: CssPixels, y: CssPixels): PlacedHead | null {
  const { cells, cell } = layout;
  return (
    cells.find((each) => x >= each.x && x < each.x + cell && y >= each.y && y < each.y + cell) ??
    null
  );
}

/** Where a head's square lies; null when it is not laid out (its layer has not arrived). */
export function findCell(
  layout: GridLayout,
  layer: LayerIndex,
  head: HeadIndex,
): PlacedHead | null {
  return layout.cells.find((each) => each.layer === layer && each.head === head) ?? null;
}

export type GridMove = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/**
 * The head that a key moves to. By layer: left and right change the layer, up and down the head. In flow:
 * left and right follow the reading order, up and down go to the nearest square of the next row. Null at
 * the edges.
 */
export function moveFrom(layout: GridLayout, from: PlacedHead, move: GridMove): PlacedHead | null {
  const { cells } = layout;
  if (move === 'first') return cells[0] ?? null;
  if (move === 'last') return cells.at(-1) ?? null;
  const isAcross = move === 'left' || move === 'right';
  const direction = move === 'right' || move === 'down' ? 1 : -1;
  if (layout.kind === 'flow' && isAcross) return cells[cells.indexOf(from) + direction] ?? null;
  const along = (cell: PlacedHead): number => (isAcross ? cell.x : cell.y);
  const beside = (cell: PlacedHead): number => (isAcross ? cell.y : cell.x);
  let best: PlacedHead | null = null;
  for (const cell of cells) {
    const distance = (along(cell) - along(from)) * direction;
    if (distance <= 0) continue;
    const isNearer =
      best === null ||
      distance < (along(best) - along(from)) * direction ||
      (along(cell) === along(best) &&
        Math.abs(beside(cell) - beside(from)) < Math.abs(beside(best) - beside(from)));
    if (isNearer) best = cell;
  }
  return best;
}
