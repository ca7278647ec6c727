import { useMemo, useState } from 'react';
import { useDomains, useDomainsActions } from '../../state/domains/domains-hooks.tsx';
import type { DomainsState } from '../../state/domains/domains-state.ts';
import { findSetProblems } from '../../text/sets/set-problems.ts';
import { type About, ViewFrame } from '../../ui/ViewFrame.tsx';
import { AddTexts, EMPTY_DRAFT } from './AddTexts.tsx';
import { ColumnQuestion } from './ColumnQuestion.tsx';
import { CutControl } from './CutControl.tsx';
import { Keeping } from './Keeping.tsx';
import { t } from './messages.ts';
import { Failures, Notes, Problems } from './Notices.tsx';
import { QueueBar } from './QueueBar.tsx';
import { type SetActions, SetList } from './SetList.tsx';
import { StartScreen } from './StartScreen.tsx';
import { sayQueue } from './say-queue.ts';
import { getLeftOut, getSetFacts } from './set-facts.ts';
import './domain-sets.css';

const ABOUT: About = {
  sentence: t('about'),
  formula: t('formula'),
  source: t('source'),
  isOurs: true,
};

/** The sets of texts that are compared: how they come in, how they are cut, and how far they are. */
export default function DomainSets() {
  const { isRestored, sets } = useDomains(({ isRestored, sets }) => ({ isRestored, sets }));
  const actions = useDomainsActions();
  const texts = sets.reduce((sum, set) => sum + set.texts.length, 0);
  const isEmpty = sets.length === 0;
  return (
    <ViewFrame
      id="domain-sets"
      title={t('title')}
      subtitle={
        isEmpty
          ? undefined
          : t('subtitle', {
              sets: t('sets', { count: sets.length }),
              texts: t('texts', { count: texts }),
            })
      }
      about={ABOUT}
      status={
        isRestored ? { kind: 'ready' } : { kind: 'working', message: t('restoring'), share: null }
      }
    >
      {isEmpty ? <StartScreen onBuiltIn={() => void actions.addBuiltIn()} /> : <Setup />}
      <Incoming isEmpty={isEmpty} />
      <Kept />
    </ViewFrame>
  );
}

/** The sets that are there, their cutting and their queue. */
function Setup() {
  const sets = useDomains((state) => state.sets);
  return (
    <>
      <Queue />
      <div className="setup">
        <Sets sets={sets} />
        <div>
          <Cut sets={sets} />
          <SetProblems sets={sets} />
        </div>
      </div>
    </>
  );
}

function Queue() {
  const state = useDomains(({ queue, counts, texts, plan, shownPlan, sets }) => ({
    ...{ queue, counts, texts, plan, shownPlan, sets },
  }));
  const actions = useDomainsActions();
  return (
    <>
      <QueueBar saying={sayQueue(state)} onAction={(action) => actions[action]()} />
      <Failures sets={state.sets} statuses={state.texts} onRetry={actions.retryFailed} />
    </>
  );
}

const NO_COUNTS: ReadonlyMap<string, number> = new Map();

function Sets({ sets }: { readonly sets: DomainsState['sets'] }) {
  const { plan, texts } = useDomains(({ plan, texts }) => ({ plan, texts }));
  const actions = useDomainsActions();
  const setActions = useMemo(
    (): SetActions => ({
      onRename: actions.rename,
      onRemove: actions.removeSet,
      onMerge: actions.mergeSets,
      onRemoveText: actions.removeText,
      onMoveText: actions.moveText,
    }),
    [actions],
  );
  return (
    <SetList
      sets={sets}
      facts={sets.map((set) => getSetFacts(set, plan, texts))}
      statuses={texts}
      tokenCounts={plan?.tokenCounts ?? NO_COUNTS}
      actions={setActions}
    />
  );
}

function Cut({ sets }: { readonly sets: DomainsState['sets'] }) {
  const { plan, rules, texts } = useDomains(({ plan, rules, texts }) => ({ plan, rules, texts }));
  const actions = useDomainsActions();
  if (plan === null) return null;
  return (
    <CutControl
      rules={rules}
      plan={plan}
      leftOut={getLeftOut(sets, texts)}
      onChange={actions.setRules}
    />
  );
}

function SetProblems({ sets }: { readonly sets: DomainsState['sets'] }) {
  const actions = useDomainsActions();
  const problems = useMemo(() => findSetProblems(sets), [sets]);
  return <Problems problems={problems} onRemoveRepeats={actions.removeRepeats} />;
}

/** The ways in, and what became of what was given. */
function Incoming({ isEmpty }: { readonly isEmpty: boolean }) {
  const intake = useDomains((state) => state.intake);
  const names = useDomains((state) => state.sets.map(({ name }) => name));
  const hasBuiltIn = useDomains((state) =>
    state.sets.some(({ texts }) => texts.some(({ source }) => source.kind === 'built-in')),
  );
  const actions = useDomainsActions();
  const { reading, asking, notes } = intake;
  // Kept here: the form comes and goes with the first set and with questions.
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const ways = (
    <AddTexts
      names={names}
      draft={draft}
      onDraft={setDraft}
      onPaste={(pasted, name, cut) => void actions.addPasted(pasted, name, cut)}
      onFiles={(files) => void actions.addFiles(files)}
    />
  );
  return (
    <>
      {reading !== null && (
        <p className="queue-bar">
          <progress
            max={1}
            {...(reading.share === null ? {} : { value: reading.share })}
            aria-label={t('readingFiles')}
          />
          <span>
            {reading.name === '' ? t('readingFiles') : t('reading', { name: reading.name })}
          </span>
          <button type="button" className="button" onClick={actions.cancelReading}>
            {t('stopReading')}
          </button>
        </p>
      )}
      {asking !== null && (
        <ColumnQuestion
          key={`${asking.name} ${asking.problem}`}
          question={asking}
          onUse={(text, label) => void actions.chooseColumns(text, label)}
          onDrop={actions.dropTable}
        />
      )}
      <Notes notes={notes} onColumns={actions.askColumns} onDismiss={actions.dismissNotes} />
      {isEmpty ? (
        ways
      ) : (
        <details className="more-texts">
          <summary>{t('add')}</summary>
          {ways}
          {!hasBuiltIn && (
            <button
              type="button"
              className="button"
              title={t('builtInWhat')}
              onClick={() => void actions.addBuiltIn()}
            >
              {t('addBuiltIn')}
            </button>
          )}
        </details>
      )}
    </>
  );
}

function Kept() {
  const { keeping, usage, room, needed, count } = useDomains(
    ({ keeping, usage, room, profileBytes, counts, sets }) => ({
      keeping,
      usage,
      room,
      needed: profileBytes === null ? null : profileBytes * counts.total,
      count: sets.length,
    }),
  );
  const actions = useDomainsActions();
  if (count === 0 && keeping.status === 'kept' && !usage?.profileCount) return null;
  return (
    <Keeping
      keeping={keeping}
      usage={usage}
      room={room}
      needed={needed}
      setCount={count}
      onForget={() => void actions.forgetResults()}
      onRemoveAll={actions.removeAll}
    />
  );
}
