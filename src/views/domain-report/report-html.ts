import type { Table } from '../../ui/table.ts';
import { t } from './messages.ts';

/** A picture of a report, whole in itself. */
export interface ReportPicture {
  /** A data URL. */
  readonly source: string;
  readonly width: number;
  readonly alt: string;
}

export interface ReportSection {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly picture?: ReportPicture | undefined;
  readonly table?: Table | undefined;
}

export interface Report {
  readonly title: string;
  readonly made: string;
  readonly sections: readonly ReportSection[];
  readonly settings: Readonly<Record<string, string>>;
  /** Colours of the page that the pictures were painted for. */
  readonly colors: {
    readonly ground: string;
    readonly text: string;
    readonly faint: string;
    readonly border: string;
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]);
}

/** An SVG as the address of an image: as such it can neither run nor fetch anything. */
export function toDataUrl(svg: string): string {
  const bytes = new TextEncoder().encode(svg);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `data:image/svg+xml;base64,${btoa(binary)}`;
}

function toCell(cell: string | number | null): string {
  if (cell === null || (typeof cell === 'number' && Number.isNaN(cell))) return '–';
  if (typeof cell === 'string') return escapeHtml(cell);
  return Number.isInteger(cell) ? String(cell) : cell.toPrecision(4);
}

function toTable({ columns, rows }: Table): string {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${toCell(cell)}</td>`).join('')}</tr>`)
    .join('\n');
  return `<div class="table"><table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}

function toSection({ title, paragraphs, picture, table }: ReportSection): string {
  return [
    `<section><h2>${escapeHtml(title)}</h2>`,
    ...paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
    picture === undefined
      ? ''
      : `<img src="${escapeHtml(picture.source)}" width="${Math.round(picture.width)}" alt="${escapeHtml(picture.alt)}">`,
    table === undefined ? '' : toTable(table),
    '</section>',
  ].join('\n');
}

/**
 * A report as one page that stands alone: pictures and style are inside, and its policy forbids every
 * request and every script, whatever the texts and names in it say.
 */
export function toReportHtml({ title, made, sections, settings, colors }: Report): string {
  const { ground, text, faint, border } = colors;
  const style = `
body { margin: 0 auto; padding: 24px; max-width: 1040px; background: ${ground}; color: ${text};
  font: 15px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 24px; line-height: 1.25; } h2 { margin: 32px 0 8px; font-size: 17px; }
p { max-width: 80ch; margin: 6px 0; overflow-wrap: anywhere; } .made { color: ${faint}; font-size: 13px; }
img { max-width: 100%; height: auto; } .table { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; }
th, td { padding: 3px 14px 3px 0; border-bottom: 1px solid ${border}; text-align: left; vertical-align: top; }
@media print { body { max-width: none; } section { break-inside: avoid-page; } }`;
  const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
  const rows = Object.entries(settings);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p class="made">${escapeHtml(made)}</p>
${sections.map(toSection).join('\n')}
${toSection({ title: t('settings'), paragraphs: [], table: { columns: [t('setting'), t('value')], rows } })}
</body>
</html>
`;
}
