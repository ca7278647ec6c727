import { Redo2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { formatBytes } from '../lib/format-number.ts';
import { useActions, useApp, useHeadlight, useRun, useSlice } from '../state/hooks.tsx';
import { toFragment } from '../state/url-state.ts';
import { rowStart } from '../tensor/causal-slice.ts';
import { Choice } from '../ui/Choice.tsx';
import { t } from './messages.ts';

export function TopBar() {
  const theme = useApp((state) => state.theme);
  const actions = useActions();
  return (
    <header className="top-bar">
      <span className="brand">
        <i aria-hidden="true" />
        {t('brand')}
      </span>
      <nav aria-label={t('workspaces')}>
        <span className="workspace" aria-current="page">
          {t('read')}
        </span>
      </nav>
      <span className="grow" />
      <RunProgress />
      <ModelChip />
      <button
        type="button"
        className="chip icon"
        onClick={actions.undo}
        title={t('undo')}
        aria-label={t('undo')}
      >
        <Undo2 aria-hidden="true" />
      </button>
      <button
        type="button"
        className="chip icon"
        onClick={actions.redo}
        title={t('redo')}
        aria-label={t('redo')}
      >
        <Redo2 aria-hidden="true" />
      </button>
      <Share />
      <Choice
        label={t('theme')}
        value={theme}
        options={(['system', 'light', 'dark'] as const).map((value) => [value, t(value)] as const)}
        onChange={actions.setTheme}
      />
    </header>
  );
}

function Share() {
  const { store } = useHeadlight();
  const [note, setNote] = useState('');
  const copy = async (includesText: boolean): Promise<void> => {
    const { selection, display, sampleId, ...given } = store.getState();
    const url = new URL(window.location.href);
    url.hash = toFragment({
      selection,
      display,
      sampleId,
      text: includesText ? given.text : null,
      // What the model added to the turns is in the text only.
      conversation: given.continuation === null ? given.conversation : null,
    });
    window.history.replaceState(null, '', url);
    try {
      await navigator.clipboard.writeText(url.href);
      setNote(t('copied'));
    } catch {
      setNote(t('copyRefused'));
    }
  };
  return (
    <details className="pop">
      <summary className="chip">{t('share')}</summary>
      <div className="pop-body menu">
        <button type="button" onClick={() => void copy(false)}>
          {t('copyLink')}
        </button>
        <button type="button" onClick={() => void copy(true)}>
          {t('copyLinkText')}
        </button>
        <p role="status">{note}</p>
      </div>
    </details>
  );
}

/** How far the run has come, with the way to stop it. */
function RunProgress() {
  const run = useApp((state) => state.run);
  const actions = useActions();
  if (run.status !== 'running') return null;
  return (
    <span className="run-progress">
      <progress value={run.layersDone} max={run.layerCount} aria-label={t('running')} />
      {t('layersDone', { done: run.layersDone, all: run.layerCount })}
      <button type="button" className="chip" onClick={actions.cancelRun}>
        {t('cancel')}
      </button>
    </span>
  );
}

/** The model's name and state; opened, what is known of it and why its numbers can be trusted. */
function ModelChip() {
  const model = useApp((state) => state.model);
  const run = useRun();
  const slice = useSlice();
  if (model.status !== 'ready') {
    const progress = model.status === 'loading' ? model.progress : null;
    return (
      <span className="chip model" data-model={model.status}>
        <i className={model.status === 'failed' ? 'dot bad' : 'dot'} />
        {model.status === 'failed'
          ? t('modelFailed')
          : progress && progress.totalBytes > 0
            ? t('modelLoadingBytes', {
                done: Math.round(progress.loadedBytes / 1e6),
                all: Math.round(progress.totalBytes / 1e6),
              })
            : t('modelLoading')}
      </span>
    );
  }
  const { facts } = model;
  const deviation = slice.status === 'ready' ? largestRowDeviation(slice.slice) : Number.NaN;
  const rows: readonly (readonly [string, string])[] = [
    [t('file'), facts.fileName],
    [t('size'), `${formatBytes(facts.fileBytes)}, ${facts.fileType}`],
    [
      t('shape'),
      t('shapeValue', {
        layers: facts.layerCount,
        heads: facts.headCount,
        groups: facts.keyValueHeadCount,
        parameters: Math.round(facts.parameterCount / 1e6),
      }),
    ],
    [t('precision'), facts.precision],
    [t('hash'), facts.sha256 ?? t('computing')],
    [
      t('sums'),
      run === null || Number.isNaN(deviation)
        ? '–'
        : t('sumsValue', { deviation: deviation.toExponential(0) }),
    ],
    [t('leaves'), t('nothing')],
  ];
  return (
    <details className="pop">
      <summary className="chip model" data-model="ready">
        <i className="dot good" />
        {t('modelChip', {
          name: facts.name,
          types: facts.fileType.split(' ')[0],
          device: facts.device.toUpperCase(),
          count: facts.threads,
        })}
      </summary>
      <div className="pop-body facts">
        <dl>
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  );
}

function largestRowDeviation(slice: {
  readonly size: number;
  readonly packed: Float32Array;
}): number {
  let largest = 0;
  for (let query = 0; query < slice.size; query++) {
    let sum = 0;
    for (let i = rowStart(query); i < rowStart(query + 1); i++) sum += slice.packed[i];
    largest = Math.max(largest, Math.abs(sum - 1));
  }
  return largest;
}
