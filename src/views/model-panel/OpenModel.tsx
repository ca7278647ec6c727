import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import type { HubRequest } from '../../protocol/library.ts';
import { DEFAULT_HUB, DEFAULT_REVISION, isWebAddress } from '../../protocol/model-origin.ts';
import { fromInput, isModel, type PickedFile } from '../../state/model-files.ts';
import { t } from './messages.ts';

const HUB_ID = /^[\w.-]+\/[\w.-]+$/;
const text = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

/** What the form asks for; people paste the address of a repository's page, too: its host and revision count. */
function readHubForm(form: FormData): Omit<HubRequest, 'token'> {
  const given = text(form, 'repo');
  const page = isWebAddress(given) ? new URL(given) : null;
  const [owner = '', name = '', tree, revision] = (page ? page.pathname.slice(1) : given).split(
    '/',
  );
  const named = tree === 'tree' || tree === 'blob' || tree === 'resolve' ? revision : undefined;
  return {
    repo: `${owner}/${name}`,
    revision: named || text(form, 'revision') || DEFAULT_REVISION,
    hubUrl: (page?.origin ?? (text(form, 'hubUrl') || DEFAULT_HUB)).replace(/\/+$/, ''),
  };
}

/** The ways to another model: files, an address, a hub. `listing` is what the hub has answered. */
export function OpenModel(props: {
  readonly onFiles: (picked: readonly PickedFile[]) => void;
  readonly onUrl: (url: string) => void;
  readonly onList: (request: HubRequest) => void;
  readonly listing: ReactNode;
}) {
  const [problem, setProblem] = useState<'badUrl' | 'badHubId' | 'noModelFiles' | null>(null);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const token = useRef<HTMLInputElement>(null);
  const getToken = (): string | undefined => token.current?.value.trim() || undefined;

  const take = (input: HTMLInputElement): void => {
    const picked = fromInput(input.files ?? []);
    // The same files may be chosen again after a failure.
    input.value = '';
    if (picked.length === 0) return;
    setProblem(isModel(picked) ? null : 'noModelFiles');
    if (isModel(picked)) props.onFiles(picked);
  };
  const submitUrl = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const url = text(new FormData(event.currentTarget), 'url');
    setProblem(isWebAddress(url) ? null : 'badUrl');
    if (isWebAddress(url)) props.onUrl(url);
  };
  const submitHub = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { repo, revision, hubUrl } = readHubForm(form);
    const isFine = HUB_ID.test(repo) && isWebAddress(hubUrl);
    setProblem(isFine ? null : isWebAddress(hubUrl) ? 'badHubId' : 'badUrl');
    if (!isFine) return;
    const isForThisHost = hubUrl === (text(form, 'hubUrl') || DEFAULT_HUB).replace(/\/+$/, '');
    props.onList({ hubUrl, repo, revision, token: isForThisHost ? getToken() : undefined });
  };
  return (
    <section className="open-model" aria-label={t('another')}>
      <h3>{t('another')}</h3>
      <p className="faint">{t('formats')}</p>
      <div className="drop-hint">
        <span>{t('dropHere')}</span>
        <button type="button" className="button" onClick={() => files.current?.click()}>
          {t('chooseFiles')}
        </button>
        <button type="button" className="button" onClick={() => folder.current?.click()}>
          {t('chooseFolder')}
        </button>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          data-input="model-files"
          onChange={(event) => take(event.currentTarget)}
        />
        <input
          ref={folder}
          type="file"
          hidden
          data-input="model-folder"
          {...{ webkitdirectory: '' }}
          onChange={(event) => take(event.currentTarget)}
        />
      </div>
      <form className="ask" onSubmit={submitUrl}>
        <label>
          <span>{t('url')}</span>
          <input name="url" inputMode="url" placeholder={t('urlExample')} spellCheck={false} />
        </label>
        <button type="submit" className="button">
          {t('open')}
        </button>
      </form>
      <form className="ask" onSubmit={submitHub}>
        <label>
          <span>{t('hub')}</span>
          <input name="repo" placeholder={t('hubExample')} spellCheck={false} />
        </label>
        <button type="submit" className="button">
          {t('list')}
        </button>
        <details>
          <summary>{t('hubMore')}</summary>
          <label>
            <span>{t('hubUrl')}</span>
            <input
              name="hubUrl"
              defaultValue={DEFAULT_HUB}
              spellCheck={false}
              onChange={() => {
                // A token is meant for one host: another one must not get it.
                if (token.current) token.current.value = '';
              }}
            />
          </label>
          <label>
            <span>{t('revision')}</span>
            <input name="revision" defaultValue={DEFAULT_REVISION} spellCheck={false} />
          </label>
          <label>
            <span>{t('token')}</span>
            <input ref={token} type="password" autoComplete="off" />
            <small className="faint">{t('tokenWhy')}</small>
          </label>
        </details>
      </form>
      {problem !== null && (
        <p className="bad" role="alert">
          {t(problem)}
        </p>
      )}
      {problem === null && props.listing}
    </section>
  );
}
