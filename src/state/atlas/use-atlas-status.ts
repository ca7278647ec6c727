import { createMessages } from '../../lib/messages.ts';
import { getAdvice } from '../error-advice.ts';
import { useActions, useApp } from '../hooks.tsx';
import type { RunViewStatus } from '../view-status.ts';
import { useAtlas, useAtlasActions } from './atlas-hooks.tsx';
import type { AtlasResult } from './atlas-result.ts';
import { estimateLeft } from './time-left.ts';

const t = createMessages('atlas-status', {
  noModel: 'The model is still being loaded: its heads can be tested once it is there.',
  modelFailed: 'The model could not be loaded, so there are no heads to test.',
  looking: 'Looking for earlier results of this model …',
  building: 'Cutting the probes into this model’s tokens …',
  probes: 'Probe {{done}} of {{all}}',
  probesLeft: 'Probe {{done}} of {{all}}, about {{seconds}} s left',
  weights: 'Reading the weights',
  weightsLeft: 'Reading the weights, about {{seconds}} s left',
  notTested: 'The heads of this model have not been tested yet.',
  again: 'Test again',
  loadAgain: 'Load the model again',
});

/** What the atlas knows of the loaded model; null before its battery was run. */
export function useAtlasResult(): AtlasResult | null {
  return useAtlas((state) => state.result);
}

/** Where the atlas stands. One view, the main one, tells progress and failures. */
export function useAtlasStatus(isMain = false): RunViewStatus {
  const battery = useAtlas((state) => state.battery);
  const keepsContent = useAtlas((state) => state.result !== null);
  const model = useApp((state) => state.model.status);
  const { start, cancel } = useAtlasActions();
  const { loadModel } = useActions();
  if (keepsContent && (battery.status === 'idle' || !isMain)) return { kind: 'ready' };
  if (model === 'failed') {
    return {
      kind: 'failed',
      message: t('modelFailed'),
      nextStep: getAdvice('runtime-failed'),
      isQuiet: !isMain,
      action: { label: t('loadAgain'), run: loadModel },
    };
  }
  if (model !== 'ready') return { kind: 'empty', message: t('noModel') };
  if (!isMain || battery.status === 'idle') return { kind: 'empty', message: t('notTested') };
  if (battery.status === 'looking')
    return { kind: 'working', message: t('looking'), share: null, keepsContent };
  if (battery.status === 'failed') {
    return {
      kind: 'failed',
      message: battery.error.message,
      nextStep: getAdvice(battery.error.code),
      action: { label: t('again'), run: start },
    };
  }
  const { progress, startedAt } = battery;
  const left = estimateLeft(progress.share, (Date.now() - startedAt) / 1000);
  const seconds = left === null ? null : Math.ceil(left);
  const counts = { done: progress.doneProbes, all: progress.probeCount };
  const message = {
    building: () => t('building'),
    probes: () =>
      seconds === null ? t('probes', counts) : t('probesLeft', { ...counts, seconds }),
    weights: () => (seconds === null ? t('weights') : t('weightsLeft', { seconds })),
  }[progress.stage]();
  return { kind: 'working', message, share: progress.share, onCancel: cancel, keepsContent };
}
