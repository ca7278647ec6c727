import { MONO, type Painting, SANS } from './figure.ts';
import { getThemeColors } from './use-theme.ts';

/** One line of a list of bars; `share` from 0 to 1 is the bar's length, NaN draws none. */
export interface BarRow {
  readonly label: string;
  readonly share: number;
  readonly value: string;
  readonly note?: string;
}
export interface BarSection {
  readonly heading: string;
  readonly rows: readonly BarRow[];
}

const LINE = 20;
const WIDTH = 460;
const LABEL = 140;
const BAR = 150;

/** The picture of lists of bars, for exports of views that stand on the page as plain text. */
export function paintBars(sections: readonly BarSection[]): Painting {
  const lines = sections.reduce(
    (sum, { heading, rows }) => sum + rows.length + +(heading !== ''),
    0,
  );
  return {
    width: WIDTH,
    height: Math.max(1, lines) * LINE,
    draw(context) {
      const color = getThemeColors();
      let y = LINE / 2;
      const write = (text: string, x: number, name: string, font: string): void => {
        context.fillStyle = color(name);
        context.font = font;
        context.fillText(text, x, y);
      };
      context.textBaseline = 'middle';
      context.textAlign = 'left';
      for (const { heading, rows } of sections) {
        if (heading !== '') {
          write(heading, 0, 'text-faint', `600 11px ${SANS}`);
          y += LINE;
        }
        for (const { label, share, value, note } of rows) {
          write(label, 0, 'text', `11px ${MONO}`);
          context.fillStyle = color('border');
          context.fillRect(LABEL, y - 3, BAR, 6);
          context.fillStyle = color('accent');
          if (share > 0) context.fillRect(LABEL, y - 3, BAR * Math.min(1, share), 6);
          write(value, LABEL + BAR + 10, 'text', `11px ${SANS}`);
          if (note) write(note, LABEL + BAR + 90, 'text-faint', `11px ${SANS}`);
          y += LINE;
        }
      }
    },
  };
}
