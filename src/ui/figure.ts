/** A figure as a stand-alone SVG document of known size. */
export interface Figure {
  readonly width: number;
  readonly height: number;
  readonly svg: string;
}

export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML does not allow them
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

/** Wraps a chart painted on canvas, with its title and the settings that made it, as SVG. */
export function toFigure(
  width: number,
  height: number,
  title: string,
  settings: Readonly<Record<string, string>>,
  background: string,
  color: string,
  body: string,
): Figure {
  const full = height + 30;
  const metadata = escapeXml(JSON.stringify(settings));
  return {
    width,
    height: full,
    svg: [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${full}" viewBox="0 0 ${width} ${full}" font-family="Inter, system-ui, sans-serif">`,
      `<title>${escapeXml(title)}</title><metadata>${metadata}</metadata>`,
      `<rect width="100%" height="100%" fill="${background}"/>`,
      `<text x="8" y="19" font-size="13" font-weight="600" fill="${color}">${escapeXml(title)}</text>`,
      `<g transform="translate(0 30)">${body}</g></svg>`,
    ].join(''),
  };
}

/** Paints a chart at a multiple of its size and embeds it. */
export function rasterBody(
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D, width: number, height: number) => void,
  scale: number,
): string {
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext('2d');
  if (context === null) return '';
  context.setTransform(scale, 0, 0, scale, 0, 0);
  draw(context, width, height);
  return `<image width="${width}" height="${height}" href="${canvas.toDataURL('image/png')}"/>`;
}

/** Draws a figure as PNG at 1x, 2x or 4x. */
export async function toPng(figure: Figure, scale: number): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(figure.svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = figure.width * scale;
  canvas.height = figure.height * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no PNG'))), 'image/png');
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
