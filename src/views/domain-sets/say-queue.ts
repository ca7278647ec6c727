import type { DomainsState, QueueStatus } from '../../state/domains/domains-state.ts';
import { t } from './messages.ts';

export type QueueAction = 'start' | 'pause' | 'cancel';

/** What the queue's bar shows. */
export interface QueueSaying {
  readonly text: string;
  /** For those who hear the page: changes only when something begins or ends. */
  readonly spoken: string;
  /** From 0 to 1; null where nothing goes on. */
  readonly share: number | null;
  readonly actions: readonly { readonly action: QueueAction; readonly label: string }[];
}

const PAUSED = {
  person: 'sayPaused',
  reload: 'sayReload',
  'model-changed': 'sayChanged',
  'model-failed': 'sayFailed',
} as const;

/** The queue in words, and what can be done about it. */
export function sayQueue(
  state: Pick<DomainsState, 'queue' | 'counts' | 'texts' | 'plan' | 'shownPlan'>,
): QueueSaying {
  const { queue, counts } = state;
  const { done, total } = counts;
  const share = total > 0 ? done / total : 0;
  const stop = { action: 'cancel', label: t('stop') } as const;
  switch (queue.status) {
    case 'preparing': {
      const text = t('sayPreparing', { done: queue.done, total: queue.total });
      return { text, spoken: '', share: queue.done / Math.max(1, queue.total), actions: [] };
    }
    case 'awaiting-model':
      return { ...sameSaid(t('sayAwaiting')), share, actions: [stop] };
    case 'running': {
      const text = [t('sayRunning', { done, total }), ...sayLeft(queue)].join(' · ');
      const pause = { action: 'pause', label: t('pause') } as const;
      return { text, spoken: t('spokenRunning'), share, actions: [pause, stop] };
    }
    case 'paused': {
      const { reason } = queue;
      const start = {
        action: 'start',
        label: t(reason === 'model-failed' ? 'tryAgain' : 'goOn'),
      } as const;
      const leave = reason === 'person' ? stop : { ...stop, label: t('notNow') };
      return {
        ...sameSaid(t(PAUSED[reason], { done, total })),
        share,
        actions: [start, leave],
      };
    }
    case 'idle':
      return sayIdle(state);
  }
}

const sameSaid = (text: string): { readonly text: string; readonly spoken: string } => ({
  text,
  spoken: text,
});

function sayIdle({
  counts: { done, failed, total },
  texts,
  plan,
  shownPlan,
}: Pick<DomainsState, 'counts' | 'texts' | 'plan' | 'shownPlan'>): QueueSaying {
  if (plan === null) return { ...sameSaid(''), share: null, actions: [] };
  if (total === 0) return { ...sameSaid(t('sayNothing')), share: null, actions: [] };
  const waiting = [...texts.values()].filter(({ status }) => status === 'waiting').length;
  const isStale = shownPlan !== null && shownPlan.key !== plan.key;
  const old = isStale
    ? ` ${t('sayStale', { length: shownPlan.length, model: shownPlan.modelName })}`
    : '';
  if (waiting > 0) {
    return {
      ...sameSaid(`${t('sayReady', { count: waiting })}${old}`),
      share: null,
      actions: [{ action: 'start', label: t('run', { count: waiting }) }],
    };
  }
  const said =
    failed > 0 ? t('sayDoneFailed', { done, total, failed }) : t('sayAllDone', { count: done });
  return { ...sameSaid(said + old), share: null, actions: [] };
}

function sayLeft({ secondsLeft }: Extract<QueueStatus, { status: 'running' }>): readonly string[] {
  return secondsLeft === null ? [] : [t('left', { time: sayTime(secondsLeft) })];
}

/** "40 s", "3 min", "1 h 20 min": no more exact than an estimate is. */
export function sayTime(seconds: number): string {
  if (seconds < 55) return t('seconds', { count: Math.max(5, Math.ceil(seconds / 5) * 5) });
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return t('minutes', { count: minutes });
  return t('hours', { count: Math.floor(minutes / 60), minutes: minutes % 60 });
}
