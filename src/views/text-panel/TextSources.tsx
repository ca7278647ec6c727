import { useRef } from 'react';
import type { SavedText } from '../../state/app-state.ts';
import { shortToken } from '../../text/display-token.ts';
import { SAMPLES, type SampleDomain } from '../../text/samples.ts';
import { Pop } from '../../ui/Pop.tsx';
import { t } from './messages.ts';

const DOMAINS: readonly SampleDomain[] = [
  'demonstration',
  'conversation',
  'web',
  'code',
  'mathematics',
];

/** Samples in groups by domain. */
export function SamplePick(props: {
  readonly sampleId: string | null;
  readonly onOpen: (id: string) => void;
}) {
  return (
    <label className="pick">
      <span>{t('sample')}</span>
      <select value={props.sampleId ?? ''} onChange={(event) => props.onOpen(event.target.value)}>
        <option value="" disabled>
          {t('own')}
        </option>
        {DOMAINS.map((domain) => (
          <optgroup key={domain} label={t(domain)}>
            {SAMPLES.filter((sample) => sample.domain === domain).map((sample) => (
              <option key={sample.id} value={sample.id}>
                {sample.title}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

/** The first sample of each domain, for an empty field. */
export function FirstSamples(props: { readonly onOpen: (id: string) => void }) {
  return (
    <p className="first-samples">
      <span className="faint">{t('begin')}</span>
      {DOMAINS.map((domain) => SAMPLES.find((sample) => sample.domain === domain)).map(
        (sample) =>
          sample && (
            <button
              key={sample.id}
              type="button"
              className="chip"
              onClick={() => props.onOpen(sample.id)}
            >
              {sample.title}
            </button>
          ),
      )}
    </p>
  );
}

/** When a text was used: the time of today, else the date with the time. */
export function formatWhen(savedAt: number, now: number): string {
  const isToday = new Date(savedAt).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat('en-GB', {
    ...(isToday ? {} : { day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(savedAt);
}

/** The texts that this browser keeps; each can be opened and deleted, and all at once. */
export function SavedTexts(props: {
  readonly texts: readonly SavedText[];
  readonly onOpen: (id: string) => void;
  readonly onDelete: (id: string) => void;
  readonly onDeleteAll: () => void;
}) {
  if (props.texts.length === 0) return null;
  return (
    <Pop summary={<summary className="chip">{t('saved')}</summary>} className="pop-body menu wide">
      {(close) => (
        <>
          {props.texts.map((saved) => (
            <SavedRow key={saved.id} saved={saved} close={close} {...props} />
          ))}
          <span className="saved-foot">
            <span className="faint">{t('savedWhere')}</span>
            <button type="button" onClick={props.onDeleteAll}>
              {t('deleteAll')}
            </button>
          </span>
        </>
      )}
    </Pop>
  );
}

function SavedRow(props: {
  readonly saved: SavedText;
  readonly close: () => void;
  readonly onOpen: (id: string) => void;
  readonly onDelete: (id: string) => void;
}) {
  const { saved, close } = props;
  const begin = saved.conversation?.messages.find(({ content }) => content !== '')?.content;
  const text = (begin ?? saved.text).replace(/\s+/g, ' ').trim().slice(0, 80);
  const when = formatWhen(saved.savedAt, Date.now());
  return (
    <span className="saved">
      <button
        type="button"
        aria-label={t('openSaved', { text: text.slice(0, 40), when })}
        onClick={() => {
          props.onOpen(saved.id);
          close();
        }}
      >
        <bdi>{text}</bdi>
      </button>
      {saved.conversation && <span className="faint">{t('asTurns')}</span>}
      <time className="faint" dateTime={new Date(saved.savedAt).toISOString()}>
        {when}
      </time>
      <button
        type="button"
        aria-label={t('delete', { text: shortToken(text, 40) })}
        title={t('delete', { text: shortToken(text, 40) })}
        onClick={() => props.onDelete(saved.id)}
      >
        ×
      </button>
    </span>
  );
}

/** Chooses a file of this machine. */
export function OpenFile(props: { readonly onChosen: (file: File) => void }) {
  const file = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="chip" onClick={() => file.current?.click()}>
        {t('open')}
      </button>
      <input
        ref={file}
        type="file"
        hidden
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen) props.onChosen(chosen);
          event.target.value = '';
        }}
      />
    </>
  );
}
