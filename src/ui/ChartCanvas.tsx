import { type KeyboardEvent, type PointerEvent, useEffect, useRef, type WheelEvent } from 'react';
import type { Draw } from './figure.ts';
import { useColorTheme } from './use-theme.ts';

export interface CanvasPoint {
  readonly x: number;
  readonly y: number;
}

export interface ChartCanvasProps {
  readonly width: number;
  readonly height: number;
  /** Paints the whole chart; called only when this function, the size or the theme changes. */
  readonly draw: Draw;
  /** Paints what follows the pointer, on a canvas of its own. */
  readonly drawOverlay?: Draw;
  readonly label: string;
  /** What the focused place says, for screen readers. */
  readonly spoken?: string;
  readonly onHover?: (point: CanvasPoint | null) => void;
  readonly onPress?: (point: CanvasPoint, event: PointerEvent) => void;
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly onWheel?: (event: WheelEvent, point: CanvasPoint) => void;
}

function paint(canvas: HTMLCanvasElement | null, width: number, height: number, draw: Draw): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  draw(context, width, height);
}

/** A chart on canvas with a second layer for hovering, so that moving the pointer repaints nothing else. */
export function ChartCanvas(props: ChartCanvasProps) {
  const { width, height, draw, drawOverlay, onHover } = props;
  const base = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const theme = useColorTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the painter reads the theme's colours itself
  useEffect(() => paint(base.current, width, height, draw), [draw, width, height, theme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    if (drawOverlay) paint(overlay.current, width, height, drawOverlay);
  }, [drawOverlay, width, height, theme]);

  const at = (event: { clientX: number; clientY: number; currentTarget: Element }): CanvasPoint => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a canvas that is moved through with arrow keys has no element of its own
    <div
      className="chart"
      style={{ width, height }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move through the chart
      tabIndex={0}
      role="group"
      aria-roledescription="chart"
      aria-label={props.label}
      onPointerMove={(event) => onHover?.(at(event))}
      onPointerLeave={() => onHover?.(null)}
      onPointerDown={(event) => props.onPress?.(at(event), event)}
      onKeyDown={props.onKey}
      onWheel={(event) => props.onWheel?.(event, at(event))}
    >
      <canvas ref={base} style={{ width, height }} />
      {drawOverlay && <canvas ref={overlay} className="overlay" style={{ width, height }} />}
      <span className="spoken" aria-live="polite">
        {props.spoken}
      </span>
    </div>
  );
}
