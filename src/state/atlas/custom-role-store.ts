import { createStore, type StoreApi } from 'zustand/vanilla';
import { type HeadlightError, toHeadlightError } from '../../lib/headlight-error.ts';
import { LatestWins } from '../../lib/latest-wins.ts';
import { takeTokens } from '../../measures/atlas/probe.ts';
import { LARGEST_PAINTED, type PaintedMatrix } from '../../measures/painted-pattern.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import type { Engine } from '../../protocol/engine.ts';
import { SURVEY_LIMIT } from '../../protocol/survey.ts';
import type { TokenizedText } from '../../text/token.ts';
import {
  type CustomRole,
  type CustomScores,
  scoreCustomRole,
  toRuleRole,
} from './score-custom-role.ts';

/** What the person's own role needs of the page. */
export interface CustomRoleHost {
  engine(): Engine;
  facts(): ModelFacts | null;
  /** The person's present text; null before it is cut into tokens. */
  tokens(): TokenizedText | null;
  whenFree(): Promise<void>;
}

export type CustomRunStatus =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly done: number; readonly all: number }
  | { readonly status: 'failed'; readonly error: HeadlightError };

export interface CustomRoleState {
  /** Which of the two ways to make a role is used. */
  readonly kind: CustomRole['kind'];
  /** The rule as typed. */
  readonly rule: string;
  readonly painted: PaintedMatrix;
  /** The person's own text, or the ordinary texts of the battery. */
  readonly texts: 'own' | 'probes';
  readonly run: CustomRunStatus;
  /** Of the last search; of the role as it was then. Null before the first. */
  readonly found: CustomScores | null;
}

export interface CustomRoleActions {
  set(part: Partial<Pick<CustomRoleState, 'kind' | 'rule' | 'painted' | 'texts'>>): void;
  /** Looks for the heads that match best. Nothing happens for a rule that cannot be read. */
  find(): void;
  cancel(): void;
}

export interface CustomRoleStore {
  readonly store: StoreApi<CustomRoleState>;
  readonly actions: CustomRoleActions;
  /** Lets go of what was found: it belongs to another model. */
  forget(): void;
  isBusy(): boolean;
}

/** Nothing painted yet. */
export function createEmptyPainting(): PaintedMatrix {
  return { side: LARGEST_PAINTED, values: new Float32Array(LARGEST_PAINTED ** 2) };
}

/** The role that a person paints or writes, and the heads that match it. */
export function createCustomRoleStore(host: CustomRoleHost): CustomRoleStore {
  const store = createStore<CustomRoleState>(() => ({
    kind: 'rule',
    rule: 'after same token',
    painted: createEmptyPainting(),
    texts: 'own',
    run: { status: 'idle' },
    found: null,
  }));
  const set = store.setState;
  const get = store.getState;
  const working = new LatestWins();

  const getRole = (): CustomRole | null => {
    const { kind, rule, painted } = get();
    return kind === 'rule' ? toRuleRole(rule) : { kind, painted };
  };
  const getTexts = async (facts: ModelFacts): Promise<readonly TokenizedText[]> => {
    const limit = Math.min(facts.contextLength, SURVEY_LIMIT);
    const own = host.tokens();
    if (get().texts === 'own') return own === null ? [] : [takeTokens(own, limit)];
    const { buildTexts } = await import('./build-probes.ts');
    return (await buildTexts(host.engine(), limit)).map(({ tokens }) => tokens);
  };

  return {
    store,
    actions: {
      set: (part) => set(part),
      find() {
        const facts = host.facts();
        const role = getRole();
        if (facts === null || role === null) return;
        void working.start(async (signal) => {
          set({ run: { status: 'running', done: 0, all: 1 } });
          try {
            const texts = await getTexts(facts);
            await host.whenFree();
            const found = await scoreCustomRole(
              host.engine(),
              role,
              texts,
              facts,
              (done) => {
                if (!signal.aborted) set({ run: { status: 'running', done, all: texts.length } });
              },
              signal,
            );
            if (!signal.aborted) set({ run: { status: 'idle' }, found });
          } catch (thrown) {
            const error = toHeadlightError(thrown);
            if (!signal.aborted && error.code !== 'cancelled')
              set({ run: { status: 'failed', error } });
          }
        });
      },
      cancel() {
        working.cancel();
        set({ run: { status: 'idle' } });
      },
    },
    forget() {
      working.cancel();
      set({ run: { status: 'idle' }, found: null });
    },
    isBusy: () => working.isBusy,
  };
}
