import type { KeyboardEvent } from 'react';
import type { Selection } from '../../state/selection.ts';
import { type CanvasPoint, ChartCanvas } from '../../ui/ChartCanvas.tsx';
import type { Draw } from '../../ui/figure.ts';
import { t } from './messages.ts';
import { type StepsLayout, type StepsTarget, targetAt } from './steps-layout.ts';

export interface AttentionStepsProps {
  readonly layout: StepsLayout;
  readonly draw: Draw;
  readonly drawOverlay: Draw;
  readonly spoken: string;
  /** Keys by falling score. */
  readonly order: Int32Array;
  readonly query: number;
  readonly selectedKey: number | null;
  readonly count: number;
  readonly onTarget: (target: StepsTarget | null) => void;
  readonly onSelect: (part: Partial<Pick<Selection, 'query' | 'key'>>) => void;
  /** Selects the key of a rank by score. */
  readonly onRank: (rank: number) => void;
  readonly onPage: (by: number) => void;
}

/** The steps of one query on canvas: point at numbers, click a key, go through keys by score. */
export function AttentionSteps(props: AttentionStepsProps) {
  const { layout, order, query, count } = props;
  const hover = (point: CanvasPoint | null): void =>
    props.onTarget(point && targetAt(layout, point.x, point.y));
  const onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const rank = props.selectedKey === null ? -1 : order.indexOf(props.selectedKey);
    switch (event.key) {
      case 'ArrowDown':
        props.onRank(rank + 1);
        break;
      case 'ArrowUp':
        props.onRank(rank - 1);
        break;
      case 'Home':
        props.onRank(0);
        break;
      case 'End':
        props.onRank(order.length - 1);
        break;
      case 'ArrowLeft':
        props.onSelect({ query: Math.max(0, query - 1) });
        break;
      case 'ArrowRight':
        props.onSelect({ query: Math.min(count - 1, query + 1) });
        break;
      case 'PageDown':
        props.onPage(1);
        break;
      case 'PageUp':
        props.onPage(-1);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  return (
    <ChartCanvas
      width={layout.width}
      height={layout.height}
      draw={props.draw}
      drawOverlay={props.drawOverlay}
      label={t('label')}
      spoken={props.spoken}
      onHover={hover}
      onPress={(point, event) => {
        const target = event.button === 0 ? targetAt(layout, point.x, point.y) : null;
        if (target !== null && 'key' in target) props.onSelect({ query, key: target.key });
      }}
      onKey={onKey}
    />
  );
}
