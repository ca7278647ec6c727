import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { moveCell } from '../../state/move-cell.ts';
import type { Selection } from '../../state/selection.ts';
import { type CanvasPoint, ChartCanvas } from '../../ui/ChartCanvas.tsx';
import type { Draw } from '../../ui/figure.ts';
import {
  brushBox,
  brushWindow,
  type Drag,
  dragWindow,
  orWhole,
  startDrag,
  wheelWindow,
  zoomBy,
} from './heatmap-interaction.ts';
import {
  type Box,
  cellAt,
  type HeatmapLayout,
  type HeatmapTarget,
  type HeatmapWindow,
  targetAt,
} from './heatmap-layout.ts';
import { t } from './messages.ts';

/** What the pointer or the keyboard is at, beyond the selection. */
export interface Pointing {
  readonly target: HeatmapTarget | null;
  readonly brush: Box | null;
}
export const POINTING_NOWHERE: Pointing = { target: null, brush: null };

export interface AttentionHeatmapProps {
  readonly layout: HeatmapLayout;
  readonly selection: Pick<Selection, 'query' | 'key'>;
  readonly draw: Draw;
  readonly drawOverlay: Draw;
  readonly spoken: string;
  readonly pointing: Pointing;
  readonly onPointing: (pointing: Pointing) => void;
  /** The window to show; null is the whole matrix. */
  readonly onWindow: (window: HeatmapWindow | null) => void;
  readonly onPreview: (part: Partial<Pick<Selection, 'query' | 'key'>> | null) => void;
  readonly onSelect: (part: Partial<Pick<Selection, 'query' | 'key'>>) => void;
}

/** One head's matrix on canvas: hover, click, brush, pan, zoom, and the keyboard. */
export function AttentionHeatmap(props: AttentionHeatmapProps) {
  const { layout, selection, pointing, onPointing, onWindow } = props;
  const { count } = layout;
  const drag = useRef<Drag | null>(null);
  const hasMoved = useRef(false);

  const pointAt = (target: HeatmapTarget | null): void => {
    if (isSame(target, pointing.target)) return;
    onPointing({ target, brush: null });
    props.onPreview(toSelection(target));
  };
  const onPress = (point: CanvasPoint, event: PointerEvent): void => {
    hasMoved.current = false;
    drag.current = startDrag(layout, point, event);
    if (drag.current?.kind === 'minimap') onWindow(dragWindow(layout, drag.current, point));
  };
  const onDrag = (point: CanvasPoint): void => {
    const current = drag.current;
    if (current === null) return;
    if (current.kind === 'brush') {
      const brush = brushBox(layout, current.from, point);
      hasMoved.current ||= brush !== null;
      if (hasMoved.current) {
        props.onPreview(null);
        onPointing({ target: null, brush });
      }
    } else {
      hasMoved.current = true;
      onPointing(POINTING_NOWHERE);
      onWindow(dragWindow(layout, current, point));
    }
  };
  const onRelease = (point: CanvasPoint, event: PointerEvent, isCancelled: boolean): void => {
    const current = drag.current;
    drag.current = null;
    onPointing(POINTING_NOWHERE);
    if (isCancelled || current?.kind === 'minimap') return;
    if (current?.kind === 'brush' && hasMoved.current) {
      const brush = brushBox(layout, current.from, point);
      if (brush !== null) onWindow(orWhole(brushWindow(layout, brush), count));
      return;
    }
    const part = toSelection(targetAt(layout, point.x, point.y));
    if (part !== null && event.button === 0 && !hasMoved.current) props.onSelect(part);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey) return;
    const query = Math.min(count - 1, selection.query ?? count - 1);
    const key = Math.min(query, selection.key ?? query);
    const page = Math.max(10, Math.round((layout.queries.end - layout.queries.start) / 10));
    const next = moveCell({ query, key }, event, count, page);
    if (next !== null) {
      props.onSelect(next);
      onPointing({ target: { kind: 'cell', ...next }, brush: null });
    } else if (event.key === '+' || event.key === '=') onWindow(zoomBy(layout, 0.5, selection));
    else if (event.key === '-') onWindow(zoomBy(layout, 2, selection));
    else if (event.key === '0') onWindow(null);
    else return;
    event.preventDefault();
  };
  const onWheel = (event: WheelEvent, point: CanvasPoint): boolean => {
    if (event.ctrlKey) {
      const at = cellAt(layout, point.x, point.y) ?? selection;
      onWindow(zoomBy(layout, event.deltaY > 0 ? 1.25 : 0.8, at));
      return true;
    }
    const moved = wheelWindow(layout, event);
    if (moved !== null) onWindow(moved);
    return moved !== null;
  };
  return (
    <ChartCanvas
      width={layout.width}
      height={layout.height}
      draw={props.draw}
      drawOverlay={props.drawOverlay}
      label={t('label')}
      spoken={props.spoken}
      cursor={pointing.target?.kind === 'minimap' ? 'grab' : 'crosshair'}
      onHover={(point) => pointAt(point && targetAt(layout, point.x, point.y))}
      onPress={onPress}
      onDrag={onDrag}
      onRelease={onRelease}
      onKey={onKey}
      onBlur={() => onPointing(POINTING_NOWHERE)}
      onWheel={onWheel}
    />
  );
}

function toSelection(
  target: HeatmapTarget | null,
): Partial<Pick<Selection, 'query' | 'key'>> | null {
  if (target === null || target.kind === 'minimap') return null;
  if (target.kind === 'query') return { query: target.query };
  if (target.kind === 'key') return { key: target.key };
  return { query: target.query, key: target.key };
}

function isSame(a: HeatmapTarget | null, b: HeatmapTarget | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
