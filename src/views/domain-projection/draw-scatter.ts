import { SANS } from '../../ui/figure.ts';
import type { ScatterLayout } from './scatter-layout.ts';

type Color = (name: string) => string;

/** Points in their sets' colours and marks: colour is never the only way to tell them apart. */
export interface ScatterScene {
  readonly layout: ScatterLayout;
  /** [points] which set each belongs to. */
  readonly labels: ArrayLike<number>;
  /** By set. */
  readonly colors: readonly string[];
  readonly axisX: string;
  readonly axisY: string;
}

const RADIUS = 5;

/** One of eight marks: disc, square, triangle, diamond, then the same hollow. */
export function drawMark(
  context: CanvasRenderingContext2D,
  mark: number,
  x: number,
  y: number,
  radius: number,
): void {
  context.beginPath();
  switch (mark % 4) {
    case 0:
      context.arc(x, y, radius, 0, 2 * Math.PI);
      break;
    case 1:
      context.rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8);
      break;
    case 2:
      context.moveTo(x, y - radius * 1.15);
      context.lineTo(x + radius * 1.1, y + radius * 0.85);
      context.lineTo(x - radius * 1.1, y + radius * 0.85);
      context.closePath();
      break;
    default:
      context.moveTo(x, y - radius * 1.25);
      context.lineTo(x + radius * 1.25, y);
      context.lineTo(x, y + radius * 1.25);
      context.lineTo(x - radius * 1.25, y);
      context.closePath();
  }
  if (mark % 8 < 4) context.fill();
  context.stroke();
}

/** Paints frame, axes' names and points; points without a place are left out. */
export function drawScatter(
  context: CanvasRenderingContext2D,
  scene: ScatterScene,
  color: Color,
): void {
  const { layout, labels, colors } = scene;
  const { width, height, places } = layout;
  context.strokeStyle = color('border');
  context.lineWidth = 1;
  context.strokeRect(0.5, 0.5, width - 1, height - 1);
  context.font = `10px ${SANS}`;
  context.fillStyle = color('text-faint');
  context.textBaseline = 'alphabetic';
  context.textAlign = 'right';
  if (scene.axisX !== '') context.fillText(scene.axisX, width - 6, height - 6);
  context.textAlign = 'left';
  if (scene.axisY !== '') context.fillText(scene.axisY, 6, 14);
  for (let at = 0; at < labels.length; at++) {
    const [x, y] = [places[2 * at], places[2 * at + 1]];
    if (Number.isNaN(x)) continue;
    context.fillStyle = colors[labels[at]];
    context.strokeStyle = labels[at] % 8 < 4 ? color('surface') : colors[labels[at]];
    context.lineWidth = labels[at] % 8 < 4 ? 1 : 2;
    drawMark(context, labels[at], x, y, RADIUS);
  }
}

/** A ring around a point. */
export function drawRing(
  context: CanvasRenderingContext2D,
  { places }: ScatterLayout,
  at: number,
  color: Color,
): void {
  if (Number.isNaN(places[2 * at])) return;
  context.strokeStyle = color('query');
  context.lineWidth = 2;
  context.beginPath();
  context.arc(places[2 * at], places[2 * at + 1], RADIUS + 4, 0, 2 * Math.PI);
  context.stroke();
}
