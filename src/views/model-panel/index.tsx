import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { displayName } from '../../lib/display-name.ts';
import { endSentence } from '../../lib/messages.ts';
import type { PrecisionWish } from '../../model/weight-form.ts';
import { getAdvice } from '../../state/error-advice.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import { useLibrary, useLibraryActions } from '../../state/library-hooks.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { HubListing } from './HubListing.tsx';
import { ModelFactsList } from './ModelFactsList.tsx';
import { ModelList } from './ModelList.tsx';
import { t } from './messages.ts';
import { OpeningNotice } from './OpeningNotice.tsx';
import { OpenModel } from './OpenModel.tsx';
import { TrustPanel } from './TrustPanel.tsx';
import './model-panel.css';

/** The models of this browser, the ways to others, and what is known of the one in use. */
export default function ModelPanel({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const library = useLibraryActions();
  const { contents, listing, opening } = useLibrary((state) => state);
  const inUse = useApp((state) => (state.model.status === 'failed' ? null : state.modelOrigin));
  const isBusy = opening.status === 'downloading' || opening.status === 'looking';
  useEffect(() => {
    dialog.current?.showModal();
    void library.refresh();
  }, [library]);
  return (
    <dialog ref={dialog} className="model-panel" aria-label={t('title')} onClose={onClose}>
      <div className="top">
        <header>
          <h2>{t('title')}</h2>
          <button
            type="button"
            className="chip icon"
            aria-label={t('close')}
            title={t('close')}
            onClick={() => dialog.current?.close()}
          >
            <X aria-hidden="true" />
          </button>
        </header>
        <Opening />
      </div>
      <div className="halves">
        <div>
          <ModelList
            contents={contents}
            inUse={inUse}
            isBusy={isBusy}
            onOpenEmbedded={library.openEmbedded}
            onOpen={library.openKept}
            onGoOn={library.goOn}
            onDelete={library.remove}
          />
          <OpenModel
            onFiles={library.openFiles}
            onUrl={library.openUrl}
            onList={library.listHub}
            listing={
              <HubListing
                listing={listing}
                isBusy={isBusy}
                onStop={library.cancelListing}
                onFetch={({ model }) => library.openWanted(model)}
              />
            }
          />
        </div>
        <InUse />
      </div>
    </dialog>
  );
}

/** How far a model is that is being opened; also shown below the top bar while the panel is closed. */
export function Opening() {
  const opening = useLibrary((state) => state.opening);
  const library = useLibraryActions();
  return (
    <OpeningNotice
      opening={opening}
      onStop={library.cancel}
      onAgain={library.tryAgain}
      onAnyway={library.openAnyway}
    />
  );
}

/** The model in use: facts, and whether its numbers can be trusted. */
function InUse() {
  const model = useApp((state) => state.model);
  const origin = useApp((state) => state.modelOrigin);
  const goBackTo = useApp((state) => state.goBackTo);
  const contents = useLibrary((state) => state.contents);
  const actions = useActions();
  const library = useLibraryActions();
  const isKept = contents?.models.some(
    (each) =>
      each.isComplete &&
      each.origin.kind === 'files' &&
      origin.kind === 'files' &&
      each.name === origin.name,
  );
  return (
    <div className="in-use">
      <section aria-label={t('facts')}>
        <h3>{t('facts')}</h3>
        {model.status === 'ready' ? (
          <ModelFactsList facts={model.facts} origin={origin} />
        ) : (
          <p className={model.status === 'failed' ? 'bad' : ''}>
            {model.status === 'failed'
              ? `${endSentence(model.error.message)} ${getAdvice(model.error.code)}`
              : t(model.status === 'loading' ? 'loading' : 'noModel')}
          </p>
        )}
        {(model.status !== 'ready' || model.facts.isCompressed) && <PrecisionChoice />}
        {goBackTo !== null && (
          <button type="button" className="button" onClick={actions.goBack}>
            {t('goBack', { name: displayName(goBackTo, 44) })}
          </button>
        )}
        {model.status === 'ready' && origin.kind === 'files' && contents?.canKeep && !isKept && (
          <button type="button" className="button" onClick={library.keepOpened}>
            {t('keepHere')}
          </button>
        )}
      </section>
      {model.status === 'ready' && <TrustPanel key={model.facts.fileName} facts={model.facts} />}
    </div>
  );
}

/** How the weights of a quantised model are held; another choice loads it again. */
function PrecisionChoice() {
  const precision = useApp((state) => state.precision);
  const library = useLibraryActions();
  const names = { auto: 'holdAuto', dequantised: 'holdDequantised', packed: 'holdPacked' } as const;
  return (
    <div className="hold">
      <span className="faint">{t('hold')}</span>
      <Choice<PrecisionWish>
        label={t('hold')}
        value={precision}
        options={(['auto', 'dequantised', 'packed'] as const).map(
          (value) => [value, t(names[value])] as const,
        )}
        onChange={library.changePrecision}
      />
    </div>
  );
}
