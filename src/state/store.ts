import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HeadlightError } from '../lib/headlight-error.ts';
import { SettledValue } from '../lib/settled-value.ts';
import type { PrecisionWish } from '../model/weight-form.ts';
import type { Engine } from '../protocol/engine.ts';
import type { RunData, SliceReader } from '../protocol/run.ts';
import type { Conversation } from '../text/conversation.ts';
import { SAMPLES } from '../text/samples.ts';
import type { TokenizedText } from '../text/token.ts';
import type { AppState, SavedText, Theme } from './app-state.ts';
import { clampSelection } from './clamp-selection.ts';
import { type ContinueRequest, continueText } from './continue-text.ts';
import { DEFAULT_DISPLAY, type DisplayOptions } from './display-options.ts';
import { History } from './history.ts';
import { type ModelChoice, ModelLoader } from './model-loader.ts';
import type { RunRegistry } from './run-registry.ts';
import type { Selection, SelectionPreview } from './selection.ts';
import { TextKeeper } from './text-keeper.ts';
import { TextRuns } from './text-runs.ts';
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
  /** Resolves when the hash of a model that is ready is known, or cannot be. */
  whenHashed(): Promise<void>;
  /** Resolves when nothing is loading, running or generating. */
  whenIdle(): Promise<void>;
}

type Step = Pick<AppState, 'selection' | 'display'>;
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
        texts.forget();
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
        if (conversation === null || continuation !== null) texts.start();
        else void texts.renderConversation();
      },
    },
    host.model,
  );
  const currentEngine = (): Engine => loader.engine();

  const texts = new TextRuns({ store, engine: currentEngine, onReady: () => keeper.schedule() });

  const getStep = (): Step => {
    const { selection, display } = get();
    return { selection, display };
  };
  const remember = (): void => history.remember(getStep());
  const goTo = (step: Step | null): void => {
    if (step === null) return;
    settling.forget();
    const run = texts.registry.get(get().shownRunId);
    const selection = run ? clampSelection(step.selection, run) : step.selection;
    set({ ...step, selection, preview: null });
  };

  const generationScene = {
    store,
    running: texts.running,
    engine: currentEngine,
    nextRunId: () => texts.nextRunId(),
    show: (run: RunData) => texts.show(run),
    startRun: () => texts.start(),
  };
  const actions: AppActions = {
    openWorkspace: (workspace) => set({ workspace, preview: null }),
    setText(text, sampleId = null) {
      texts.place(text, sampleId, null);
    },
    setTokens(tokens) {
      texts.place(tokens.text, null, null, tokens);
    },
    setConversation(conversation) {
      set({ conversation, sampleId: null });
      void texts.renderConversation();
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
      texts.running.cancel();
      // Tokens that the model chose after others are not what it would choose now.
      set(({ continuation, conversation }) => ({
        addsBegin,
        continuation: null,
        givenTokens: null,
        conversation: continuation === null ? conversation : null,
        generation: { status: 'idle' },
      }));
      if (get().model.status !== 'ready') return;
      void texts.cut();
      texts.start();
    },
    showRecorded(run, reader) {
      const { shownRunId, text, modelOrigin, addsBegin } = get();
      if (shownRunId !== null || run.tokens.text !== text) return;
      if (modelOrigin.kind !== 'embedded' || addsBegin === true) return;
      set((state) => ({ tokens: state.tokens ?? run.tokens }));
      texts.show(run, reader);
    },
    cancelRun() {
      texts.cancel();
      texts.endGeneration();
      set({ run: { status: 'idle' } });
    },
    runAgain() {
      if (get().model.status === 'failed') loader.load();
      else if (get().conversation !== null && get().continuation === null)
        void texts.renderConversation();
      else texts.start();
    },
    generate(request) {
      continueText(generationScene, request);
    },
    stopGeneration() {
      texts.running.cancel();
      set({ generation: { status: 'idle' } });
    },
    removeContinuation() {
      const { continuation, conversation } = get();
      if (continuation !== null) texts.place(continuation.before, null, conversation);
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
      settling.waiting === null &&
      texts.isIdle
    );
  };

  return {
    store,
    actions,
    runs: texts.registry,
    engine: currentEngine,
    model: () => loader.current,
    whenHashed: () => loader.whenHashed(),
    async whenIdle() {
      while (!isIdle()) await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}

/** Whether a part of a value is in it already. */
function changesNothing<T extends object>(whole: T, part: Partial<T>): boolean {
  return (Object.keys(part) as (keyof T)[]).every((key) => part[key] === whole[key]);
}
