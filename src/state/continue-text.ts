import type { StoreApi } from 'zustand/vanilla';
import type { RunId } from '../lib/flavor.ts';
import { toHeadlightError } from '../lib/headlight-error.ts';
import type { LatestWins } from '../lib/latest-wins.ts';
import type { Engine, GeneratedToken, GenerationRequest } from '../protocol/engine.ts';
import type { RunData } from '../protocol/run.ts';
import type { AppState, Continuation } from './app-state.ts';

/** How a text is continued; the text itself is the page's. */
export type ContinueRequest = Omit<GenerationRequest, 'runId' | 'text' | 'tokens' | 'keepLayers'>;

/** What continuing needs of the store. */
export interface ContinueScene {
  readonly store: Pick<StoreApi<AppState>, 'getState' | 'setState'>;
  /** Shared with runs: typing or running ends a generation. */
  readonly running: LatestWins;
  engine(): Engine;
  nextRunId(): RunId;
  show(run: RunData): void;
  /** Runs the text as it is now, for what a generation leaves out: the predictions. */
  startRun(): void;
}

/**
 * Lets the model go on with the text, token by token. Each new token becomes the text and a shown run of
 * its own; what was made stays when it is stopped or fails. The tokens are kept as they were chosen.
 */
export function continueText(scene: ContinueScene, request: ContinueRequest): void {
  const { getState: get, setState: set } = scene.store;
  const { model, text, continuation: earlier, givenTokens } = get();
  if (model.status !== 'ready' || text === '') return;
  const base = earlier?.tokens.text === text ? earlier : null;
  const runId = scene.nextRunId();
  let made = 0;
  let latest = base;
  const accept = (token: GeneratedToken): void => {
    made++;
    latest = {
      before: base?.before ?? text,
      tokens: token.tokens,
      probabilities: [...(latest?.probabilities ?? []), token.probability],
      end: null,
      isCutAlike: null,
    };
    scene.show({
      runId: token.runId,
      model: model.facts,
      tokens: token.tokens,
      layers: token.layers,
      predictions: null,
      recorded: null,
    });
    set({
      text: token.tokens.text,
      sampleId: null,
      tokens: token.tokens,
      continuation: latest,
      generation: { status: 'generating', made, wanted: request.tokenCount },
    });
  };
  const finish = (end: Continuation['end']): void => {
    const { continuation } = get();
    if (continuation !== null && continuation === latest) set({ continuation: { ...latest, end } });
  };
  void scene.running
    .start(async (signal) => {
      set({
        generation: { status: 'generating', made, wanted: request.tokenCount },
        run: { status: 'idle' },
      });
      const keepLayers = [get().selection.layer];
      const addsBegin = get().addsBegin ?? undefined;
      const held = base?.tokens ?? givenTokens;
      const tokens = held === null ? {} : { tokens: held };
      const given = { text, keepLayers, addsBegin, ...tokens };
      try {
        const { stopped } = await scene
          .engine()
          .generate(
            { ...request, ...given, runId },
            (token) => !signal.aborted && accept(token),
            signal,
          );
        finish(stopped);
        set({ generation: { status: 'idle' } });
      } catch (thrown) {
        const error = toHeadlightError(thrown);
        finish('stopped');
        if (signal.aborted) return;
        if (error.code !== 'cancelled') set({ generation: { status: 'failed', error } });
      }
    })
    .then(async () => {
      const expected = latest === null ? text : latest.tokens.text;
      if (get().text !== expected || scene.running.isBusy) return;
      scene.startRun();
      await compareCut(scene);
    });
}

/** Finds out whether the continued text, cut again, would give the tokens that the model chose. */
async function compareCut({ store, engine }: ContinueScene): Promise<void> {
  const { continuation } = store.getState();
  if (continuation === null) return;
  const { text, ids } = continuation.tokens;
  try {
    const again = await engine().tokenize(text, store.getState().addsBegin ?? undefined);
    const isCutAlike = again.ids.length === ids.length && again.ids.every((id, i) => id === ids[i]);
    const now = store.getState().continuation;
    if (now?.tokens === continuation.tokens)
      store.setState({ continuation: { ...now, isCutAlike } });
  } catch {
    // A dead engine says so itself; whether the cut is alike stays unknown.
  }
}
