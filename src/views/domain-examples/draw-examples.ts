import { line, ticks } from 'd3';
import { cutToWidth, drawSideways } from '../../ui/canvas-text.ts';
import { SANS } from '../../ui/figure.ts';
import {
  type ExamplePlace,
  type ExamplesLayout,
  getBarHeight,
  getGround,
  ROW_HEIGHT,
  ROW_TITLE,
} from './examples-layout.ts';
import { t } from './messages.ts';

type Color = (name: string) => string;

/** One text of a set. */
export interface ExampleBars {
  readonly setName: string;
  readonly title: string;
  readonly color: string;
  /** [token]; NaN where undefined. */
  readonly values: ArrayLike<number>;
  readonly maxima: ArrayLike<number>;
}

export interface ExamplesScene {
  readonly layout: ExamplesLayout;
  readonly rows: readonly ExampleBars[];
}

/** Paints each text's bars under its name, with the largest possible as a dashed line. */
export function drawExamples(
  context: CanvasRenderingContext2D,
  { layout, rows }: ExamplesScene,
  color: Color,
): void {
  const { left, step, width } = layout;
  rows.forEach((row, at) => {
    const ground = getGround(at);
    const top = ground - ROW_HEIGHT;
    context.textBaseline = 'middle';
    context.textAlign = 'right';
    context.font = `10px ${SANS}`;
    for (const tick of ticks(0, layout.largest, 2)) {
      const y = Math.round(ground - getBarHeight(layout, tick));
      context.fillStyle = color('border');
      context.fillRect(left, y, width - left, 1);
      context.fillStyle = color('text-faint');
      context.fillText(String(tick), left - 6, y);
    }
    context.textAlign = 'left';
    context.fillStyle = row.color;
    context.fillRect(left, top + ROW_TITLE / 2 - 5, 10, 10);
    context.font = `600 11px ${SANS}`;
    context.fillStyle = color('text');
    const name = cutToWidth(context, row.setName, (width - left) / 2);
    context.fillText(name, left + 16, top + ROW_TITLE / 2);
    const indent = 16 + context.measureText(name).width + 10;
    context.font = `11px ${SANS}`;
    context.fillStyle = color('text-faint');
    context.fillText(
      cutToWidth(context, row.title, Math.max(20, width - left - indent)),
      left + indent,
      top + ROW_TITLE / 2,
    );
    context.fillStyle = row.color;
    const inset = step > 4 ? 1 : 0;
    for (let token = 0; token < row.values.length; token++) {
      const value = row.values[token];
      if (Number.isNaN(value)) continue;
      const height = getBarHeight(layout, value);
      context.fillRect(left + token * step, ground - height, Math.max(0.6, step - inset), height);
    }
    drawMaxima(context, layout, row, ground, color);
  });
  context.font = `10px ${SANS}`;
  context.fillStyle = color('text-faint');
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const longest = Math.max(0, ...layout.counts);
  const ground = getGround(layout.rowCount - 1);
  for (const token of ticks(0, longest, 8)) {
    if (token < longest && Number.isInteger(token))
      context.fillText(String(token), left + (token + 0.5) * step, ground + 10);
  }
  context.textAlign = 'right';
  context.fillText(t('axisX'), width - 2, ground + 23);
  drawSideways(context, t('axisY'), 7, (ROW_HEIGHT + ROW_TITLE) / 2, 'center');
}

/** The largest possible values as far as they fit. */
function drawMaxima(
  context: CanvasRenderingContext2D,
  layout: ExamplesLayout,
  { maxima }: ExampleBars,
  ground: number,
  color: Color,
): void {
  const path = line<number>()
    .defined((token) => maxima[token] <= layout.largest * 1.0001)
    .x((token) => layout.left + (token + 0.5) * layout.step)
    .y((token) => ground - getBarHeight(layout, maxima[token]))
    .context(context);
  context.strokeStyle = color('text-faint');
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  context.beginPath();
  path(Array.from(maxima, (_, token) => token));
  context.stroke();
  context.setLineDash([]);
}

/** Marks a token's column. */
export function drawExamplePlace(
  context: CanvasRenderingContext2D,
  { layout, rows }: ExamplesScene,
  { row, token }: ExamplePlace,
  color: Color,
): void {
  const value = rows[row]?.values[token] ?? Number.NaN;
  const height = Math.max(2, Number.isNaN(value) ? 0 : getBarHeight(layout, value));
  context.fillStyle = color('query');
  context.fillRect(
    layout.left + token * layout.step,
    getGround(row) - height,
    Math.max(2, layout.step - 1),
    height,
  );
}
