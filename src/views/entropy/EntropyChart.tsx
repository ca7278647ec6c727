import { type KeyboardEvent, useCallback, useState } from 'react';
import { type CanvasPoint, ChartCanvas } from '../../ui/ChartCanvas.tsx';
import { drawNote } from '../../ui/canvas-text.ts';
import { drawMap, drawSelectedCell, getMapImage, type MapScene } from '../../ui/draw-map.ts';
import type { Draw } from '../../ui/figure.ts';
import { type MapCell, mapCellAt } from '../../ui/map-layout.ts';
import { ARROW_MOVES } from '../../ui/move-keys.ts';
import { getThemeColors } from '../../ui/use-theme.ts';
import { type BarScene, drawBars, drawSelectedBar } from './draw-entropy.ts';
import { TOP, unitAt } from './entropy-layout.ts';

/** A chart ready to be painted: bars, or a map. */
export type EntropyScene =
  | { readonly kind: 'bars'; readonly bars: BarScene }
  | { readonly kind: 'map'; readonly map: MapScene };

export interface EntropyChartProps {
  readonly scene: EntropyScene;
  /** The shown place: a bar's unit as the column. */
  readonly selected: MapCell | null;
  readonly label: string;
  readonly spoken: string;
  /** Lines of the note beside a place. */
  readonly noteOf: (cell: MapCell) => readonly string[];
  readonly onPreview: (cell: MapCell | null) => void;
  readonly onSelect: (cell: MapCell) => void;
  /** A key moved by so many columns and rows; infinite at Home and End. */
  readonly onMove: (columns: number, rows: number) => void;
}

/** Paints a scene, on the page or into a figure. */
export function drawEntropy(context: CanvasRenderingContext2D, scene: EntropyScene): void {
  if (scene.kind === 'bars') drawBars(context, scene.bars, getThemeColors());
  else drawMap(context, scene.map, getThemeColors(), getMapImage);
}

export function getSceneSize(scene: EntropyScene): {
  readonly width: number;
  readonly height: number;
} {
  return scene.kind === 'bars' ? scene.bars.layout : scene.map.layout;
}

function placeAt(scene: EntropyScene, point: CanvasPoint): MapCell | null {
  if (scene.kind === 'map') return mapCellAt(scene.map.layout, point.x, point.y);
  const column = point.y > TOP ? unitAt(scene.bars.layout, point.x) : null;
  return column === null ? null : { row: 0, column };
}

/** Entropy as bars along the text or as a map. */
export function EntropyChart(props: EntropyChartProps) {
  const { scene, selected, noteOf } = props;
  const { width, height } = getSceneSize(scene);
  const [hovered, setHovered] = useState<(CanvasPoint & MapCell) | null>(null);
  const draw = useCallback<Draw>((context) => drawEntropy(context, scene), [scene]);
  const drawOverlay = useCallback<Draw>(
    (context) => {
      const color = getThemeColors();
      if (selected !== null && scene.kind === 'map')
        drawSelectedCell(context, scene.map.layout, selected, color);
      if (selected !== null && scene.kind === 'bars')
        drawSelectedBar(context, scene.bars, selected.column, color);
      const lines = hovered === null ? [] : noteOf(hovered);
      if (hovered === null || lines.length === 0) return;
      drawNote(context, lines, color, (size) => ({
        x: Math.max(0, Math.min(hovered.x + 12, width - size.width)),
        y: hovered.y - size.height - 8 >= 0 ? hovered.y - size.height - 8 : hovered.y + 14,
      }));
    },
    [scene, selected, hovered, noteOf, width],
  );
  return (
    <ChartCanvas
      width={width}
      height={height}
      draw={draw}
      drawOverlay={drawOverlay}
      label={props.label}
      spoken={props.spoken}
      onHover={(point) => {
        const cell = point && placeAt(scene, point);
        if (cell === null || point === null) {
          if (hovered === null) return;
          setHovered(null);
          props.onPreview(null);
          return;
        }
        if (hovered?.row === cell.row && hovered.column === cell.column) return;
        setHovered({ ...point, ...cell });
        props.onPreview(cell);
      }}
      onPress={(point) => {
        const cell = placeAt(scene, point);
        if (cell) props.onSelect(cell);
      }}
      onKey={(event: KeyboardEvent) => {
        const move = ARROW_MOVES[event.key];
        if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        props.onMove(...move);
      }}
    />
  );
}
