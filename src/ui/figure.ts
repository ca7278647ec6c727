import type { ColorTheme } from './color-scales.ts';
import { withPngText } from './png-text.ts';
import { getThemeColors } from './use-theme.ts';

/** Paints a chart on anything with the interface of a canvas: the page, a PNG, an SVG. */
export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void;

/** A chart of known size in CSS pixels, ready to be painted anywhere. */
export interface Painting {
  readonly width: number;
  readonly height: number;
  readonly draw: Draw;
}

/** A painting with what a reader of the file needs: what it shows, and what made it. */
export interface Figure {
  readonly title: string;
  readonly caption: string;
  readonly painting: Painting;
  readonly settings: Readonly<Record<string, string>>;
}

/** From the top to the first line of the caption; each line of it adds its height. */
const CAPTION_TOP = 34;
const CAPTION_LINE = 14;
const MARGIN = 12;
export const SANS = '"Inter Variable", system-ui, sans-serif';
const CAPTION_FONT = `11px ${SANS}`;
export const MONO = '"JetBrains Mono Variable", ui-monospace, monospace';

/** A text in lines that are no wider than `width`, broken at spaces; a longer word stands alone. */
export function wrapText(
  text: string,
  width: number,
  measure: (text: string) => number,
): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && measure(`${last} ${word}`) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

/** Size of a figure in CSS pixels: its painting under a title and the lines of its caption. */
function layOutFigure({ painting, caption }: Figure): {
  readonly width: number;
  readonly height: number;
  readonly caption: readonly string[];
  readonly top: number;
} {
  const width = Math.ceil(Math.max(240, painting.width + 2 * MARGIN));
  const context = document.createElement('canvas').getContext('2d');
  if (context !== null) context.font = CAPTION_FONT;
  const measure = (text: string): number => context?.measureText(text).width ?? 0;
  const lines = wrapText(caption, width - 2 * MARGIN, measure);
  const top = CAPTION_TOP + 8 + CAPTION_LINE * (lines.length - 1);
  return { width, height: Math.ceil(painting.height + top + MARGIN), caption: lines, top };
}

function paintFigure(context: CanvasRenderingContext2D, figure: Figure): void {
  const color = getThemeColors();
  const { width, height, caption, top } = layOutFigure(figure);
  context.fillStyle = color('surface');
  context.fillRect(0, 0, width, height);
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillStyle = color('text');
  context.font = `600 13px ${SANS}`;
  context.fillText(figure.title, MARGIN, 18);
  context.fillStyle = color('text-faint');
  context.font = CAPTION_FONT;
  caption.forEach((line, i) => {
    context.fillText(line, MARGIN, CAPTION_TOP + i * CAPTION_LINE);
  });
  context.save();
  context.translate(MARGIN, top);
  figure.painting.draw(context, figure.painting.width, figure.painting.height);
  context.restore();
}

/** Characters that XML does not allow, and halves of surrogate pairs, become U+FFFD. */
export function toXmlText(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
  );
}

/** A stand-alone SVG: marks and labels as vectors, matrices of many cells as embedded images. */
export async function toSvg(figure: Figure): Promise<string> {
  const { Context } = await import('svgcanvas/dist/svgcanvas.esm.js');
  const { width, height } = layOutFigure(figure);
  const context = new Context({ width, height });
  const fillText = context.fillText.bind(context);
  context.fillText = (text, x, y) => fillText(toXmlText(text), x, y);
  paintFigure(context as unknown as CanvasRenderingContext2D, figure);
  const root = context.getSvg();
  root.setAttribute('viewBox', `0 0 ${width} ${height}`);
  for (const image of root.querySelectorAll('image'))
    image.setAttribute('style', 'image-rendering: pixelated');
  const add = (name: string, text: string): void => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    element.textContent = toXmlText(text);
    root.prepend(element);
  };
  add('metadata', JSON.stringify(figure.settings));
  add('title', figure.title);
  return new XMLSerializer().serializeToString(root);
}

/** A PNG at 1x, 2x or 4x, painted at that size; the settings travel inside as text. */
export async function toPng(figure: Figure, scale: number): Promise<Blob> {
  const { width, height } = layOutFigure(figure);
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('the browser gives no canvas');
  context.scale(scale, scale);
  paintFigure(context, figure);
  const png = await new Promise<Blob>((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error(`${canvas.width} x ${canvas.height} pixels are more than it can hold`));
    }, 'image/png');
  });
  const text = { Title: figure.title, Description: JSON.stringify(figure.settings) };
  return new Blob([withPngText(new Uint8Array(await png.arrayBuffer()), text)], {
    type: 'image/png',
  });
}

/** Hands a file to the person. */
export function download(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Where white and black text have the same contrast, at least 4.5, on the sequential scale. */
const LIGHT_FROM: Readonly<Record<ColorTheme, number>> = { light: 0.668, dark: 0.548 };

/** Whether white text is read better than black on a place of the sequential scale. */
export function wantsLightText(place: number, theme: ColorTheme): boolean {
  return theme === 'light' ? place > LIGHT_FROM.light : place < LIGHT_FROM.dark;
}
