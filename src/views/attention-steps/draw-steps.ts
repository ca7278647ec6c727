import { formatPercent } from '../../lib/format-number.ts';
import type { AttentionSteps } from '../../measures/attention-steps.ts';
import type { HeadVectors } from '../../protocol/run.ts';
import { cutToWidth } from '../../ui/canvas-text.ts';
import { type ColorTheme, divergingColor } from '../../ui/color-scales.ts';
import { MONO, SANS } from '../../ui/figure.ts';
import { formatValue } from './describe-target.ts';
import { t } from './messages.ts';
import { sayScoreShort } from './score-rule.ts';
import {
  HEADING,
  ROW,
  type Span,
  STRIP,
  type StepsLayout,
  type Strip,
  TEXT_LINE,
} from './steps-layout.ts';

/** The largest absolute value of each kind of vector: its strips' colours reach from minus to plus that. */
export interface Ranges {
  readonly q: number;
  readonly k: number;
  readonly v: number;
  readonly o: number;
}

export interface StepsScene {
  readonly layout: StepsLayout;
  readonly vectors: HeadVectors;
  readonly steps: AttentionSteps;
  readonly ranges: Ranges;
  /** Tokens of the whole text. */
  readonly count: number;
  readonly textOf: (key: number) => string;
  readonly theme: ColorTheme;
  readonly color: (name: string) => string;
}

/** The largest absolute value; 0 of nothing. */
export function largestAbsolute(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

type Context = CanvasRenderingContext2D;

function drawStrip(
  context: Context,
  scene: StepsScene,
  strip: Strip,
  values: Float32Array,
  range: number,
): void {
  const size = strip.width / values.length;
  values.forEach((value, i) => {
    const share = range > 0 ? value / range : 0;
    // A few components are far larger than the rest; the square root keeps the others visible.
    context.fillStyle = divergingColor(Math.sign(share) * Math.sqrt(Math.abs(share)), scene.theme);
    context.fillRect(strip.x + i * size, strip.y, size + 0.25, strip.height);
  });
  context.strokeStyle = scene.color('border');
  context.lineWidth = 1;
  context.strokeRect(strip.x + 0.5, strip.y + 0.5, strip.width - 1, strip.height - 1);
}

/** Paints all steps from the query's vector to the head's output. */
export function drawSteps(context: Context, scene: StepsScene): void {
  const { layout, vectors, steps, ranges, textOf, color } = scene;
  const { query } = vectors;
  const heading = (text: string, y: number): void => {
    context.font = `600 11px ${SANS}`;
    context.fillStyle = color('text-muted');
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.fillText(cutToWidth(context, text, layout.width), 0, y);
  };
  const text = textOf(query);
  heading(t('query', { query, text, size: layout.headSize }), HEADING / 2 - 1);
  drawStrip(context, scene, layout.queryStrip, vectors.queryVector, ranges.q);
  drawColumnHeadings(context, scene);
  for (const [row, key] of layout.keys.entries()) drawRow(context, scene, row, key);
  drawOthers(context, scene);
  drawMask(context, scene, heading);
  context.font = `11px ${SANS}`;
  context.fillStyle = color('text-muted');
  const softmax = [
    t('softmaxMaximum', { maximum: formatValue(steps.maximum), key: steps.largestKey }),
    t('softmaxSum', { sum: formatValue(steps.sum) }),
  ];
  softmax.forEach((line, i) => {
    context.font = `${i === 0 ? '600 ' : ''}11px ${SANS}`;
    context.fillText(
      cutToWidth(context, line, layout.width),
      0,
      layout.softmaxY + TEXT_LINE * (i + 0.5),
    );
  });
  heading(t('output', { query, text }), layout.outputStrip.y - HEADING / 2 - 1);
  drawStrip(context, scene, layout.outputStrip, vectors.output, ranges.o);
}

function drawColumnHeadings(context: Context, { layout, vectors, color }: StepsScene): void {
  const { columns, rowsTop } = layout;
  context.fillStyle = color('text-muted');
  context.textBaseline = 'middle';
  const y = rowsTop - HEADING / 2;
  const write = (span: Span | null, text: string, align: 'left' | 'right' = 'left'): void => {
    if (span === null) return;
    context.font = `600 11px ${SANS}`;
    context.textAlign = align;
    const cut = cutToWidth(context, text, span.width + 6);
    context.fillText(cut, align === 'left' ? span.x : span.x + span.width, y);
  };
  write(columns.key, t('keyColumn'));
  write(columns.score, sayScoreShort(vectors), 'right');
  write(columns.exponential, t('exponentialColumn'), 'right');
  write(columns.weight, t('weightColumn'));
  write(columns.value, t('valueColumn'));
}

function drawRow(context: Context, scene: StepsScene, row: number, key: number): void {
  const { layout, vectors, steps, ranges, textOf, color } = scene;
  const { columns, headSize } = layout;
  const top = layout.rowsTop + row * ROW;
  const middle = top + ROW / 2;
  const part = (values: Float32Array): Float32Array =>
    values.subarray(key * headSize, (key + 1) * headSize);
  const strip = (span: Span): Strip => ({ ...span, y: middle - STRIP / 2, height: STRIP });
  drawStrip(context, scene, strip(columns.key), part(vectors.keyVectors), ranges.k);
  drawStrip(context, scene, strip(columns.value), part(vectors.valueVectors), ranges.v);
  const numbers = 44;
  const bar = Math.max(0, columns.weight.width - numbers - 4);
  context.fillStyle = color('border');
  context.fillRect(columns.weight.x, middle - 3, bar, 6);
  context.fillStyle = color('accent');
  context.fillRect(columns.weight.x, middle - 3, bar * Math.min(1, vectors.weights[key]), 6);
  context.textBaseline = 'middle';
  context.fillStyle = color('text');
  context.font = `11px ${MONO}`;
  context.textAlign = 'left';
  const label = `${key} ${textOf(key)}`;
  context.fillText(cutToWidth(context, label, columns.label.width), columns.label.x, middle);
  context.textAlign = 'right';
  const right = (span: Span): number => span.x + span.width;
  context.fillText(vectors.scores[key].toFixed(2), right(columns.score), middle);
  if (columns.exponential !== null) {
    context.fillText(formatValue(steps.exponentials[key]), right(columns.exponential), middle);
  }
  context.fillText(formatPercent(vectors.weights[key]), right(columns.weight), middle);
}

/** The keys without a row, taken together. */
function drawOthers(context: Context, { layout, vectors, color }: StepsScene): void {
  const others = vectors.weights.length - layout.keys.length;
  if (others <= 0) return;
  const shown = layout.keys.reduce((sum, key) => sum + vectors.weights[key], 0);
  context.font = `11px ${SANS}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = color('text-faint');
  const mass = formatPercent(Math.max(0, 1 - shown));
  context.fillText(t('others', { count: others, mass }), 0, layout.othersY + ROW / 2);
}

/** Which tokens the query can see, as a bar over the whole text. */
function drawMask(
  context: Context,
  { layout, vectors, count, color }: StepsScene,
  heading: (text: string, y: number) => void,
): void {
  const { maskStrip } = layout;
  const hidden = Math.max(0, count - vectors.query - 1);
  // Keys before the layer's window; they come first.
  const outside = vectors.scores.filter((score) => score === Number.NEGATIVE_INFINITY).length;
  const said = hidden === 0 ? t('maskNone') : t('mask', { count: hidden });
  const text = outside === 0 ? said : t('maskWindow', { hidden, count: outside });
  heading(text, maskStrip.y - HEADING / 2 - 1);
  const unit = maskStrip.width / Math.max(1, count);
  context.fillStyle = color('border');
  context.fillRect(maskStrip.x, maskStrip.y, maskStrip.width, maskStrip.height);
  context.fillStyle = color('query');
  const seen = unit * (vectors.query + 1 - outside);
  context.fillRect(maskStrip.x + unit * outside, maskStrip.y, seen, maskStrip.height);
}

/** Paints the selected key's row, and a frame around the component that is pointed at. */
export function drawStepsOverlay(
  context: Context,
  { layout, color }: Pick<StepsScene, 'layout' | 'color'>,
  key: number | null,
): void {
  const row = key === null ? -1 : layout.keys.indexOf(key);
  if (row < 0) return;
  context.fillStyle = color('key');
  context.globalAlpha = 0.12;
  context.fillRect(0, layout.rowsTop + row * ROW, layout.width, ROW);
  context.globalAlpha = 1;
}
