import { download, type Figure, type Painting, toPng, toSvg } from './figure.ts';
import { type Table, toCsv } from './table.ts';

export interface ViewExports {
  /** The picture, painted as it is on screen; views whose content is running text have one too. */
  readonly painting: () => Painting;
  /** One line under the title of an exported figure: what was shown, of which text and model. */
  readonly caption: string;
  readonly table: () => Table;
  /** What stands on the page when the whole table is too long for it; exports hold the whole one. */
  readonly twin?: () => { readonly table: Table; readonly note: string };
  /** Files beside picture and table, by extension: see `toArrayFiles`. */
  readonly files?: Readonly<Record<string, () => Blob>>;
  /** What made the numbers: model, hash, text, options. */
  readonly settings: () => Readonly<Record<string, string>>;
}

/** A file that a view can be saved as: what the menu calls it, and the work. */
export interface ExportItem {
  readonly label: string;
  run(): Promise<void> | void;
}

/** The picture of a view with what made it. */
export function toExportFigure(title: string, exports: ViewExports): Figure {
  return {
    title,
    caption: `${exports.caption} · ${exports.settings().model ?? ''}`,
    painting: exports.painting(),
    settings: exports.settings(),
  };
}

/** The table with its settings; numbers that are undefined become null. */
function toJson(exports: ViewExports): string {
  const whole = { settings: exports.settings(), ...exports.table() };
  return JSON.stringify(whole, (_, value) => (Number.isNaN(value) ? null : value));
}

/** All files that a view can be saved as, pictures first. */
export function listExports(
  id: string,
  title: string,
  exports: ViewExports,
): readonly ExportItem[] {
  const save = (extension: string, content: Blob): void =>
    download(`headlight-${id}.${extension}`, content);
  const figure = (): Figure => toExportFigure(title, exports);
  const text = (content: string, type: string): Blob => new Blob([content], { type });
  return [
    ...[1, 2, 4].map((scale) => ({
      label: `PNG ${scale}×`,
      run: async () => save(`${scale}x.png`, await toPng(figure(), scale)),
    })),
    { label: 'SVG', run: async () => save('svg', text(await toSvg(figure()), 'image/svg+xml')) },
    {
      label: 'CSV',
      run: () => save('csv', text(toCsv(exports.table(), exports.settings()), 'text/csv')),
    },
    { label: 'JSON', run: () => save('json', text(toJson(exports), 'application/json')) },
    ...Object.entries(exports.files ?? {}).map(([extension, make]) => ({
      label: extension.toUpperCase(),
      run: () => save(extension, make()),
    })),
  ];
}
