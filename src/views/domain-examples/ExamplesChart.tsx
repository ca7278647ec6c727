import { useCallback, useState } from 'react';
import { type CanvasPoint, ChartCanvas } from '../../ui/ChartCanvas.tsx';
import { drawNote } from '../../ui/canvas-text.ts';
import type { Draw } from '../../ui/figure.ts';
import { ARROW_MOVES } from '../../ui/move-keys.ts';
import { getThemeColors } from '../../ui/use-theme.ts';
import { drawExamplePlace, drawExamples, type ExamplesScene } from './draw-examples.ts';
import { type ExamplePlace, tokenAt } from './examples-layout.ts';

/** Texts token by token, which one can point at and walk through. */
export function ExamplesChart(props: {
  readonly scene: ExamplesScene;
  readonly selected: ExamplePlace | null;
  readonly label: string;
  readonly noteOf: (place: ExamplePlace) => readonly string[];
  readonly onSelect: (place: ExamplePlace) => void;
}) {
  const { scene, selected, noteOf, onSelect } = props;
  const { layout } = scene;
  const { width, height, counts, rowCount } = layout;
  const [hovered, setHovered] = useState<(CanvasPoint & ExamplePlace) | null>(null);
  const draw = useCallback<Draw>(
    (context) => drawExamples(context, scene, getThemeColors()),
    [scene],
  );
  const drawOverlay = useCallback<Draw>(
    (context) => {
      const color = getThemeColors();
      const shown = hovered ?? selected;
      if (shown !== null && shown.row < rowCount && shown.token < counts[shown.row])
        drawExamplePlace(context, scene, shown, color);
      if (hovered === null) return;
      drawNote(context, noteOf(hovered), color, (size) => ({
        x: Math.max(0, Math.min(hovered.x + 12, width - size.width)),
        y: hovered.y - size.height - 8 >= 0 ? hovered.y - size.height - 8 : hovered.y + 14,
      }));
    },
    [scene, counts, rowCount, selected, hovered, noteOf, width],
  );
  return (
    <ChartCanvas
      width={width}
      height={height}
      draw={draw}
      drawOverlay={drawOverlay}
      label={props.label}
      spoken={selected === null ? '' : noteOf(selected).join(': ')}
      onHover={(point) => {
        const place = point && tokenAt(layout, point.x, point.y);
        if (place === null || point === null) {
          if (hovered !== null) setHovered(null);
        } else if (hovered?.row !== place.row || hovered.token !== place.token)
          setHovered({ ...point, ...place });
      }}
      onPress={(point) => {
        const place = tokenAt(layout, point.x, point.y);
        if (place !== null) onSelect(place);
      }}
      onKey={(event) => {
        const move = ARROW_MOVES[event.key];
        if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        if (rowCount === 0) return;
        const from = selected ?? { row: 0, token: 0 };
        const row = Math.max(0, Math.min(rowCount - 1, from.row + move[1]));
        const token = Math.max(0, Math.min(counts[row] - 1, from.token + move[0]));
        onSelect({ row, token });
      }}
    />
  );
}
