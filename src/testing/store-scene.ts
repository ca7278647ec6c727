import { expect, vi } from 'vitest';
import type { HeadlightError } from '../lib/headlight-error.ts';
import type { CallName } from '../protocol/messages.ts';
import { createWorkerEngine } from '../protocol/worker-engine.ts';
import type { AppState, SavedText } from '../state/app-state.ts';
import { createHeadlightStore, type InitialState } from '../state/store.ts';
import { FakeEngine } from './fake-engine.ts';
import { createFakeWorker } from './fake-worker.ts';

/** A page's surroundings in memory: engines are made on a fake, calls can be held and made to fail. */
export function createStoreScene(
  initial: Partial<InitialState> = {},
  saved: readonly SavedText[] = [],
) {
  let held: CallName | null = null;
  let passes = 0;
  let waiting: (() => void)[] = [];
  const failures = new Map<CallName, HeadlightError>();
  const engines: { fake: FakeEngine; crash: (message: string) => void }[] = [];
  const kept: { texts: readonly SavedText[]; theme: string } = { texts: saved, theme: '' };
  const headlight = createHeadlightStore(
    {
      createEngine(onDeath) {
        const fake = new FakeEngine({
          gate: async (call) => {
            if (call === held && passes-- <= 0)
              await new Promise<void>((resolve) => waiting.push(resolve));
          },
          onCall: (call) => {
            const failure = failures.get(call);
            failures.delete(call);
            if (failure) throw failure;
          },
        });
        const worker = createFakeWorker(fake);
        const crash = (message: string) =>
          worker.crash(Object.assign(new Event('error'), { message }));
        engines.push({ fake, crash });
        return createWorkerEngine(worker, onDeath);
      },
      model: { origin: { kind: 'embedded' }, request: { fileName: 'fake.gguf', sources: [] } },
      loadTexts: () => saved,
      saveTexts: (texts) => {
        kept.texts = texts;
      },
      saveTheme: (theme) => {
        kept.theme = theme;
      },
    },
    {
      text: 'the cat saw the dog',
      sampleId: null,
      selection: {},
      display: {},
      theme: 'system',
      ...initial,
    },
  );
  const { store, actions, runs, whenIdle } = headlight;
  return {
    ...headlight,
    kept,
    engines,
    state: (): AppState => store.getState(),
    shown: () => runs.get(store.getState().shownRunId),
    begun: () => engines.flatMap(({ fake }) => fake.begun.map(({ text }) => text)),
    failNext: (call: CallName, error: HeadlightError) => void failures.set(call, error),
    /** Holds calls of this name after so many of their parts. */
    hold: (call: CallName, after = 0) => {
      held = call;
      passes = after;
    },
    letGo: () => {
      held = null;
      const all = waiting;
      waiting = [];
      for (const resolve of all) resolve();
    },
    /** Waits until the state is so. */
    until: (isSo: (state: AppState) => boolean) =>
      vi.waitFor(() => expect(isSo(store.getState())).toBe(true), { interval: 2, timeout: 5000 }),
    async load() {
      actions.loadModel();
      await whenIdle();
    },
  };
}
