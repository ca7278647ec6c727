import type { HeadlightError } from '../lib/headlight-error.ts';
import { createMessages } from '../lib/messages.ts';
import { toTranscript } from '../text/conversation.ts';
import { getAdvice } from './error-advice.ts';
import { useActions, useApp, useIsStale, useRun, useRunStatus } from './hooks.tsx';

const t = createMessages('view-status', {
  noText: 'Paste or type a text above, or choose a sample: each head’s attention appears here.',
  runtime: 'Starting the engine …',
  weights: 'Loading the model: {{done}} of {{all}} MB',
  layers: 'Layer {{done}} of {{all}}, {{seconds}} s left',
  layersSoon: 'Layer {{done}} of {{all}}',
  waiting: 'Waiting for the text to rest …',
  stopped: 'The run was stopped.',
  tryAgain: 'Try again',
  noTurns:
    'Look at the turns as an ordinary text, or take a model that was made for conversations.',
  asText: 'Show the turns as a text',
});

/** The state of anything that shows the current run; fits what view frames show. */
export type RunViewStatus =
  | { readonly kind: 'ready' }
  | { readonly kind: 'stale' }
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
      /** Said aloud, with the next step, by another view. */
      readonly isQuiet?: boolean;
      readonly action: { readonly label: string; readonly run: () => void };
    };

/**
 * Where the shown run stands. `needsLayer`: content counts as there when this layer has arrived. One view
 * of a page, the main one, says failures aloud and what to do next; the others only say why they are empty.
 */
export function useViewStatus(needsLayer: number | null = null, isMain = false): RunViewStatus {
  const { model, text, conversation } = useApp((state) => ({
    model: state.model,
    text: state.text,
    conversation: state.conversation,
  }));
  const run = useRunStatus();
  const data = useRun();
  const isStale = useIsStale();
  const actions = useActions();
  const keepsContent = data !== null && (needsLayer === null || data.layers[needsLayer] != null);
  const failed = (error: HeadlightError) => ({
    kind: 'failed' as const,
    message: error.message,
    nextStep: getAdvice(error.code),
    isQuiet: !isMain,
    action: { label: t('tryAgain'), run: actions.runAgain },
  });
  if (model.status === 'failed') return failed(model.error);
  if (run.status === 'failed') {
    // A model without a template, or one that refuses these turns.
    return conversation !== null && run.error.code === 'argument-invalid'
      ? {
          ...failed(run.error),
          nextStep: t('noTurns'),
          action: {
            label: t('asText'),
            run: () => actions.setText(toTranscript(conversation)),
          },
        }
      : failed(run.error);
  }
  if (text === '') return { kind: 'empty', message: t('noText') };
  if (
    model.status === 'idle' ||
    (model.status === 'loading' && model.progress?.stage === 'runtime')
  ) {
    return { kind: 'working', message: t('runtime'), share: null, keepsContent };
  }
  if (model.status === 'loading') {
    const { loadedBytes = 0, totalBytes = 0 } = model.progress ?? {};
    const mega = (bytes: number) => Math.round(bytes / 1e6);
    const message = t('weights', { done: mega(loadedBytes), all: mega(totalBytes) });
    return {
      kind: 'working',
      message,
      share: totalBytes > 0 ? loadedBytes / totalBytes : null,
      keepsContent,
    };
  }
  if (run.status === 'running') {
    const { layersDone: done, layerCount: all } = run;
    const elapsed = (Date.now() - run.startedAt) / 1000;
    const seconds = done > 0 ? Math.ceil((elapsed / done) * (all - done)) : 0;
    const message = done > 1 ? t('layers', { done, all, seconds }) : t('layersSoon', { done, all });
    return {
      kind: 'working',
      message,
      share: done / all,
      onCancel: actions.cancelRun,
      keepsContent,
    };
  }
  if (data === null) return { kind: 'working', message: t('waiting'), share: null, keepsContent };
  if (isStale) return { kind: 'stale' };
  if (data.layers.includes(null)) return { kind: 'empty', message: t('stopped') };
  return { kind: 'ready' };
}
