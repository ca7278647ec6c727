import type { KeyboardEvent } from 'react';
import { moveCell } from '../../state/move-cell.ts';
import type { Selection } from '../../state/selection.ts';
import { type CanvasPoint, ChartCanvas } from '../../ui/ChartCanvas.tsx';
import type { Draw } from '../../ui/figure.ts';
import type { Focus } from './lines-layout.ts';
import { t } from './messages.ts';

export interface AttentionLinesProps {
  readonly width: number;
  readonly height: number;
  readonly draw: Draw;
  readonly drawOverlay: Draw;
  readonly spoken: string;
  readonly selection: Pick<Selection, 'query' | 'key'>;
  readonly count: number;
  /** Queries that Page Up and Page Down move by. */
  readonly page: number;
  /** The unit under a point and its role there. */
  readonly unitAt: (point: CanvasPoint) => Focus | null;
  readonly hovered: Focus | null;
  readonly onHover: (focus: Focus | null) => void;
  readonly onSelect: (part: Partial<Pick<Selection, 'query' | 'key'>>) => void;
  /** Moves the window by some rows; returns whether it could. */
  readonly onScroll: (rows: number) => boolean;
}

/** One head's lines or arcs on canvas: point, click, wheel, keyboard. */
export function AttentionLines(props: AttentionLinesProps) {
  const { selection, count, hovered } = props;
  const onHover = (point: CanvasPoint | null): void => {
    const unit = point && props.unitAt(point);
    if (unit?.side !== hovered?.side || unit?.index !== hovered?.index) props.onHover(unit);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey) return;
    const query = Math.min(count - 1, selection.query ?? count - 1);
    const key = Math.min(query, selection.key ?? query);
    const next = moveCell({ query, key }, event, count, props.page);
    if (next === null) return;
    event.preventDefault();
    props.onSelect(next);
  };
  return (
    <ChartCanvas
      width={props.width}
      height={props.height}
      draw={props.draw}
      drawOverlay={props.drawOverlay}
      label={t('label')}
      spoken={props.spoken}
      cursor={hovered === null ? 'default' : 'pointer'}
      onHover={onHover}
      onPress={(point, event) => {
        const unit = event.button === 0 ? props.unitAt(point) : null;
        if (unit !== null) props.onSelect({ [unit.side]: unit.index });
      }}
      onKey={onKey}
      onWheel={(event) =>
        !event.ctrlKey && event.deltaY !== 0 && props.onScroll(3 * Math.sign(event.deltaY))
      }
    />
  );
}
