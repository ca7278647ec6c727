import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { type NamedFile, toNamedFile } from '../../text/sets/file-kinds.ts';
import { type PasteCut, partPasted } from '../../text/sets/pasted-texts.ts';
import { t } from './messages.ts';

const CUTS: readonly PasteCut[] = ['whole', 'rules', 'paragraphs'];

/** The ways to give texts: pasting, files, a folder. */
export function AddTexts(props: {
  /** Names that sets have: pasted texts may join one. */
  readonly names: readonly string[];
  readonly onPaste: (pasted: string, name: string, cut: PasteCut) => void;
  readonly onFiles: (files: readonly NamedFile[]) => void;
}) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement): void => {
    const picked = Array.from(input.files ?? [], toNamedFile);
    // The same files may be chosen again.
    input.value = '';
    if (picked.length > 0) props.onFiles(picked);
  };
  return (
    <div className="add-texts">
      <PasteForm names={props.names} onPaste={props.onPaste} />
      <div className="drop-texts">
        <p>
          {t('drop')} <span className="faint">{t('dropWhat')}</span>
        </p>
        <p className="row">
          <button type="button" className="button" onClick={() => files.current?.click()}>
            {t('chooseFiles')}
          </button>
          <button type="button" className="button" onClick={() => folder.current?.click()}>
            {t('chooseFolder')}
          </button>
        </p>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          data-input="text-files"
          onChange={(event) => take(event.currentTarget)}
        />
        <input
          ref={folder}
          type="file"
          hidden
          data-input="text-folder"
          {...{ webkitdirectory: '' }}
          onChange={(event) => take(event.currentTarget)}
        />
      </div>
    </div>
  );
}

function PasteForm(props: {
  readonly names: readonly string[];
  readonly onPaste: (pasted: string, name: string, cut: PasteCut) => void;
}) {
  const [name, setName] = useState('');
  const [pasted, setPasted] = useState('');
  const [wished, setWished] = useState<PasteCut | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const { target, clipboardData } = event;
      if (target instanceof HTMLElement && target.matches('input, textarea, select')) return;
      const text = clipboardData?.getData('text/plain') ?? '';
      if (text === '') return;
      event.preventDefault();
      setPasted((before) => (before.trim() === '' ? text : `${before.trimEnd()}\n---\n${text}`));
      field.current?.focus();
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, []);
  const parts = useMemo(() => partPasted(pasted, wished ?? undefined), [pasted, wished]);
  const ways = CUTS.filter((cut) => cut === 'whole' || parts.counts[cut] > 1);
  const count = parts.counts[parts.cut];
  return (
    <form
      className="paste"
      onSubmit={(event) => {
        event.preventDefault();
        if (count === 0) return;
        props.onPaste(pasted, name, parts.cut);
        setPasted('');
        setWished(null);
      }}
    >
      <label>
        <span>{t('pasteName')}</span>
        <input
          value={name}
          list={list}
          maxLength={60}
          placeholder={t('pasteNameExample')}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <datalist id={list}>
        {props.names.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <label>
        <span>{t('paste')}</span>
        <textarea
          ref={field}
          value={pasted}
          rows={4}
          placeholder={t('pasteExample')}
          onChange={(event) => setPasted(event.target.value)}
        />
      </label>
      <p className="row">
        <button type="submit" className="button" disabled={count === 0}>
          {count === 0 ? t('addPastedNone') : t('addPasted', { count })}
        </button>
        {ways.length > 1 && (
          <select
            aria-label={t('pasteCut')}
            value={parts.cut}
            onChange={(event) => setWished(event.target.value as PasteCut)}
          >
            {ways.map((cut) => (
              <option key={cut} value={cut}>
                {t('cutCount', {
                  way: t(`cut_${cut}`),
                  texts: t('texts', { count: parts.counts[cut] }),
                })}
              </option>
            ))}
          </select>
        )}
      </p>
    </form>
  );
}
