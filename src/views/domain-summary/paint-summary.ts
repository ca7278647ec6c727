import { type Painting, SANS, wrapText } from '../../ui/figure.ts';
import { getThemeColors } from '../../ui/use-theme.ts';
import { capitalise, type Summary } from './summary-text.ts';

const WIDTH = 640;
const LINE = 17;
const SPACE = 8;

interface Block {
  readonly text: string;
  readonly font: string;
  readonly color: string;
}

/** The summary as a picture of its words. */
export function paintSummary(summary: Summary | null): Painting {
  const blocks: readonly Block[] =
    summary === null
      ? []
      : [
          { text: summary.verdict, font: `600 14px ${SANS}`, color: 'text' },
          ...[
            summary.because,
            ...summary.points.map(({ measure, text }) => `${capitalise(measure)}: ${text}`),
          ]
            .filter((text) => text !== '')
            .map((text) => ({ text, font: `12px ${SANS}`, color: 'text' })),
          ...[summary.method, summary.caution].map((text) => ({
            text,
            font: `11px ${SANS}`,
            color: 'text-faint',
          })),
        ];
  const context = document.createElement('canvas').getContext('2d');
  const wrapped = blocks.map((block) => {
    if (context !== null) context.font = block.font;
    const measure = (text: string): number => context?.measureText(text).width ?? 6 * text.length;
    return { ...block, lines: wrapText(block.text, WIDTH, measure) };
  });
  const height = wrapped.reduce((sum, { lines }) => sum + lines.length * LINE + SPACE, 0);
  return {
    width: WIDTH,
    height: Math.max(1, height),
    draw(on) {
      const color = getThemeColors();
      on.textAlign = 'left';
      on.textBaseline = 'middle';
      let y = LINE / 2;
      for (const { lines, font, color: name } of wrapped) {
        on.font = font;
        on.fillStyle = color(name);
        for (const line of lines) {
          on.fillText(line, 0, y);
          y += LINE;
        }
        y += SPACE;
      }
    },
  };
}
