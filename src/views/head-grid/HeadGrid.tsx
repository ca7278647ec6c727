import { type KeyboardEvent, useCallback, useMemo, useState } from 'react';
import { ChartCanvas } from '../../ui/ChartCanvas.tsx';
import { drawNote } from '../../ui/canvas-text.ts';
import type { Draw } from '../../ui/figure.ts';
import { getThemeColors } from '../../ui/use-theme.ts';
import { drawGridLabels, drawGridSelection } from './draw-grid.ts';
import { cellAt, findCell, type GridMove, moveFrom, type PlacedHead } from './grid-layout.ts';
import { type GridScene, GridSheet } from './grid-sheet.ts';

interface HeadPlace {
  readonly layer: number;
  readonly head: number;
}

export interface HeadGridProps {
  readonly scene: GridScene;
  readonly pinned: HeadPlace;
  readonly shown: HeadPlace;
  readonly label: string;
  readonly spoken: string;
  readonly nameGroup: (group: string, count: number) => string;
  /** Lines of the note beside the square under the pointer. */
  readonly noteOf: (place: HeadPlace) => readonly string[];
  readonly onPreview: (place: HeadPlace | null) => void;
  readonly onSelect: (place: HeadPlace) => void;
}

const MOVES: Readonly<Record<string, GridMove>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

/** All heads as thumbnails on one canvas. */
export function HeadGrid(props: HeadGridProps) {
  const { scene, pinned, shown, nameGroup, noteOf } = props;
  const { layout } = scene;
  const [sheet] = useState(() => new GridSheet());
  const [hovered, setHovered] = useState<PlacedHead | null>(null);
  const draw = useCallback<Draw>(
    (context, width, height) => {
      sheet.update(scene, window.devicePixelRatio || 1);
      context.drawImage(sheet.canvas, 0, 0, width, height);
      drawGridLabels(context, layout, getThemeColors(), nameGroup);
    },
    [sheet, scene, layout, nameGroup],
  );
  const places = useMemo(
    () => ({
      pinned: findCell(layout, pinned.layer, pinned.head),
      shown: findCell(layout, shown.layer, shown.head),
    }),
    [layout, pinned.layer, pinned.head, shown.layer, shown.head],
  );
  const drawOverlay = useCallback<Draw>(
    (context, width, height) => {
      const color = getThemeColors();
      drawGridSelection(context, layout.cell, places.pinned, places.shown, color);
      const lines = hovered === null ? [] : noteOf(hovered);
      if (hovered === null || lines.length === 0) return;
      drawNote(context, lines, color, (size) => {
        const right = hovered.x + layout.cell + 8;
        const x = right + size.width <= width ? right : hovered.x - 8 - size.width;
        return { x: Math.max(0, x), y: Math.max(0, Math.min(hovered.y, height - size.height)) };
      });
    },
    [layout, places, hovered, noteOf],
  );
  const onKey = (event: KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = places.pinned ? moveFrom(layout, places.pinned, move) : (layout.cells[0] ?? null);
    if (next) props.onSelect({ layer: next.layer, head: next.head });
  };
  return (
    <ChartCanvas
      width={layout.width}
      height={layout.height}
      draw={draw}
      drawOverlay={drawOverlay}
      label={props.label}
      spoken={props.spoken}
      onHover={(point) => {
        const cell = point && cellAt(layout, point.x, point.y);
        if (cell === hovered) return;
        setHovered(cell);
        props.onPreview(cell && { layer: cell.layer, head: cell.head });
      }}
      onPress={(point) => {
        const cell = cellAt(layout, point.x, point.y);
        if (cell) props.onSelect({ layer: cell.layer, head: cell.head });
      }}
      onKey={onKey}
    />
  );
}
