import { useEffect, useId, useMemo, useRef } from 'react';
import { type NamedFile, toNamedFile } from '../../text/sets/file-kinds.ts';
import { type PasteCut, partPasted } from '../../text/sets/pasted-texts.ts';
import { t } from './messages.ts';

const CUTS: readonly PasteCut[] = ['whole', 'rules', 'paragraphs'];

/** What stands in the form and is not added yet. */
export interface PasteDraft {
  readonly name: string;
  readonly pasted: string;
  /** How it is to be parted; null: as it looks. */
  readonly cut: PasteCut | null;
}

export const EMPTY_DRAFT: PasteDraft = { name: '', pasted: '', cut: null };

interface DraftProps {
  readonly draft: PasteDraft;
  readonly onDraft: (change: (draft: PasteDraft) => PasteDraft) => void;
}

/** The ways to give texts: pasting, files, a folder. */
export function AddTexts(
  props: DraftProps & {
    /** Names that sets have: pasted texts may join one. */
    readonly names: readonly string[];
    readonly onPaste: (pasted: string, name: string, cut: PasteCut) => void;
    readonly onFiles: (files: readonly NamedFile[]) => void;
  },
) {
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
      <PasteForm {...props} />
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

function PasteForm(
  props: DraftProps & {
    readonly names: readonly string[];
    readonly onPaste: (pasted: string, name: string, cut: PasteCut) => void;
  },
) {
  const { draft, onDraft } = props;
  const { name, pasted, cut: wished } = draft;
  const change = (part: Partial<PasteDraft>): void => onDraft((before) => ({ ...before, ...part }));
  const field = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const { target, clipboardData } = event;
      if (target instanceof HTMLElement && target.matches('input, textarea, select')) return;
      const text = clipboardData?.getData('text/plain') ?? '';
      if (text === '') return;
      event.preventDefault();
      onDraft((before) => ({
        ...before,
        pasted: before.pasted.trim() === '' ? text : `${before.pasted.trimEnd()}\n---\n${text}`,
      }));
      field.current?.focus();
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [onDraft]);
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
        change({ pasted: '', cut: null });
      }}
    >
      <label>
        <span>{t('pasteName')}</span>
        <input
          value={name}
          list={list}
          maxLength={60}
          placeholder={t('pasteNameExample')}
          onChange={(event) => change({ name: event.target.value })}
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
          onChange={(event) => change({ pasted: event.target.value })}
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
            onChange={(event) => change({ cut: event.target.value as PasteCut })}
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
