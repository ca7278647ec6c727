import { displayName } from '../lib/display-name.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import type { AppState } from '../state/app-state.ts';
import { useApp } from '../state/hooks.tsx';
import { useLibrary } from '../state/library-hooks.tsx';
import { t } from './messages.ts';

/** The model's name and state; opens the models of this browser. */
export function ModelChip({ onOpen }: { readonly onOpen: () => void }) {
  const model = useApp((state) => state.model);
  const opening = useLibrary((state) => state.opening);
  const isFetching = opening.status === 'downloading';
  return (
    <button
      type="button"
      className="chip model"
      data-model={model.status}
      title={t('models')}
      onClick={onOpen}
    >
      <i className={DOTS[model.status]} />
      {sayModel(model)}
      {isFetching && (
        <span className="faint">{t('fetching', { name: displayName(opening.name, 32) })}</span>
      )}
    </button>
  );
}

const DOTS = { idle: 'dot', loading: 'dot', ready: 'dot good', failed: 'dot bad' } as const;

function sayModel(model: AppState['model']): string {
  if (model.status === 'failed') return t('modelFailed');
  if (model.status !== 'ready') {
    const progress = model.status === 'loading' ? model.progress : null;
    if (!progress || progress.totalBytes === 0) return t('modelLoading');
    const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
    return t('modelLoadingBytes', {
      done: megabytes(progress.loadedBytes),
      all: megabytes(progress.totalBytes),
    });
  }
  const { facts } = model;
  return t('modelChip', {
    name: displayName(facts.name, 44),
    weights: sayWeights(facts),
    device: facts.device.toUpperCase(),
    count: facts.threads,
  });
}

/** The most frequent type of the file's weights, and what is made of it. */
function sayWeights({ fileType, precision }: ModelFacts): string {
  const [types] = fileType.split(' ');
  if (types === 'F32') return types;
  return t(precision === 'packed' ? 'weightsPacked' : 'weightsDequantised', { types });
}
