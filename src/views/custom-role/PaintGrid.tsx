import { useCallback, useRef, useState } from 'react';
import type { PaintedMatrix } from '../../measures/painted-pattern.ts';
import { type CanvasPoint, ChartCanvas } from '../../ui/ChartCanvas.tsx';
import { type Draw, SANS } from '../../ui/figure.ts';
import { getThemeColors } from '../../ui/use-theme.ts';
import { t } from './messages.ts';
import { isPainted, paintCell } from './painting.ts';

const CELL = 15;
const LEFT = 4;
const TOP = 18;
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

interface Place {
  readonly row: number;
  readonly column: number;
}

/** The cell under a point; null outside. */
function cellAt({ x, y }: CanvasPoint, side: number): Place | null {
  const column = Math.floor((x - LEFT) / CELL);
  const row = Math.floor((y - TOP) / CELL);
  return row >= 0 && column >= 0 && row < side && column < side ? { row, column } : null;
}

/** Paints a painting's cells, those above the diagonal left out. */
function drawPainting(context: CanvasRenderingContext2D, painting: PaintedMatrix): void {
  const color = getThemeColors();
  context.font = `10px ${SANS}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillStyle = color('text-faint');
  context.fillText(`${t('paintRows')}   ${t('paintColumns')}`, LEFT, 8);
  for (let row = 0; row < painting.side; row++) {
    for (let column = 0; column <= row; column++) {
      context.fillStyle = color(isPainted(painting, row, column) ? 'accent' : 'border');
      context.fillRect(LEFT + column * CELL, TOP + row * CELL, CELL - 1, CELL - 1);
    }
  }
}

/** A small matrix to be painted with the pointer or with keys. */
export function PaintGrid(props: {
  readonly painting: PaintedMatrix;
  readonly onChange: (painting: PaintedMatrix) => void;
}) {
  const { painting, onChange } = props;
  const { side } = painting;
  const [place, setPlace] = useState<Place>({ row: side - 1, column: 0 });
  /** Whether the stroke that goes on paints or wipes, and what it has painted so far. */
  const stroke = useRef<{ value: boolean; painted: PaintedMatrix } | null>(null);
  const draw = useCallback<Draw>((context) => drawPainting(context, painting), [painting]);
  const drawOverlay = useCallback<Draw>(
    (context) => {
      context.strokeStyle = getThemeColors()('query');
      context.lineWidth = 2;
      context.strokeRect(
        LEFT + place.column * CELL - 0.5,
        TOP + place.row * CELL - 0.5,
        CELL,
        CELL,
      );
    },
    [place],
  );
  const go = (point: CanvasPoint): void => {
    const cell = cellAt(point, side);
    if (cell === null || stroke.current === null || cell.column > cell.row) return;
    const painted = paintCell(stroke.current.painted, cell.row, cell.column, stroke.current.value);
    setPlace(cell);
    if (painted === stroke.current.painted) return;
    stroke.current.painted = painted;
    onChange(painted);
  };
  const spoken = t('paintCell', {
    row: place.row + 1,
    column: place.column + 1,
    state: t(isPainted(painting, place.row, place.column) ? 'isPainted' : 'isBlank'),
  });
  return (
    <div className="paint-grid">
      <ChartCanvas
        width={LEFT * 2 + side * CELL}
        height={TOP + side * CELL + 4}
        draw={draw}
        drawOverlay={drawOverlay}
        label={t('paintLabel')}
        spoken={spoken}
        cursor="crosshair"
        onPress={(point) => {
          const cell = cellAt(point, side);
          if (cell === null) return;
          stroke.current = {
            value: !isPainted(painting, cell.row, cell.column),
            painted: painting,
          };
          go(point);
        }}
        onDrag={go}
        onRelease={() => {
          stroke.current = null;
        }}
        onKey={(event) => {
          const move = MOVES[event.key];
          if (event.key === ' ' || event.key === 'Enter') {
            event.preventDefault();
            const { row, column } = place;
            onChange(paintCell(painting, row, column, !isPainted(painting, row, column)));
          } else if (move !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
            event.preventDefault();
            const row = Math.max(0, Math.min(side - 1, place.row + move[0]));
            setPlace({ row, column: Math.max(0, Math.min(row, place.column + move[1])) });
          }
        }}
      />
      <p className="faint mono" data-readout="paint-cell">
        {spoken}
      </p>
    </div>
  );
}
