import type { CssPixels } from '../../lib/flavor.ts';
import type { CanvasPoint } from '../../ui/ChartCanvas.tsx';
import {
  type Box,
  cellSize,
  type HeatmapLayout,
  type HeatmapWindow,
  targetAt,
  type Window,
} from './heatmap-layout.ts';

/** Shorter drags are clicks. */
const CLICK: CssPixels = 4;

/** What a held button does: drag a rectangle to zoom into, move the matrix, or move the minimap's frame. */
export type Drag =
  | { readonly kind: 'brush'; readonly from: CanvasPoint }
  | { readonly kind: 'pan'; readonly from: CanvasPoint; readonly window: HeatmapWindow }
  | { readonly kind: 'minimap' };

/** The drag that a press begins; null where a press begins none. Shift or the middle button pan. */
export function startDrag(
  layout: HeatmapLayout,
  point: CanvasPoint,
  press: { readonly shiftKey: boolean; readonly button: number },
): Drag | null {
  const target = targetAt(layout, point.x, point.y);
  if (target?.kind === 'minimap') return press.button === 0 ? { kind: 'minimap' } : null;
  const isOnMatrix =
    point.x >= layout.left &&
    point.x < layout.left + layout.side &&
    point.y >= layout.top &&
    point.y < layout.top + layout.side;
  if (!isOnMatrix) return null;
  if (press.button === 1 || (press.button === 0 && press.shiftKey)) {
    const { queries, keys } = layout;
    return layout.minimap === null ? null : { kind: 'pan', from: point, window: { queries, keys } };
  }
  return press.button === 0 ? { kind: 'brush', from: point } : null;
}

/** The rectangle between two points, cut to the matrix; null while it is no more than a click. */
export function brushBox(layout: HeatmapLayout, from: CanvasPoint, to: CanvasPoint): Box | null {
  if (Math.abs(from.x - to.x) < CLICK && Math.abs(from.y - to.y) < CLICK) return null;
  const cut = (at: number, origin: number): number =>
    Math.min(origin + layout.side, Math.max(origin, at));
  const [x0, x1] = [cut(from.x, layout.left), cut(to.x, layout.left)].sort((a, b) => a - b);
  const [y0, y1] = [cut(from.y, layout.top), cut(to.y, layout.top)].sort((a, b) => a - b);
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
}

/** The cells that a rectangle touches. */
export function brushWindow(layout: HeatmapLayout, box: Box): HeatmapWindow {
  const touch = (along: 'queries' | 'keys', at: number, extent: number): Window => {
    const size = cellSize(layout, along);
    const origin = along === 'queries' ? layout.top : layout.left;
    const start = layout[along].start + Math.floor((at - origin) / size);
    const end = layout[along].start + Math.ceil((at + extent - origin) / size);
    return {
      start: Math.min(layout[along].end - 1, start),
      end: Math.min(layout[along].end, Math.max(start + 1, end)),
    };
  };
  return {
    queries: touch('queries', box.y, box.height),
    keys: touch('keys', box.x, box.width),
  };
}

/** The window after a drag came to a point: the matrix follows the pointer, by whole cells. */
export function dragWindow(layout: HeatmapLayout, drag: Drag, point: CanvasPoint): HeatmapWindow {
  const { queries, keys, count, minimap } = layout;
  if (drag.kind === 'pan') {
    const by = (along: 'queries' | 'keys', delta: number): number =>
      Math.round(-delta / cellSize(layout, along));
    return {
      queries: panWindow(drag.window.queries, by('queries', point.y - drag.from.y), count),
      keys: panWindow(drag.window.keys, by('keys', point.x - drag.from.x), count),
    };
  }
  if (drag.kind === 'minimap' && minimap !== null) {
    const center = (window: Window, share: number): Window => {
      const middle = Math.round(share * count - (window.end - window.start) / 2);
      return panWindow(window, middle - window.start, count);
    };
    return {
      queries: center(queries, (point.y - minimap.y) / minimap.height),
      keys: center(keys, (point.x - minimap.x) / minimap.width),
    };
  }
  return { queries, keys };
}

/** A window `factor` times as long around a place that stays where it is, kept inside [0, count). */
export function zoomWindow(window: Window, center: number, factor: number, count: number): Window {
  const length = Math.max(1, Math.min(count, Math.round((window.end - window.start) * factor)));
  const share = (center - window.start) / Math.max(1, window.end - window.start);
  const start = Math.max(0, Math.min(count - length, Math.round(center - share * length)));
  return { start, end: start + length };
}

/** Both windows zoomed around a cell (their middles where there is none); null means the whole matrix. */
export function zoomBy(
  layout: HeatmapLayout,
  factor: number,
  at: { readonly query: number | null; readonly key: number | null },
): HeatmapWindow | null {
  const { queries, keys, count } = layout;
  const middle = (window: Window): number => (window.start + window.end) / 2;
  const isIn = (window: Window, index: number | null): index is number =>
    index !== null && index >= window.start && index < window.end;
  const query = isIn(queries, at.query) ? at.query : middle(queries);
  const key = isIn(keys, at.key) ? at.key : middle(keys);
  return orWhole(
    {
      queries: zoomWindow(queries, query, factor, count),
      keys: zoomWindow(keys, key, factor, count),
    },
    count,
  );
}

/** Null for a window that holds everything. */
export function orWhole(window: HeatmapWindow, count: number): HeatmapWindow | null {
  const isWhole = ({ start, end }: Window): boolean => end - start >= count;
  return isWhole(window.queries) && isWhole(window.keys) ? null : window;
}

/** A window moved by some units, kept inside [0, count). */
export function panWindow(window: Window, by: number, count: number): Window {
  const length = window.end - window.start;
  const start = Math.max(0, Math.min(count - length, window.start + by));
  return { start, end: start + length };
}

/** The windows moved as little as needed to hold a cell; the same object when they hold it already. */
export function followCell(
  window: HeatmapWindow,
  { query, key }: { readonly query: number | null; readonly key: number | null },
  count: number,
): HeatmapWindow {
  const follow = (along: Window, index: number | null): Window => {
    if (index === null || index >= count) return along;
    if (index < along.start) return panWindow(along, index - along.start, count);
    return index >= along.end ? panWindow(along, index - along.end + 1, count) : along;
  };
  const queries = follow(window.queries, query);
  const keys = follow(window.keys, key);
  return queries === window.queries && keys === window.keys ? window : { queries, keys };
}

/** The window after a turn of the wheel; null when it leads nowhere, so that the page may scroll. */
export function wheelWindow(
  layout: HeatmapLayout,
  turn: { readonly deltaX: number; readonly deltaY: number; readonly shiftKey: boolean },
): HeatmapWindow | null {
  if (layout.minimap === null) return null;
  const { queries, keys, count } = layout;
  const isSideways = turn.shiftKey || Math.abs(turn.deltaX) > Math.abs(turn.deltaY);
  const delta = isSideways && turn.deltaX !== 0 ? turn.deltaX : turn.deltaY;
  const along = isSideways ? keys : queries;
  const step = Math.max(1, Math.round((along.end - along.start) / 10));
  const moved = panWindow(along, Math.sign(delta) * step, count);
  if (moved.start === along.start) return null;
  return isSideways ? { queries, keys: moved } : { queries: moved, keys };
}
