import { createStore, type StoreApi } from 'zustand/vanilla';
import { type HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import { LatestWins } from '../lib/latest-wins.ts';
import { SettledValue } from '../lib/settled-value.ts';
import type { PrecisionWish } from '../model/weight-form.ts';
import type { Engine } from '../protocol/engine.ts';
import type { RunData, SliceReader } from '../protocol/run.ts';
import type { Conversation } from '../text/conversation.ts';
import { SAMPLES } from '../text/samples.ts';
import type { TokenizedText } from '../text/token.ts';
import type { AppState, SavedText, Theme } from './app-state.ts';
import { type ContinueRequest, continueText } from './continue-text.ts';
import { DEFAULT_DISPLAY, type DisplayOptions } from './display-options.ts';
import { followRun } from './follow-run.ts';
import { History } from './history.ts';
import { type ModelChoice, ModelLoader } from './model-loader.ts';
import { RunRegistry } from './run-registry.ts';
import type { Selection, SelectionPreview } from './selection.ts';
import { TextKeeper } from './text-keeper.ts';
import type { Workspace } from './workspace.ts';

/** What the store needs of the place it lives in. */
export interface StoreHost {
  /** Makes an engine; called again after one has died. */
  createEngine(onDeath: (error: HeadlightError) => void): Engine;
  /** The model that the page begins with. */
  readonly model: ModelChoice;
  loadTexts(): readonly SavedText[];
  saveTexts(texts: readonly SavedText[]): void;
  saveTheme(theme: Theme): void;
}

export interface InitialState {
  /** Read when left out. */
  readonly workspace?: Workspace;
  readonly text: string;
  readonly sampleId: string | null;
  readonly conversation?: Conversation | null;
  readonly selection: Partial<Selection>;
  readonly display: Partial<DisplayOptions>;
  readonly theme: Theme;
  /** Whether texts get a begin token; null or left out, as the model's files say. */
  readonly addsBegin?: boolean | null;
  /** How quantised weights are held; by memory and device when left out. */
  readonly precision?: PrecisionWish;
}

/** Everything a person can do. */
export interface AppActions {
  openWorkspace(workspace: Workspace): void;
  setText(text: string, sampleId?: string | null): void;
  /** Places a text that is to have exactly these tokens. */
  setTokens(tokens: TokenizedText): void;
  openSample(id: string): void;
  /** Gives the text as turns; the model's template makes the text of them, now or once it is loaded. */
  setConversation(conversation: Conversation): void;
  /** Opens a text of the list as it was given: as a text or as turns. */
  openSavedText(id: string): void;
  deleteSavedText(id: string): void;
  deleteSavedTexts(): void;
  select(part: Partial<Selection>): void;
  preview(part: SelectionPreview | null): void;
  release(): void;
  setDisplay(part: Partial<DisplayOptions>): void;
  setTheme(theme: Theme): void;
  /** Loads the present model, again after a failure. */
  loadModel(): void;
  /** Takes another model in the place of the present one; the text stays. */
  openModel(choice: ModelChoice, selection?: Selection): void;
  /** Returns to the model that was there before one that fails or takes too long. */
  goBack(): void;
  /** How quantised weights are held; loads the present model again. */
  setPrecision(precision: PrecisionWish): void;
  /** Whether texts get a begin token; null: as the model's files say. */
  setAddsBegin(addsBegin: boolean | null): void;
  /** Shows a recorded run of the present text until the model has one of its own. */
  showRecorded(run: RunData, reader: SliceReader): void;
  cancelRun(): void;
  runAgain(): void;
  generate(request: ContinueRequest): void;
  /** Takes what the model added out of the text again. */
  removeContinuation(): void;
  stopGeneration(): void;
  undo(): void;
  redo(): void;
}

export interface HeadlightStore {
  readonly store: StoreApi<AppState>;
  readonly actions: AppActions;
  readonly runs: RunRegistry;
  /** The engine of this moment; replaced when it dies. */
  engine(): Engine;
  /** The model in use, or the one that is loading. */
  model(): ModelChoice;
  /** Resolves when nothing is loading, running or generating. */
  whenIdle(): Promise<void>;
}

type Step = Pick<AppState, 'selection' | 'display'>;
const RUN_DELAY_MS = 250;
const PREVIEW_REST_MS = 50;

/** The store of the page: canonical state, and the actions that change it. */
export function createHeadlightStore(host: StoreHost, initial: InitialState): HeadlightStore {
  const store = createStore<AppState>(() => ({
    workspace: initial.workspace ?? 'read',
    text: initial.text,
    sampleId: initial.sampleId,
    conversation: initial.conversation ?? null,
    savedTexts: host.loadTexts(),
    tokens: null,
    model: { status: 'idle' },
    modelOrigin: host.model.origin,
    goBackTo: null,
    addsBegin: initial.addsBegin ?? null,
    precision: initial.precision ?? 'auto',
    run: { status: 'idle' },
    shownRunId: null,
    shownRunVersion: 0,
    generation: { status: 'idle' },
    continuation: null,
    givenTokens: null,
    selection: { layer: 0, head: 0, query: null, key: null, ...initial.selection },
    preview: null,
    display: { ...DEFAULT_DISPLAY, ...initial.display },
    theme: initial.theme,
  }));
  const set = store.setState;
  const get = store.getState;
  const runs = new RunRegistry();
  const running = new LatestWins();
  let runNumber = 0;
  let runTimer: ReturnType<typeof setTimeout> | null = null;
  /** What the pointer previews, once it rests: a sweep over a chart redraws nothing but that chart. */
  const settling = new SettledValue<SelectionPreview | null>(PREVIEW_REST_MS, (preview) =>
    set({ preview }),
  );
  const history = new History<Step>();
  const keeper = new TextKeeper(store, host.saveTexts);

  const loader = new ModelLoader(
    {
      store,
      createEngine: host.createEngine,
      forgetRuns(linked) {
        running.cancel();
        if (runTimer !== null) clearTimeout(runTimer);
        runTimer = null;
        runs.keepOnly([]);
        history.clear();
        // Before the first model there is nothing but what a link asked for.
        const isFirst = get().model.status === 'idle';
        set(({ selection, continuation, conversation }) => ({
          tokens: null,
          // What the model added to turns is in the text only: the text stays as it is.
          conversation: continuation === null ? conversation : null,
          run: { status: 'idle' },
          shownRunId: null,
          generation: { status: 'idle' },
          continuation: null,
          givenTokens: null,
          selection: linked ?? (isFirst ? selection : { ...selection, query: null, key: null }),
          preview: null,
        }));
      },
      onReady() {
        const { selection, model, conversation, continuation } = get();
        if (model.status !== 'ready') return;
        const { layerCount, headCount } = model.facts;
        set({
          selection: {
            ...selection,
            layer: Math.min(selection.layer, layerCount - 1),
            head: Math.min(selection.head, headCount - 1),
          },
        });
        if (conversation === null || continuation !== null) startRun();
        else void renderConversation();
      },
    },
    host.model,
  );
  const currentEngine = (): Engine => loader.engine();

  /** Shows a run, with whatever else of the state changes at the same moment. */
  const show = (run: RunData, reader?: SliceReader, also: Partial<AppState> = {}): void => {
    runs.set(run, reader);
    runs.keepOnly([run.runId]);
    set((state) => ({
      ...also,
      shownRunId: run.runId,
      shownRunVersion: state.shownRunVersion + 1,
      selection: clampSelection(state.selection, run),
    }));
  };

  /** A run, or stopping one, takes the place of a generation that goes on. */
  const endGeneration = (): void => {
    if (get().generation.status === 'generating') set({ generation: { status: 'idle' } });
  };

  const startRun = (): void => {
    if (runTimer !== null) clearTimeout(runTimer);
    runTimer = null;
    const { model, text, continuation, givenTokens } = get();
    if (model.status !== 'ready') return;
    if (text === '') {
      running.cancel();
      runs.keepOnly([]);
      set({ run: { status: 'idle' }, tokens: null, shownRunId: null });
      return;
    }
    endGeneration();
    const runId = `run-${++runNumber}`;
    const { facts } = model;
    void running.start(async (signal) => {
      set({
        run: {
          status: 'running',
          runId,
          layersDone: 0,
          layerCount: facts.layerCount,
          startedAt: Date.now(),
        },
      });
      const onEvent = followRun({
        runId,
        model: facts,
        signal,
        onTokens: (tokens) => set({ tokens }),
        onShow(data, layersDone) {
          const { run } = get();
          const isComplete = layersDone === facts.layerCount;
          show(
            data,
            undefined,
            run.status === 'running'
              ? { run: isComplete ? { status: 'predicting', runId } : { ...run, layersDone } }
              : {},
          );
        },
      });
      try {
        const keepLayers = [get().selection.layer];
        const given = continuation?.tokens ?? givenTokens;
        const tokens = given?.text === text ? { tokens: given } : {};
        const request = { runId, text, keepLayers, addsBegin: get().addsBegin ?? undefined };
        await currentEngine().run({ ...request, ...tokens }, onEvent, signal);
        if (signal.aborted) return;
        set({ run: { status: 'ready', runId } });
        keeper.schedule();
      } catch (thrown) {
        const error = toHeadlightError(thrown);
        if (signal.aborted || error.code === 'cancelled') return;
        set({ run: { status: 'failed', error } });
      }
    });
  };

  let tokenizing = 0;
  const tokenizeNow = async (text: string): Promise<void> => {
    const ticket = ++tokenizing;
    try {
      const tokens = await currentEngine().tokenize(text, get().addsBegin ?? undefined);
      if (ticket === tokenizing && get().text === text) set({ tokens });
    } catch {
      // The run that follows reports what is wrong with the text.
    }
  };

  const placeText = (
    text: string,
    sampleId: string | null,
    conversation: Conversation | null,
    given: TokenizedText | null = null,
  ): void => {
    const now = get();
    if (text === now.text && sampleId === now.sampleId && given === now.givenTokens) {
      set({ conversation });
      return;
    }
    running.cancel();
    set({
      text,
      sampleId,
      conversation,
      generation: { status: 'idle' },
      continuation: null,
      givenTokens: given,
      ...(given === null ? {} : { tokens: given }),
    });
    if (now.model.status !== 'ready') return;
    if (text !== '' && given === null) void tokenizeNow(text);
    if (runTimer !== null) clearTimeout(runTimer);
    set({ run: { status: 'idle' } });
    runTimer = setTimeout(startRun, text === '' ? 0 : RUN_DELAY_MS);
  };

  let rendering = 0;
  /** Makes the text of the turns as they are now; turns that changed meanwhile win. */
  const renderConversation = async (): Promise<void> => {
    const { conversation, model } = get();
    if (conversation === null || model.status !== 'ready') return;
    const { messages, addGenerationPrompt } = conversation;
    rendering++;
    try {
      const text =
        messages.length === 0
          ? ''
          : await currentEngine().renderChat(
              messages.map(({ role, content }) => ({ role, content })),
              { addGenerationPrompt },
            );
      if (get().conversation !== conversation) return;
      const isSame = text === get().text;
      placeText(text, null, conversation);
      if (isSame && get().run.status !== 'running') startRun();
    } catch (thrown) {
      if (get().conversation !== conversation) return;
      running.cancel();
      set({ run: { status: 'failed', error: toHeadlightError(thrown) } });
    } finally {
      rendering--;
    }
  };

  const getStep = (): Step => {
    const { selection, display } = get();
    return { selection, display };
  };
  const remember = (): void => history.remember(getStep());
  const goTo = (step: Step | null): void => {
    if (step === null) return;
    settling.forget();
    const run = runs.get(get().shownRunId);
    const selection = run ? clampSelection(step.selection, run) : step.selection;
    set({ ...step, selection, preview: null });
  };

  const scene = {
    store,
    running,
    engine: currentEngine,
    nextRunId: () => `run-${++runNumber}`,
    show,
    startRun,
  };
  const actions: AppActions = {
    openWorkspace: (workspace) => set({ workspace, preview: null }),
    setText(text, sampleId = null) {
      placeText(text, sampleId, null);
    },
    setTokens(tokens) {
      placeText(tokens.text, null, null, tokens);
    },
    setConversation(conversation) {
      set({ conversation, sampleId: null });
      void renderConversation();
    },
    openSavedText(id) {
      const saved = get().savedTexts.find((each) => each.id === id);
      if (saved?.conversation) actions.setConversation(saved.conversation);
      else if (saved) actions.setText(saved.text);
    },
    openSample(id) {
      const sample = SAMPLES.find((each) => each.id === id);
      if (sample) actions.setText(sample.text, sample.id);
    },
    deleteSavedText(id) {
      keeper.remove((saved) => saved.id === id);
    },
    deleteSavedTexts() {
      keeper.remove(() => true);
    },
    select(part) {
      settling.forget();
      if (changesNothing(get().selection, part)) {
        set({ preview: null });
        return;
      }
      remember();
      set((state) => ({ selection: { ...state.selection, ...part }, preview: null }));
    },
    preview: (preview) => settling.set(preview),
    release() {
      const { selection, preview } = get();
      const isPreviewed = preview !== null || settling.waiting?.value != null;
      settling.forget();
      if (isPreviewed) set({ preview: null });
      else if (selection.key !== null) actions.select({ key: null });
      else if (selection.query !== null) actions.select({ query: null });
    },
    setDisplay(part) {
      if (changesNothing(get().display, part)) return;
      remember();
      set((state) => ({
        display: { ...state.display, ...part },
        // Units are counted differently: a query of words is not a query of tokens.
        ...(part.unit !== undefined && part.unit !== state.display.unit
          ? { selection: { ...state.selection, query: null, key: null }, preview: null }
          : {}),
      }));
    },
    setTheme(theme) {
      set({ theme });
      host.saveTheme(theme);
    },
    loadModel: () => loader.load(),
    openModel: (choice, selection) => loader.open(choice, selection),
    goBack: () => loader.goBack(),
    setPrecision(precision) {
      if (precision === get().precision) return;
      set({ precision });
      loader.openAgain();
    },
    setAddsBegin(addsBegin) {
      if (addsBegin === get().addsBegin) return;
      running.cancel();
      // Tokens that the model chose after others are not what it would choose now.
      set(({ continuation, conversation }) => ({
        addsBegin,
        continuation: null,
        givenTokens: null,
        conversation: continuation === null ? conversation : null,
        generation: { status: 'idle' },
      }));
      if (get().model.status !== 'ready') return;
      void tokenizeNow(get().text);
      startRun();
    },
    showRecorded(run, reader) {
      const { shownRunId, text, modelOrigin, addsBegin } = get();
      if (shownRunId !== null || run.tokens.text !== text) return;
      if (modelOrigin.kind !== 'embedded' || addsBegin === true) return;
      set((state) => ({ tokens: state.tokens ?? run.tokens }));
      show(run, reader);
    },
    cancelRun() {
      running.cancel();
      endGeneration();
      if (runTimer !== null) clearTimeout(runTimer);
      runTimer = null;
      set({ run: { status: 'idle' } });
    },
    runAgain() {
      if (get().model.status === 'failed') loader.load();
      else if (get().conversation !== null && get().continuation === null)
        void renderConversation();
      else startRun();
    },
    generate(request) {
      continueText(scene, request);
    },
    stopGeneration() {
      running.cancel();
      set({ generation: { status: 'idle' } });
    },
    removeContinuation() {
      const { continuation, conversation } = get();
      if (continuation !== null) placeText(continuation.before, null, conversation);
    },
    undo: () => goTo(history.undo(getStep())),
    redo: () => goTo(history.redo(getStep())),
  };

  const isIdle = (): boolean => {
    const { model, run, generation } = get();
    return (
      model.status !== 'loading' &&
      run.status !== 'running' &&
      run.status !== 'predicting' &&
      generation.status !== 'generating' &&
      runTimer === null &&
      rendering === 0 &&
      settling.waiting === null &&
      !running.isBusy
    );
  };

  return {
    store,
    actions,
    runs,
    engine: currentEngine,
    model: () => loader.current,
    async whenIdle() {
      while (!isIdle()) await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}

/** Whether a part of a value is in it already. */
function changesNothing<T extends object>(whole: T, part: Partial<T>): boolean {
  return (Object.keys(part) as (keyof T)[]).every((key) => part[key] === whole[key]);
}

/** Keeps a selection inside a run and its model. Queries and keys count tokens at the most. */
function clampSelection(selection: Selection, run: RunData): Selection {
  const last = run.tokens.ids.length - 1;
  const isInside = (index: number | null): boolean => index === null || index <= last;
  const layer = Math.min(selection.layer, run.model.layerCount - 1);
  const head = Math.min(selection.head, run.model.headCount - 1);
  const isSame = layer === selection.layer && head === selection.head;
  if (isSame && isInside(selection.query) && isInside(selection.key)) return selection;
  return {
    layer,
    head,
    query: isInside(selection.query) ? selection.query : null,
    key: isInside(selection.key) ? selection.key : null,
  };
}
