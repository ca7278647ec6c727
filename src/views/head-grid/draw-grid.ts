import type { RoleId } from '../../measures/roles.ts';
import { SANS } from '../../ui/figure.ts';
import type { GridLayout, PlacedHead } from './grid-layout.ts';

/** How one head's square looks. */
export interface HeadLook {
  /** Whether the filter lets it through; others fade. */
  readonly isMatching: boolean;
  readonly role: RoleId | null;
}

/** Pixels of a thumbnail inside a larger image; null before its layer has arrived. */
export interface ThumbnailImage {
  readonly image: CanvasImageSource;
  readonly side: number;
  readonly top: number;
}

/** Paints the square of one head: its thumbnail and the frame of its role. */
export function drawHead(
  context: CanvasRenderingContext2D,
  place: PlacedHead,
  cell: number,
  thumbnail: ThumbnailImage | null,
  look: HeadLook,
  color: (name: string) => string,
): void {
  const { x, y } = place;
  context.globalAlpha = look.isMatching ? 1 : 0.15;
  if (thumbnail !== null) {
    const { image, side, top } = thumbnail;
    context.imageSmoothingEnabled = false;
    context.drawImage(image, 0, top, side, side, x, y, cell, cell);
  }
  const isFramed = look.role !== null && look.role !== 'first';
  context.strokeStyle = color(isFramed ? `role-${look.role}` : 'border');
  context.lineWidth = isFramed ? 1.5 : 1;
  context.strokeRect(x - 0.5, y - 0.5, cell + 1, cell + 1);
  context.globalAlpha = 1;
}

/** The name that stands under a square in flow, or is said of it: "L18·H6", short "18·6". */
export function nameHead(layer: number, head: number, isShort = false): string {
  return isShort ? `${layer}·${head}` : `L${layer}·H${head}`;
}

/** Paints what stands around the squares: layer and head numbers, brackets, headings, names. */
export function drawGridLabels(
  context: CanvasRenderingContext2D,
  layout: GridLayout,
  color: (name: string) => string,
  nameGroup: (group: string, count: number) => string,
): void {
  context.textBaseline = 'middle';
  context.fillStyle = color('text-faint');
  if (layout.kind === 'layers') drawAxes(context, layout, color);
  for (const { group, count, x, y } of layout.headings) {
    context.font = `600 11px ${SANS}`;
    context.textAlign = 'left';
    context.fillStyle = color('text-muted');
    context.fillText(nameGroup(group, count), x, y);
  }
  if (layout.names === 'none') return;
  context.font = `${layout.names === 'full' ? 10 : 9}px ${SANS}`;
  context.textAlign = 'center';
  context.fillStyle = color('text-faint');
  for (const { layer, head, x, y } of layout.cells) {
    const name = nameHead(layer, head, layout.names === 'short');
    context.fillText(name, x + layout.cell / 2, y + layout.cell + 8);
  }
}

function drawAxes(
  context: CanvasRenderingContext2D,
  layout: GridLayout,
  color: (name: string) => string,
): void {
  const { cell, cells, brackets, height } = layout;
  context.font = `10px ${SANS}`;
  context.textAlign = 'right';
  for (const { layer, head, x, y } of cells)
    if (layer === 0) context.fillText(`H${head}`, x - 11, y + cell / 2);
  context.fillStyle = color('border-strong');
  for (const bracket of brackets)
    context.fillRect((cells[0]?.x ?? 0) - 7, bracket.y, 2, bracket.height);
  context.fillStyle = color('text-faint');
  context.textAlign = 'center';
  const every = Math.max(1, Math.ceil(18 / (cell + 2)));
  for (const { layer, head, x } of cells)
    if (head === 0 && layer % every === 0)
      context.fillText(layer === 0 ? 'L0' : String(layer), x + cell / 2, height - 8);
}

/** Frames the pinned head, thick, and the shown one. */
export function drawGridSelection(
  context: CanvasRenderingContext2D,
  cell: number,
  pinned: PlacedHead | null,
  shown: PlacedHead | null,
  color: (name: string) => string,
): void {
  const frame = (place: PlacedHead | null, lineWidth: number): void => {
    if (place === null) return;
    context.strokeStyle = color('query');
    context.lineWidth = lineWidth;
    context.strokeRect(place.x - 1, place.y - 1, cell + 2, cell + 2);
  };
  frame(pinned, 2.5);
  frame(shown, 1.5);
}
