/** Where thumbnails lie: columns are layers, rows are heads (or the other way round on narrow pages). */
export interface GridLayout {
  readonly cell: number;
  readonly gap: number;
  readonly left: number;
  readonly top: number;
  readonly groupGap: number;
  readonly groupSize: number;
  readonly width: number;
  readonly height: number;
  readonly layerCount: number;
  readonly headCount: number;
}

const LABEL_LEFT = 30;
const LABEL_BOTTOM = 20;

/** Fits all thumbnails into a width; key-value groups are set apart by a small gap. */
export function layOutGrid(
  width: number,
  layerCount: number,
  headCount: number,
  groupSize: number,
): GridLayout {
  const gap = 2;
  const groupGap = groupSize > 1 && groupSize < headCount ? 5 : 0;
  const cell = Math.max(8, Math.min(72, Math.floor((width - LABEL_LEFT) / layerCount) - gap));
  const groups = Math.ceil(headCount / groupSize);
  const height = headCount * (cell + gap) + (groups - 1) * groupGap + LABEL_BOTTOM;
  return {
    cell,
    gap,
    left: LABEL_LEFT,
    top: 2,
    groupGap,
    groupSize,
    width,
    height,
    layerCount,
    headCount,
  };
}

export function cellOrigin(
  layout: GridLayout,
  layer: number,
  head: number,
): { x: number; y: number } {
  const step = layout.cell + layout.gap;
  return {
    x: layout.left + layer * step,
    y: layout.top + head * step + Math.floor(head / layout.groupSize) * layout.groupGap,
  };
}

/** The thumbnail under a point, or null between them. */
export function cellAt(
  layout: GridLayout,
  x: number,
  y: number,
): { readonly layer: number; readonly head: number } | null {
  const layer = Math.floor((x - layout.left) / (layout.cell + layout.gap));
  if (layer < 0 || layer >= layout.layerCount) return null;
  for (let head = 0; head < layout.headCount; head++) {
    const { x: left, y: top } = cellOrigin(layout, layer, head);
    if (y >= top && y < top + layout.cell && x >= left && x < left + layout.cell)
      return { layer, head };
  }
  return null;
}
