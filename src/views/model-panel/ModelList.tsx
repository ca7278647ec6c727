import { useState } from 'react';
import { displayName } from '../../lib/display-name.ts';
import { formatBytes } from '../../lib/format-number.ts';
import type { KeptModel, LibraryContents } from '../../protocol/library.ts';
import { type ModelOrigin, writeOrigin } from '../../protocol/model-origin.ts';
import { t } from './messages.ts';
import { sayOrigin } from './say-progress.ts';

/** The models of this browser: the embedded one, and those that are kept. */
export function ModelList(props: {
  readonly contents: LibraryContents | null;
  /** Null while none works. */
  readonly inUse: ModelOrigin | null;
  /** While something is fetched, nothing of it may be deleted or begun again. */
  readonly isBusy: boolean;
  readonly onOpenEmbedded: () => void;
  readonly onOpen: (model: KeptModel) => void;
  readonly onGoOn: (model: KeptModel) => void;
  readonly onDelete: (model: KeptModel) => void;
}) {
  const { contents } = props;
  const inUse = props.inUse && writeOrigin(props.inUse);
  return (
    <section aria-label={t('here')}>
      <h3>{t('here')}</h3>
      <ul className="models">
        <li>
          <div>
            <strong>{t('embeddedName')}</strong>
            <span className="faint">98.4 MB · Q4_1 · {t('embedded')}</span>
          </div>
          {inUse === 'embedded' ? (
            <span className="badge">{t('inUse')}</span>
          ) : (
            <button
              type="button"
              className="chip"
              aria-label={t('openNamed', { name: t('embeddedName') })}
              onClick={props.onOpenEmbedded}
            >
              {t('open')}
            </button>
          )}
        </li>
        {contents?.models.map((model) => (
          <li key={model.id} data-model-id={model.id}>
            <div>
              <strong>{displayName(model.name)}</strong>
              <span className="faint">
                {sayState(model)} · {sayOrigin(model.origin)}
              </span>
            </div>
            {inUse === writeOrigin(model.origin) && <span className="badge">{t('inUse')}</span>}
            {model.isComplete && inUse !== writeOrigin(model.origin) && (
              <button
                type="button"
                className="chip"
                aria-label={t('openNamed', { name: model.name })}
                onClick={() => props.onOpen(model)}
              >
                {t('open')}
              </button>
            )}
            {!model.isComplete && model.origin.kind !== 'files' && (
              <button
                type="button"
                className="chip"
                disabled={props.isBusy}
                aria-label={t('goOnNamed', { name: model.name })}
                onClick={() => props.onGoOn(model)}
              >
                {t('goOn')}
              </button>
            )}
            <DeleteButton
              model={model}
              isDisabled={props.isBusy}
              onDelete={() => props.onDelete(model)}
            />
          </li>
        ))}
      </ul>
      {contents !== null && <p className="faint">{sayRoom(contents)}</p>}
    </section>
  );
}

/** Asks once more before what took an hour to fetch is gone; looking elsewhere takes the question back. */
function DeleteButton(props: {
  readonly model: KeptModel;
  readonly isDisabled: boolean;
  readonly onDelete: () => void;
}) {
  const [isAsking, setIsAsking] = useState(false);
  const size = formatBytes(props.model.doneBytes);
  return (
    <button
      type="button"
      className={isAsking ? 'chip sure' : 'chip'}
      disabled={props.isDisabled}
      aria-label={
        isAsking
          ? `${t('deleteSure', { size })} ${props.model.name}`
          : t('deleteNamed', { name: props.model.name })
      }
      onBlur={() => setIsAsking(false)}
      onClick={() => (isAsking ? props.onDelete() : setIsAsking(true))}
    >
      {isAsking ? t('deleteSure', { size }) : t('delete')}
    </button>
  );
}

function sayState({
  isComplete,
  isVerified,
  origin,
  doneBytes,
  bytes,
  fileNames,
}: KeptModel): string {
  if (fileNames.length === 0) return t('unreadableRecord');
  const done = formatBytes(doneBytes);
  if (isComplete) return `${done} · ${t(isVerified ? 'verified' : 'sizeOnly')}`;
  if (bytes === null) return t('partialUnknown', { done });
  const all = formatBytes(bytes);
  return t(origin.kind === 'files' ? 'copyPartial' : 'partial', { done, all });
}

function sayRoom({ canKeep, usedBytes, freeBytes }: LibraryContents): string {
  if (!canKeep) return t('cannotKeep');
  if (usedBytes === 0) {
    return freeBytes === null ? t('nothingKept') : t('room', { free: formatBytes(freeBytes) });
  }
  const used = formatBytes(usedBytes);
  if (freeBytes === null) return t('used', { used });
  return t('usedFree', { used, free: formatBytes(freeBytes) });
}
