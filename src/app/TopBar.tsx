import { Redo2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useActions, useApp, useHeadlight, useRun } from '../state/hooks.tsx';
import { writeLink } from '../state/link.ts';
import type { LinkPart } from '../state/link-part.ts';
import { WORKSPACES } from '../state/workspace.ts';
import { Choice } from '../ui/Choice.tsx';
import { ModelChip } from './ModelChip.tsx';
import { t } from './messages.ts';

export function TopBar(props: {
  readonly onModels: () => void;
  readonly linkParts: readonly LinkPart[];
}) {
  const theme = useApp((state) => state.theme);
  const actions = useActions();
  return (
    <header className="top-bar">
      <Brand />
      <Workspaces />
      <span className="grow" />
      <RecordedBadge />
      <RunProgress />
      <ModelChip onOpen={props.onModels} />
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
      <Share linkParts={props.linkParts} />
      <Choice
        label={t('theme')}
        value={theme}
        options={(['system', 'light', 'dark'] as const).map((value) => [value, t(value)] as const)}
        onChange={actions.setTheme}
      />
    </header>
  );
}

/** The program's name; the first heading of a page that has no other. */
function Brand() {
  const hasOwnHeading = useApp((state) => state.workspace === 'measures');
  const Heading = hasOwnHeading ? 'span' : 'h1';
  return (
    <Heading className="brand">
      <i aria-hidden="true" />
      {t('brand')}
    </Heading>
  );
}

function Workspaces() {
  const current = useApp((state) => state.workspace);
  const actions = useActions();
  return (
    <nav className="workspaces" aria-label={t('workspaces')}>
      {WORKSPACES.map((workspace) => (
        <button
          key={workspace}
          type="button"
          className="workspace"
          aria-current={workspace === current ? 'page' : undefined}
          onClick={() => actions.openWorkspace(workspace)}
        >
          {t(workspace)}
        </button>
      ))}
    </nav>
  );
}

function Share({ linkParts }: { readonly linkParts: readonly LinkPart[] }) {
  const { store } = useHeadlight();
  const [note, setNote] = useState('');
  const copy = async (includesText: boolean): Promise<void> => {
    const url = new URL(window.location.href);
    url.hash = writeLink(store.getState(), linkParts, includesText);
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

/** Says that the numbers on screen are recorded ones, and how exact they are. */
function RecordedBadge() {
  const recorded = useRun()?.recorded ?? null;
  if (recorded === null) return null;
  return (
    <span className="badge" data-readout="recorded" title={t('recordedWhy')}>
      {t('recorded', {
        date: recorded.recordedOn,
        error: recorded.largestWeightError.toFixed(3),
      })}
    </span>
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
