import { useCallback, useState } from 'react';
import { type CanvasPoint, ChartCanvas } from '../../ui/ChartCanvas.tsx';
import { drawNote } from '../../ui/canvas-text.ts';
import type { Draw } from '../../ui/figure.ts';
import { ARROW_MOVES } from '../../ui/move-keys.ts';
import { getThemeColors } from '../../ui/use-theme.ts';
import { drawRing, drawScatter, type ScatterScene } from './draw-scatter.ts';
import { pointAt } from './scatter-layout.ts';

export interface ScatterChartProps {
  readonly scene: ScatterScene;
  readonly selected: number | null;
  readonly label: string;
  readonly spoken: string;
  readonly noteOf: (point: number) => readonly string[];
  readonly onSelect: (point: number) => void;
  readonly onOpen: (point: number) => void;
}

/** Points that one can point at, walk through and open. */
export function ScatterChart(props: ScatterChartProps) {
  const { scene, selected, noteOf, onSelect, onOpen } = props;
  const { layout } = scene;
  const { width, height } = layout;
  const count = scene.labels.length;
  const [hovered, setHovered] = useState<(CanvasPoint & { readonly point: number }) | null>(null);
  const draw = useCallback<Draw>(
    (context) => drawScatter(context, scene, getThemeColors()),
    [scene],
  );
  const drawOverlay = useCallback<Draw>(
    (context) => {
      const color = getThemeColors();
      const shown = hovered?.point ?? selected;
      if (shown !== null && shown < count) drawRing(context, layout, shown, color);
      if (hovered === null) return;
      drawNote(context, noteOf(hovered.point), color, (size) => ({
        x: Math.max(0, Math.min(hovered.x + 12, width - size.width)),
        y: hovered.y - size.height - 8 >= 0 ? hovered.y - size.height - 8 : hovered.y + 14,
      }));
    },
    [layout, count, selected, hovered, noteOf, width],
  );
  return (
    <ChartCanvas
      width={width}
      height={height}
      draw={draw}
      drawOverlay={drawOverlay}
      label={props.label}
      spoken={props.spoken}
      cursor={hovered === null ? 'default' : 'pointer'}
      onHover={(at) => {
        const point = at && pointAt(layout, at.x, at.y);
        if (point === null || at === null) {
          if (hovered !== null) setHovered(null);
        } else if (hovered?.point !== point) setHovered({ ...at, point });
      }}
      onPress={(at) => {
        const point = pointAt(layout, at.x, at.y);
        if (point !== null) onOpen(point);
      }}
      onKey={(event) => {
        if (event.key === 'Enter' && selected !== null) {
          event.preventDefault();
          onOpen(selected);
          return;
        }
        const [columns, rows] = ARROW_MOVES[event.key] ?? [0, 0];
        const move = columns || rows;
        if (move === 0 || count === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        const from = selected ?? (move > 0 ? -1 : count);
        onSelect(Math.max(0, Math.min(count - 1, from + move)));
      }}
    />
  );
}
