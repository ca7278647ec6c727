import { createStore, type StoreApi } from 'zustand/vanilla';
import { type HeadlightError, toHeadlightError } from '../../lib/headlight-error.ts';
import { LatestWins } from '../../lib/latest-wins.ts';
import { BATTERY_VERSION } from '../../measures/atlas/battery.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import type { Engine } from '../../protocol/engine.ts';
import type { TokenizedText } from '../../text/token.ts';
import type { LinkPart } from '../link-part.ts';
import { getModelKey, isKeyFinal } from '../model-key.ts';
import type { AtlasResult } from './atlas-result.ts';
import { type AtlasView, DEFAULT_VIEW, toAtlasParameters } from './atlas-view.ts';
import { type CustomRoleStore, createCustomRoleStore } from './custom-role-store.ts';
import type { BatteryProgress } from './run-battery.ts';

/** Where results of models are kept. Every call may reject: then nothing is kept. */
export interface KeptAtlas {
  /** What was kept under a model's key; null when there is nothing. */
  load(modelKey: string): Promise<AtlasResult | null>;
  save(result: AtlasResult): Promise<void>;
  remove(modelKey: string): Promise<void>;
}

/** What the atlas needs of the place it lives in. */
export interface AtlasHost {
  engine(): Engine;
  /** The model that is ready; null while there is none. */
  facts(): ModelFacts | null;
  /** Calls the listener when `facts` may give another model. */
  onModel(listener: () => void): void;
  /** The person's present text; null before it is cut into tokens. */
  tokens(): TokenizedText | null;
  /** Resolves when the person's own text is not being run. */
  whenFree(): Promise<void>;
  now(): number;
  readonly kept: KeptAtlas;
  /** Says that the browser keeps nothing. */
  warn(message: string): void;
}

export type BatteryStatus =
  | { readonly status: 'idle' }
  /** What was kept of this model is being looked for. */
  | { readonly status: 'looking' }
  | {
      readonly status: 'running';
      readonly progress: BatteryProgress;
      readonly startedAt: number;
    }
  | { readonly status: 'failed'; readonly error: HeadlightError };

export interface AtlasState {
  readonly battery: BatteryStatus;
  /** What is known of the loaded model's heads; null before its battery. */
  readonly result: AtlasResult | null;
  readonly view: AtlasView;
}

/** What a person can do with the atlas. */
export interface AtlasActions {
  /** Tests all heads of the loaded model, again when they were tested before. */
  start(): void;
  /** Stops the battery; what was known before stays. */
  cancel(): void;
  setView(part: Partial<AtlasView>): void;
}

export interface AtlasStore {
  readonly store: StoreApi<AtlasState>;
  readonly actions: AtlasActions;
  readonly link: LinkPart;
  /** The role that the person makes. */
  readonly custom: CustomRoleStore;
  isBusy(): boolean;
  /** Resolves when no battery runs and nothing is looked for. */
  whenIdle(): Promise<void>;
}

const BEGINNING: BatteryProgress = { stage: 'building', doneProbes: 0, probeCount: 0, share: 0 };

/** The roles of a model's heads: found by a battery that runs in the background, kept by model. */
export function createAtlasStore(host: AtlasHost, view: AtlasView = DEFAULT_VIEW): AtlasStore {
  const store = createStore<AtlasState>(() => ({
    battery: { status: 'idle' },
    result: null,
    view,
  }));
  const set = store.setState;
  const get = store.getState;
  const working = new LatestWins();
  const custom = createCustomRoleStore(host);
  let modelKey: string | null = null;

  const lookUp = (key: string): Promise<void> =>
    working.start(async (signal) => {
      set({ battery: { status: 'looking' }, result: null });
      const kept = await host.kept.load(key).catch((error: unknown) => {
        host.warn(`what was kept of the atlas could not be read: ${String(error)}`);
        return null;
      });
      if (signal.aborted) return;
      const isValid = kept?.version === BATTERY_VERSION && kept.modelKey === key;
      set({ battery: { status: 'idle' }, result: isValid ? kept : null });
    });

  const save = async (result: AtlasResult): Promise<void> => {
    await host.kept.save(result).catch((error: unknown) => {
      host.warn(`the atlas could not be kept: ${String(error)}`);
    });
  };

  /**
   * Another model: what runs belongs to the one before and is given up. The same one whose hash has come:
   * what is kept of it is looked for, or what was found meanwhile gets its name.
   */
  const followModel = (): void => {
    const facts = host.facts();
    if (facts === null) {
      if (modelKey === null) return;
      modelKey = null;
      working.cancel();
      custom.forget();
      set({ battery: { status: 'idle' }, result: null });
      return;
    }
    const key = getModelKey(facts);
    if (key === modelKey) return;
    modelKey = key;
    const { result } = get();
    if (result !== null) {
      const named = { ...result, modelKey: key };
      set({ result: named });
      void save(named);
    } else if (isKeyFinal(facts) && !working.isBusy) void lookUp(key);
  };

  const start = (): void => {
    const facts = host.facts();
    if (facts === null) return;
    void working.start(async (signal) => {
      const startedAt = host.now();
      set({ battery: { status: 'running', progress: BEGINNING, startedAt } });
      try {
        // The probes are fetched when they are wanted, not when the page opens.
        const { runBattery } = await import('./run-battery.ts');
        const result = await runBattery({
          engine: host.engine(),
          facts,
          whenFree: host.whenFree,
          now: host.now,
          signal,
          onProgress(progress) {
            if (!signal.aborted) set({ battery: { status: 'running', progress, startedAt } });
          },
        });
        if (signal.aborted) return;
        // The hash may have come while it ran.
        const named = { ...result, modelKey: modelKey ?? result.modelKey };
        set({ battery: { status: 'idle' }, result: named });
        await save(named);
      } catch (thrown) {
        const error = toHeadlightError(thrown);
        if (signal.aborted) return;
        set({
          battery: error.code === 'cancelled' ? { status: 'idle' } : { status: 'failed', error },
        });
      }
    });
  };

  const isBusy = (): boolean => working.isBusy || custom.isBusy();
  host.onModel(followModel);
  followModel();
  return {
    store,
    actions: {
      start,
      cancel() {
        working.cancel();
        set({ battery: { status: 'idle' } });
      },
      setView: (part) => set((state) => ({ view: { ...state.view, ...part } })),
    },
    link: {
      write: () => toAtlasParameters(get().view),
      subscribe: (listener) =>
        store.subscribe((state, before) => {
          if (state.view !== before.view) listener();
        }),
    },
    custom,
    isBusy,
    async whenIdle() {
      while (isBusy()) await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}
