import { CircleQuestionMark, Table2 } from 'lucide-react';
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { createMessages, endSentence } from '../lib/messages.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { IconSummary, Pop } from './Pop.tsx';
import { toPlainSource } from './plain-source.ts';
import { TableTwin } from './TableTwin.tsx';
import type { ViewExports } from './view-exports.ts';

// Made once: an element that stays the same is not drawn again.
const ABOUT_ICON = <CircleQuestionMark aria-hidden="true" />;
const TABLE_ICON = <Table2 aria-hidden="true" />;

const t = createMessages('view-frame', {
  about: 'What is this?',
  table: 'Table',
  tableTitle: 'The same numbers as a table (T)',
  source: 'Source: {{source}}',
  known_ours: 'Partly our reading.',
  known_recalled: 'From the literature, not re-read.',
  known_secondary: 'From secondary sources.',
  known_read: 'Read in the authors’ own code or text.',
  ours: 'Our operationalisation, not a paper’s definition.',
  cancel: 'Cancel',
  stale: 'The text has changed since; these are the numbers of the text before.',
});

export interface About {
  /** One sentence that a newcomer understands. */
  readonly sentence: string;
  readonly formula: string;
  readonly source: string;
  readonly isOurs?: boolean;
  /** Where more is said of it. */
  readonly more?: { readonly label: string; readonly onOpen: () => void };
}

export type ViewStatus =
  | { readonly kind: 'ready' }
  | { readonly kind: 'stale'; readonly message?: string }
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
      /** Another view says it aloud, with the next step. */
      readonly isQuiet?: boolean;
      readonly action?: { readonly label: string; readonly run: () => void };
    };

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

/** What every view has around it: what it shows and why, its states, its numbers as a table, its exports. */
export function ViewFrame(props: ViewFrameProps) {
  const { id, title, status, exports } = props;
  const [showsTable, setShowsTable] = useState(false);
  const [note, setNote] = useState('');
  const frame = useRef<HTMLElement>(null);
  const isKeyed = useRef(false);
  // What had the focus is gone after T: it goes to what came in its place.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the picture and the table change places
  useLayoutEffect(() => {
    if (isKeyed.current) frame.current?.querySelector<HTMLElement>('.table-twin, .chart')?.focus();
    isKeyed.current = false;
  }, [showsTable]);
  const heading = useId();
  const hasContent =
    status.kind === 'ready' ||
    status.kind === 'stale' ||
    ((status.kind === 'working' || status.kind === 'failed') && status.keepsContent);
  return (
    <section
      ref={frame}
      className="view"
      data-view={id}
      data-status={status.kind}
      aria-labelledby={heading}
      onKeyDown={(event) => {
        const isTyping =
          event.target instanceof HTMLInputElement ||
          event.target instanceof HTMLTextAreaElement ||
          event.target instanceof HTMLSelectElement;
        const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
        if (event.key.toLowerCase() === 't' && !isTyping && isPlain && exports) {
          isKeyed.current = true;
          setShowsTable((shown) => !shown);
        }
      }}
    >
      <header>
        <h2 id={heading}>{title}</h2>
        <span
          className="subtitle"
          title={typeof props.subtitle === 'string' ? props.subtitle : undefined}
        >
          {(hasContent || props.lead !== undefined) && props.subtitle}
        </span>
        <span className="grow" />
        {props.chooser}
        {hasContent && props.controls}
        <Pop summary={<IconSummary icon={ABOUT_ICON} label={t('about')} />}>
          {() => (
            <>
              <p>{props.about.sentence}</p>
              <p className="formula">{props.about.formula}</p>
              <Source source={props.about.source} />
              {props.about.isOurs && <p className="faint">{t('ours')}</p>}
              {props.about.more && (
                <p>
                  <button type="button" className="link" onClick={props.about.more.onOpen}>
                    {props.about.more.label}
                  </button>
                </p>
              )}
            </>
          )}
        </Pop>
        {exports && hasContent && (
          <>
            <button
              type="button"
              className="chip icon"
              aria-pressed={showsTable}
              onClick={() => setShowsTable(!showsTable)}
              title={t('tableTitle')}
            >
              {TABLE_ICON}
              <span className="spoken">{t('table')}</span>
            </button>
            <ExportMenu id={id} title={title} exports={exports} onNote={setNote} />
          </>
        )}
      </header>
      {note !== '' && (
        <p className="note" role="status">
          {note}
        </p>
      )}
      {props.lead}
      {status.kind === 'stale' && <p className="note">{status.message ?? t('stale')}</p>}
      {status.kind === 'empty' && <p className="state">{status.message}</p>}
      {status.kind === 'working' &&
        (status.keepsContent ? (
          <progress className="thin" {...shareOf(status)} aria-label={status.message} />
        ) : (
          <Working status={status} />
        ))}
      {status.kind === 'failed' && status.isQuiet && <p className="state">{status.message}</p>}
      {status.kind === 'failed' && !status.isQuiet && (
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

/** Where a formula comes from, and how that is known. */
function Source({ source }: { readonly source: string }) {
  const { text, known } = toPlainSource(source);
  return (
    <p className="faint">
      {text !== '' && t('source', { source: endSentence(text) })}
      {known.map((each) => ` ${t(`known_${each}`)}`)}
    </p>
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
