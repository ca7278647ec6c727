import type { CssPixels } from '../../lib/flavor.ts';
import type { TurnSpan } from '../../text/locate-turns.ts';
import { SANS } from '../../ui/figure.ts';
import type { StripFigure } from './strip-figure.ts';

export const FIGURE_FONT = `14px ${SANS}`;
export const FIGURE_ROW: CssPixels = 25;
/** Room at the left for the names of roles. */
export const ROLE_MARGIN: CssPixels = 72;
const LEGEND = 28;
const RAMP_STEPS = 24;

/** What a figure of the strip shows. */
export interface StripScene {
  readonly figure: StripFigure;
  /** Background of each token. */
  readonly backgroundOf: (token: number) => string;
  readonly isMuted: (token: number) => boolean;
  readonly isQuery: (token: number) => boolean;
  readonly isKey: (token: number) => boolean;
  readonly nameTurn: (turn: TurnSpan) => string;
  /** The scale under the text: colour by place, and numbers at places; null without a tint. */
  readonly legend: {
    readonly colorAt: (place: number) => string;
    readonly stops: readonly (readonly [place: number, text: string])[];
    readonly title: string;
  } | null;
  readonly color: (name: string) => string;
}

/** Height of the figure with its legend. */
export function getFigureHeight({ rowCount }: StripFigure, hasLegend: boolean): CssPixels {
  return rowCount * FIGURE_ROW + (hasLegend ? LEGEND : 0) + 4;
}

/** Paints the tinted text with its scale; pixels of the figure, no state. */
export function drawStrip(context: CanvasRenderingContext2D, scene: StripScene): void {
  const { figure, color } = scene;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.font = `11px ${SANS}`;
  context.fillStyle = color('text-faint');
  for (const { turn, row } of figure.turns)
    context.fillText(scene.nameTurn(turn), 0, (row + 0.5) * FIGURE_ROW);
  context.font = FIGURE_FONT;
  for (const { index, x, width, row } of figure.placed) {
    const y = row * FIGURE_ROW;
    const background = scene.backgroundOf(index);
    if (background !== 'transparent') {
      context.fillStyle = background;
      context.fillRect(x, y + 2, width, FIGURE_ROW - 4);
    }
    context.fillStyle = color('border-strong');
    context.fillRect(x + 0.5, y + FIGURE_ROW - 3, Math.max(0, width - 1), 1);
    if (scene.isQuery(index)) {
      context.strokeStyle = color('query');
      context.lineWidth = 2;
      context.strokeRect(x + 1, y + 2, Math.max(0, width - 2), FIGURE_ROW - 4);
    }
    if (scene.isKey(index)) {
      context.fillStyle = color('key');
      context.fillRect(x, y + FIGURE_ROW - 4, width, 3);
    }
  }
  for (const { index, text, isRightToLeft, x, row } of figure.texts) {
    const isPlain = scene.backgroundOf(index) === 'transparent';
    context.fillStyle = color(isPlain && scene.isMuted(index) ? 'text-muted' : 'text');
    context.direction = isRightToLeft ? 'rtl' : 'ltr';
    context.fillText(text, x, (row + 0.5) * FIGURE_ROW);
  }
  context.direction = 'ltr';
  if (scene.legend !== null) drawLegend(context, scene.legend, figure, color);
}

function drawLegend(
  context: CanvasRenderingContext2D,
  { colorAt, stops, title }: NonNullable<StripScene['legend']>,
  figure: StripFigure,
  color: (name: string) => string,
): void {
  const y = figure.rowCount * FIGURE_ROW + 10;
  context.font = `11px ${SANS}`;
  context.fillStyle = color('text-muted');
  context.fillText(title, 0, y + 5);
  const left = Math.ceil(context.measureText(title).width) + 10;
  const width = 120;
  for (let i = 0; i < RAMP_STEPS; i++) {
    context.fillStyle = colorAt((i + 0.5) / RAMP_STEPS);
    context.fillRect(left + (i * width) / RAMP_STEPS, y, width / RAMP_STEPS + 0.5, 10);
  }
  context.fillStyle = color('text-muted');
  const ends = stops.filter(([place]) => place === 0 || place === 1).map(([, text]) => text);
  context.fillText(ends.join(' – '), left + width + 8, y + 5);
}
