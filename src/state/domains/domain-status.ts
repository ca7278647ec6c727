import { createMessages } from '../../lib/messages.ts';
import type { AnalysisState } from '../analysis-desk.ts';
import { useAnalysisActions } from '../analysis-hooks.tsx';
import { getAdvice } from '../error-advice.ts';
import type { DomainResults } from './domain-results.ts';
import { useDomains, useDomainsActions } from './domains-hooks.tsx';
import { getFilledSets } from './set-values.ts';

const t = createMessages('domain-status', {
  noSets:
    'Put texts into two or more sets above, or open the built-in ones: the results appear here.',
  oneSet: 'A comparison needs a second set with at least one finished text.',
  fewTexts: 'Statistics need at least two finished texts in each of the two sets.',
  ready: 'Nothing has been run yet: start the queue above.',
  paused: 'The queue is paused before there is a finished text in every set.',
  preparing: 'Texts are cut into tokens: {{done}} of {{total}}',
  awaitingModel: 'Waiting for the model …',
  running: 'Running the model on the texts: {{done}} of {{total}}',
  counting: 'Working out the statistics …',
  stopped: 'The statistics were stopped.',
  goOn: 'Work them out',
  stale: 'Model or texts have changed since; these are the numbers of before.',
});

/** The state of a view of results; fits what view frames show. */
export type DomainViewStatus =
  | { readonly kind: 'ready' }
  | { readonly kind: 'stale'; readonly message: string }
  | { readonly kind: 'empty'; readonly message: string }
  | {
      readonly kind: 'working';
      readonly message: string;
      readonly share: number | null;
      readonly onCancel?: () => void;
      readonly keepsContent: boolean;
    }
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly nextStep: string;
      readonly keepsContent: boolean;
      readonly action: { readonly label: string; readonly run: () => void };
    };

export interface StatusNeeds {
  /** Sets with finished texts that the view cannot do without. */
  readonly sets?: 1 | 2;
  /** What is being worked out for it. */
  readonly analyses?: readonly (AnalysisState<unknown> | null)[];
  /** Whether the view has something to show before these are done. */
  readonly showsBefore?: boolean;
}

/** Where a view of results stands: the queue, what is missing, the arithmetic. */
export function useDomainStatus(
  results: DomainResults | null,
  { sets = 1, analyses = [], showsBefore = false }: StatusNeeds = {},
): DomainViewStatus {
  const queueStatus = useQueueStatus();
  const analysisActions = useAnalysisActions();
  if (results === null) return queueStatus;
  if (getFilledSets(results).length < sets) return { kind: 'empty', message: t('oneSet') };
  const found = analyses.flatMap((each) => each ?? []);
  const failed = found.find((each) => each.status === 'failed');
  if (failed?.status === 'failed') {
    return {
      kind: 'failed',
      message: failed.error.message,
      nextStep: getAdvice(failed.error.code),
      keepsContent: showsBefore,
      action: { label: t('goOn'), run: analysisActions.restart },
    };
  }
  if (found.some(({ status }) => status === 'stopped')) {
    return {
      kind: 'failed',
      message: t('stopped'),
      nextStep: '',
      keepsContent: showsBefore,
      action: { label: t('goOn'), run: analysisActions.restart },
    };
  }
  const open = found.filter(({ status }) => status === 'working');
  if (open.length > 0) {
    const done = found.reduce((sum, each) => sum + (each.status === 'working' ? each.share : 1), 0);
    return {
      kind: 'working',
      message: t('counting'),
      share: done / found.length,
      onCancel: analysisActions.stop,
      keepsContent: showsBefore,
    };
  }
  if (results.isStale) return { kind: 'stale', message: t('stale') };
  if (results.isPartial && queueStatus.kind === 'working')
    return { ...queueStatus, keepsContent: true };
  return { kind: 'ready' };
}

/** Where the queue stands, for views that have nothing to show yet. */
function useQueueStatus(): DomainViewStatus {
  const { queue, counts, setCount } = useDomains((state) => ({
    queue: state.queue,
    counts: state.counts,
    setCount: state.sets.length,
  }));
  const actions = useDomainsActions();
  const working = (message: string, share: number | null): DomainViewStatus => ({
    kind: 'working',
    message,
    share,
    onCancel: actions.pause,
    keepsContent: false,
  });
  if (setCount === 0) return { kind: 'empty', message: t('noSets') };
  switch (queue.status) {
    case 'preparing': {
      const { done, total } = queue;
      return working(t('preparing', { done, total }), total > 0 ? done / total : null);
    }
    case 'awaiting-model':
      return working(t('awaitingModel'), null);
    case 'running':
      return working(
        t('running', { ...counts }),
        counts.total > 0 ? counts.done / counts.total : null,
      );
    case 'paused':
      return { kind: 'empty', message: t('paused') };
    case 'idle':
      return { kind: 'empty', message: t('ready') };
  }
}

/** Why a comparison gives no statistics; null when it can. */
export function sayTooFew(...counts: readonly number[]): string | null {
  return counts.some((count) => count < 2) ? t('fewTexts') : null;
}
