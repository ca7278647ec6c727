import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
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
  /** Called while a button is held after a press, wherever the pointer goes. */
  readonly onDrag?: (point: CanvasPoint, event: PointerEvent) => void;
  /** The end of a press; `isCancelled` when the browser took the pointer away. */
  readonly onRelease?: (point: CanvasPoint, event: PointerEvent, isCancelled: boolean) => void;
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly onBlur?: () => void;
  /** Returns whether it took the turn; the page scrolls when it did not. */
  readonly onWheel?: (event: WheelEvent, point: CanvasPoint) => boolean;
  /** The pointer's shape. */
  readonly cursor?: string;
}

function paint(canvas: HTMLCanvasElement | null, width: number, height: number, draw: Draw): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  // Ligatures of the mono face would turn "<|" and "->" into signs that the text does not have.
  context.textRendering = 'optimizeSpeed';
  draw(context, width, height);
}

/** A chart on canvas with a second layer for hovering, so that moving the pointer repaints nothing else. */
export function ChartCanvas(props: ChartCanvasProps) {
  const { width, height, draw, drawOverlay, onHover } = props;
  const box = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const theme = useColorTheme();
  const [hasFocus, setHasFocus] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the painter reads the theme's colours itself
  useLayoutEffect(() => paint(base.current, width, height, draw), [draw, width, height, theme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useLayoutEffect(() => {
    if (drawOverlay) paint(overlay.current, width, height, drawOverlay);
  }, [drawOverlay, width, height, theme]);

  const at = (event: { clientX: number; clientY: number }): CanvasPoint => {
    const bounds = box.current?.getBoundingClientRect();
    return { x: event.clientX - (bounds?.left ?? 0), y: event.clientY - (bounds?.top ?? 0) };
  };
  const wheel = useRef<(event: WheelEvent) => void>(() => undefined);
  useEffect(() => {
    wheel.current = (event) => {
      if (props.onWheel?.(event, at(event))) event.preventDefault();
    };
  });
  // React listens to wheels passively, where the page cannot be kept from scrolling.
  useEffect(() => {
    const element = box.current;
    const listen = (event: WheelEvent): void => wheel.current(event);
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, []);
  const isHeld = useRef(false);
  const release = (event: PointerEvent, isCancelled: boolean): void => {
    if (!isHeld.current) return;
    isHeld.current = false;
    props.onRelease?.(at(event), event, isCancelled);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a canvas that is moved through with arrow keys has no element of its own
    <div
      ref={box}
      className="chart"
      style={{ width, height, cursor: props.cursor }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move through the chart
      tabIndex={0}
      role="group"
      aria-roledescription="chart"
      aria-label={props.label}
      onPointerMove={(event) =>
        isHeld.current && props.onDrag ? props.onDrag(at(event), event) : onHover?.(at(event))
      }
      onPointerLeave={() => onHover?.(null)}
      onPointerDown={(event) => {
        if (props.onDrag) {
          isHeld.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          // The middle button would start the browser's own scrolling.
          if (event.button === 1) event.preventDefault();
        }
        props.onPress?.(at(event), event);
      }}
      onMouseDown={(event) => props.onDrag && event.button === 1 && event.preventDefault()}
      onPointerUp={(event) => release(event, false)}
      onPointerCancel={(event) => release(event, true)}
      onKeyDown={props.onKey}
      onFocus={() => setHasFocus(true)}
      onBlur={() => {
        setHasFocus(false);
        props.onBlur?.();
      }}
    >
      <canvas ref={base} style={{ width, height }} />
      {drawOverlay && <canvas ref={overlay} className="overlay" style={{ width, height }} />}
      {/* Only the chart that one is in speaks: all of them follow one selection. */}
      <span className="spoken" aria-live="polite">
        {hasFocus && props.spoken}
      </span>
    </div>
  );
}
