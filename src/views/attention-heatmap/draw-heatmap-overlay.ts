import { cutToWidth, drawNote } from '../../ui/canvas-text.ts';
import { MONO } from '../../ui/figure.ts';
import {
  type Axis,
  type Box,
  cellBox,
  cellSize,
  cellStart,
  chooseLabels,
  type HeatmapLayout,
  LABEL_PITCH,
  placeTooltip,
} from './heatmap-layout.ts';

/** All that follows selection and pointer. */
export interface HeatmapOverlay {
  readonly layout: HeatmapLayout;
  readonly query: number | null;
  readonly key: number | null;
  /** A unit's name as labels show it. */
  readonly name: (index: number) => string;
  /** What the note says and what it must not cover; null shows none. */
  readonly note: { readonly lines: readonly string[]; readonly beside: Box } | null;
  /** The rectangle being dragged. */
  readonly brush: Box | null;
  readonly color: (name: string) => string;
}

/** Paints labels, the selected row, column and cell, the brush, the minimap's frame, and the note. */
export function drawHeatmapOverlay(context: CanvasRenderingContext2D, scene: HeatmapOverlay): void {
  const { layout, query, key, brush, note, color } = scene;
  drawLabels(context, scene, 'queries', query);
  drawLabels(context, scene, 'keys', key);
  context.globalAlpha = 0.14;
  if (isShown(layout, 'queries', query)) {
    context.fillStyle = color('query');
    const { y, height } = cellBox(layout, query, layout.keys.start);
    context.fillRect(layout.left, y, layout.side, Math.max(1.5, height));
  }
  if (isShown(layout, 'keys', key)) {
    context.fillStyle = color('key');
    const { x, width } = cellBox(layout, layout.queries.start, key);
    context.fillRect(x, layout.top, Math.max(1.5, width), layout.side);
  }
  context.globalAlpha = 1;
  if (isShown(layout, 'queries', query) && isShown(layout, 'keys', key) && key <= query) {
    const { x, y, width, height } = cellBox(layout, query, key);
    context.strokeStyle = color('query');
    context.lineWidth = 1.5;
    context.strokeRect(x, y, Math.max(3, width), Math.max(3, height));
  }
  drawFrame(context, scene);
  if (brush !== null) {
    context.fillStyle = color('query');
    context.globalAlpha = 0.12;
    context.fillRect(brush.x, brush.y, brush.width, brush.height);
    context.globalAlpha = 1;
    context.strokeStyle = color('query');
    context.lineWidth = 1;
    context.strokeRect(brush.x, brush.y, brush.width, brush.height);
  }
  if (note !== null) {
    drawNote(context, note.lines, color, (size) => placeTooltip(note.beside, size, layout));
  }
}

function isShown(layout: HeatmapLayout, along: Axis, index: number | null): index is number {
  return index !== null && index >= layout[along].start && index < layout[along].end;
}

/** Which part of the whole is shown, on the minimap; at least 3 pixels wide and high. */
function drawFrame(
  context: CanvasRenderingContext2D,
  { layout, color }: Pick<HeatmapOverlay, 'layout' | 'color'>,
): void {
  const { minimap, queries, keys, count } = layout;
  if (minimap === null) return;
  const part = (extent: number, units: number): number => (extent * units) / count;
  context.strokeStyle = color('query');
  context.lineWidth = 1.5;
  context.strokeRect(
    minimap.x + part(minimap.width, keys.start),
    minimap.y + part(minimap.height, queries.start),
    Math.max(3, part(minimap.width, keys.end - keys.start)),
    Math.max(3, part(minimap.height, queries.end - queries.start)),
  );
}

/** Labels along an axis, the chosen unit's always and in its colour. */
function drawLabels(
  context: CanvasRenderingContext2D,
  { layout, name, color }: HeatmapOverlay,
  along: Axis,
  chosen: number | null,
): void {
  const size = cellSize(layout, along);
  const labels = chooseLabels(layout[along], size, LABEL_PITCH, chosen === null ? [] : [chosen]);
  // Tokens at intervals mean little without their places.
  const isSparse = size < LABEL_PITCH;
  const room = layout.left - TITLE_AND_GAPS;
  const accent = color(along === 'queries' ? 'query' : 'key');
  const muted = color('text-muted');
  context.textBaseline = 'middle';
  for (const index of labels) {
    const middle = cellStart(layout, along, index) + size / 2;
    context.font = `${index === chosen ? '600 ' : ''}10px ${MONO}`;
    context.fillStyle = index === chosen ? accent : muted;
    const text = cutToWidth(context, isSparse ? `${index} ${name(index)}` : name(index), room);
    context.save();
    if (along === 'queries') {
      context.translate(layout.left - 5, middle);
      context.textAlign = 'right';
    } else {
      context.translate(middle, layout.top - 5);
      context.rotate(-Math.PI / 2);
      context.textAlign = 'left';
    }
    context.fillText(text, 0, 0);
    context.restore();
  }
}

/** The title's band and 5 pixels on either side of the labels. */
const TITLE_AND_GAPS = 24;
