import { CircleQuestionMark, Download, Table2 } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { createMessages } from '../lib/messages.ts';
import { download, type Figure, type Painting, toPng, toSvg } from './figure.ts';
import { type Table, toCsv } from './table.ts';

const t = createMessages('view-frame', {
  about: 'What is this?',
  table: 'Table',
  tableTitle: 'The same numbers as a table (T)',
  picture: 'Picture',
  export: 'Export',
  copyFigure: 'Copy figure',
  copied: 'Copied.',
  copyFailed: 'The browser refused the clipboard. Use a download instead.',
  exportFailed: 'The export failed: {{why}}',
  source: 'Source: {{source}}',
  ours: 'Our operationalisation, not a paper’s definition.',
  cancel: 'Cancel',
  stale: 'The text has changed since; these are the numbers of the text before.',
  rows: 'The first {{count}} of {{all}} rows; the CSV holds all.',
});

export interface About {
  /** One sentence that a newcomer understands. */
  readonly sentence: string;
  readonly formula: string;
  readonly source: string;
  readonly isOurs?: boolean;
}

export type ViewStatus =
  | { readonly kind: 'ready' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'empty'; readonly message: string }
  | {
      readonly kind: 'working';
      readonly message: string;
      readonly share: number | null;
      readonly onCancel?: () => void;
      readonly keepsContent?: boolean;
    }
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly nextStep: string;
      /** Whether something of the view is still worth showing under the message. */
      readonly keepsContent?: boolean;
      readonly action?: { readonly label: string; readonly run: () => void };
    };

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

export interface ViewFrameProps {
  readonly id: string;
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly about: About;
  /** A choice between views in this place: stands there even when this one has nothing to show. */
  readonly chooser?: ReactNode;
  readonly controls?: ReactNode;
  readonly status: ViewStatus;
  readonly exports?: ViewExports;
  /** What the person works with in every state: stands between header and state. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

const TABLE_ROWS = 500;

/** What every view has around it: what it shows and why, its states, its numbers as a table, its exports. */
export function ViewFrame(props: ViewFrameProps) {
  const { id, title, status, exports } = props;
  const [showsTable, setShowsTable] = useState(false);
  const [note, setNote] = useState('');
  const heading = useId();
  const hasContent =
    status.kind === 'ready' ||
    status.kind === 'stale' ||
    ((status.kind === 'working' || status.kind === 'failed') && status.keepsContent);
  const attempt = (work: () => Promise<void> | void) => async () => {
    try {
      await work();
    } catch (error) {
      setNote(t('exportFailed', { why: error instanceof Error ? error.message : String(error) }));
    }
  };
  return (
    <section
      className="view"
      data-view={id}
      data-status={status.kind}
      aria-labelledby={heading}
      onKeyDown={(event) => {
        const isTyping =
          event.target instanceof HTMLInputElement ||
          event.target instanceof HTMLTextAreaElement ||
          event.target instanceof HTMLSelectElement;
        if (event.key === 't' && !isTyping && !event.ctrlKey && !event.metaKey && exports)
          setShowsTable((shown) => !shown);
      }}
    >
      <header>
        <h2 id={heading}>{title}</h2>
        <span
          className="subtitle"
          title={typeof props.subtitle === 'string' ? props.subtitle : undefined}
        >
          {props.subtitle}
        </span>
        <span className="grow" />
        {props.chooser}
        {hasContent && props.controls}
        <details className="pop">
          <summary className="chip icon" title={t('about')}>
            <CircleQuestionMark aria-hidden="true" />
            <span className="spoken">{t('about')}</span>
          </summary>
          <div className="pop-body">
            <p>{props.about.sentence}</p>
            <p className="formula">{props.about.formula}</p>
            <p className="faint">{t('source', { source: props.about.source })}</p>
            {props.about.isOurs && <p className="faint">{t('ours')}</p>}
          </div>
        </details>
        {exports && hasContent && (
          <ExportMenu
            id={id}
            title={title}
            exports={exports}
            showsTable={showsTable}
            onTable={() => setShowsTable(!showsTable)}
            attempt={attempt}
            onNote={setNote}
          />
        )}
      </header>
      {note !== '' && (
        <p className="note" role="status">
          {note}
        </p>
      )}
      {props.lead}
      {status.kind === 'stale' && <p className="note">{t('stale')}</p>}
      {status.kind === 'empty' && <p className="state">{status.message}</p>}
      {status.kind === 'working' &&
        (status.keepsContent ? (
          <progress className="thin" {...shareOf(status)} aria-label={status.message} />
        ) : (
          <Working status={status} />
        ))}
      {status.kind === 'failed' && (
        <div className="state failed" role="alert">
          <p>{status.message}</p>
          <p>{status.nextStep}</p>
          {status.action && (
            <button type="button" className="button" onClick={status.action.run}>
              {status.action.label}
            </button>
          )}
        </div>
      )}
      {hasContent &&
        (showsTable && exports ? (
          <TableTwin
            {...(exports.twin?.() ?? { table: exports.table(), note: '' })}
            label={title}
          />
        ) : (
          props.children
        ))}
    </section>
  );
}

/** Attributes of a progress bar: without a value it says only that something goes on. */
function shareOf({ share }: { readonly share: number | null }): {
  readonly max: number;
  readonly value?: number;
} {
  return share === null ? { max: 1 } : { max: 1, value: share };
}

function Working({ status }: { readonly status: Extract<ViewStatus, { kind: 'working' }> }) {
  return (
    <div className="state working">
      <progress {...shareOf(status)} aria-label={status.message} />
      <span>{status.message}</span>
      {status.onCancel && (
        <button type="button" className="button" onClick={status.onCancel}>
          {t('cancel')}
        </button>
      )}
    </div>
  );
}

function ExportMenu(props: {
  readonly id: string;
  readonly title: string;
  readonly exports: ViewExports;
  readonly showsTable: boolean;
  readonly onTable: () => void;
  readonly attempt: (work: () => Promise<void> | void) => () => Promise<void>;
  readonly onNote: (note: string) => void;
}) {
  const { id, exports, attempt } = props;
  const figure = (): Figure => ({
    title: props.title,
    caption: `${exports.caption} · ${exports.settings().model ?? ''}`,
    painting: exports.painting(),
    settings: exports.settings(),
  });
  const save = (extension: string, content: Blob): void =>
    download(`headlight-${id}.${extension}`, content);
  const json = (): Blob =>
    new Blob(
      [
        JSON.stringify({ settings: exports.settings(), ...exports.table() }, (_, value) =>
          Number.isNaN(value) ? null : value,
        ),
      ],
      {
        type: 'application/json',
      },
    );
  const items: readonly (readonly [string, () => Promise<void> | void])[] = [
    ...([1, 2, 4] as const).map(
      (scale) =>
        [`PNG ${scale}×`, async () => save(`${scale}x.png`, await toPng(figure(), scale))] as const,
    ),
    ['SVG', async () => save('svg', new Blob([await toSvg(figure())], { type: 'image/svg+xml' }))],
    [
      t('copyFigure'),
      async () => {
        try {
          await navigator.clipboard.write([new ClipboardItem({ 'image/png': toPng(figure(), 2) })]);
          props.onNote(t('copied'));
        } catch {
          props.onNote(t('copyFailed'));
        }
      },
    ],
    [
      'CSV',
      () =>
        save('csv', new Blob([toCsv(exports.table(), exports.settings())], { type: 'text/csv' })),
    ],
    ['JSON', () => save('json', json())],
    ...Object.entries(exports.files ?? {}).map(
      ([extension, make]) => [extension.toUpperCase(), () => save(extension, make())] as const,
    ),
  ];
  return (
    <>
      <button
        type="button"
        className="chip icon"
        aria-pressed={props.showsTable}
        onClick={props.onTable}
        title={t('tableTitle')}
      >
        <Table2 aria-hidden="true" />
        <span className="spoken">{t('table')}</span>
      </button>
      <details className="pop">
        <summary className="chip icon" title={t('export')}>
          <Download aria-hidden="true" />
          <span className="spoken">{t('export')}</span>
        </summary>
        <div className="pop-body menu">
          {items.map(([label, work]) => (
            <button key={label} type="button" onClick={attempt(work)}>
              {label}
            </button>
          ))}
        </div>
      </details>
    </>
  );
}

/** The same numbers as rows and columns. */
function TableTwin(props: {
  readonly table: Table;
  readonly note: string;
  readonly label: string;
}) {
  const { table, note, label } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-twin" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, TABLE_ROWS).map((row) => (
            <tr key={row.join('\u0001')}>
              {row.map((cell, i) => (
                <td key={table.columns[i]}>{formatCell(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {note !== '' && <p className="faint">{note}</p>}
      {table.rows.length > TABLE_ROWS && (
        <p className="faint">{t('rows', { count: TABLE_ROWS, all: table.rows.length })}</p>
      )}
    </section>
  );
}

function formatCell(cell: string | number | null): string {
  if (cell === null || Number.isNaN(cell)) return '–';
  return typeof cell === 'number' && !Number.isInteger(cell) ? cell.toPrecision(4) : String(cell);
}
