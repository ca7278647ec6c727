import type { StoreApi } from 'zustand/vanilla';
import { toHeadlightError } from '../lib/headlight-error.ts';
import { LatestWins } from '../lib/latest-wins.ts';
import type { Engine } from '../protocol/engine.ts';
import type { RunData, SliceReader } from '../protocol/run.ts';
import type { Conversation } from '../text/conversation.ts';
import type { TokenizedText } from '../text/token.ts';
import type { AppState } from './app-state.ts';
import { clampSelection } from './clamp-selection.ts';
import { followRun } from './follow-run.ts';
import { RunRegistry } from './run-registry.ts';

const RUN_DELAY_MS = 250;

/** What runs of the text need of the store. */
export interface TextRunsScene {
  readonly store: Pick<StoreApi<AppState>, 'getState' | 'setState'>;
  engine(): Engine;
  /** Called when a run is complete. */
  onReady(): void;
}

/** The page's text on its way to numbers: placed, made of turns, cut, run a moment later, and shown. */
export class TextRuns {
  readonly registry = new RunRegistry();
  /** Shared with generations: what begins last wins. */
  readonly running = new LatestWins();
  private runNumber = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private cutting = 0;
  private rendering = 0;

  constructor(private readonly scene: TextRunsScene) {}

  get isIdle(): boolean {
    return this.timer === null && this.rendering === 0 && !this.running.isBusy;
  }

  nextRunId(): string {
    return `run-${++this.runNumber}`;
  }

  /** Shows a run, with whatever else of the state changes at the same moment. */
  show(run: RunData, reader?: SliceReader, also: Partial<AppState> = {}): void {
    this.registry.set(run, reader);
    this.registry.keepOnly([run.runId]);
    this.scene.store.setState((state) => ({
      ...also,
      shownRunId: run.runId,
      shownRunVersion: state.shownRunVersion + 1,
      selection: clampSelection(state.selection, run),
    }));
  }

  /** Ends what is on its way; what is shown stays. */
  cancel(): void {
    this.running.cancel();
    this.stopTimer();
  }

  /** Ends what is on its way and lets go of what is shown. */
  forget(): void {
    this.cancel();
    this.registry.keepOnly([]);
  }

  /** A run, or stopping one, takes the place of a generation that goes on. */
  endGeneration(): void {
    const { getState, setState } = this.scene.store;
    if (getState().generation.status === 'generating') setState({ generation: { status: 'idle' } });
  }

  /** Runs the text as it is now. */
  start(): void {
    const { getState: get, setState: set } = this.scene.store;
    this.stopTimer();
    const { model, text, continuation, givenTokens } = get();
    if (model.status !== 'ready') return;
    if (text === '') {
      this.forget();
      set({ run: { status: 'idle' }, tokens: null, shownRunId: null });
      return;
    }
    this.endGeneration();
    const runId = this.nextRunId();
    const { facts } = model;
    void this.running.start(async (signal) => {
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
        onShow: (data, layersDone) => {
          const { run } = get();
          const isComplete = layersDone === facts.layerCount;
          this.show(
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
        await this.scene.engine().run({ ...request, ...tokens }, onEvent, signal);
        if (signal.aborted) return;
        set({ run: { status: 'ready', runId } });
        this.scene.onReady();
      } catch (thrown) {
        const error = toHeadlightError(thrown);
        if (signal.aborted || error.code === 'cancelled') return;
        set({ run: { status: 'failed', error } });
      }
    });
  }

  /** Cuts the text as it is now; the run that follows reports what is wrong with it. */
  async cut(): Promise<void> {
    const { getState: get, setState: set } = this.scene.store;
    const { text, addsBegin } = get();
    const ticket = ++this.cutting;
    try {
      const tokens = await this.scene.engine().tokenize(text, addsBegin ?? undefined);
      if (ticket === this.cutting && get().text === text) set({ tokens });
    } catch {
      // As above.
    }
  }

  /** Puts a text in the place of the present one and runs it a moment later. */
  place(
    text: string,
    sampleId: string | null,
    conversation: Conversation | null,
    given: TokenizedText | null = null,
  ): void {
    const { getState: get, setState: set } = this.scene.store;
    const now = get();
    if (text === now.text && sampleId === now.sampleId && given === now.givenTokens) {
      set({ conversation });
      return;
    }
    this.running.cancel();
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
    if (text !== '' && given === null) void this.cut();
    this.stopTimer();
    set({ run: { status: 'idle' } });
    this.timer = setTimeout(() => this.start(), text === '' ? 0 : RUN_DELAY_MS);
  }

  /** Makes the text of the turns as they are now; turns that changed meanwhile win. */
  async renderConversation(): Promise<void> {
    const { getState: get, setState: set } = this.scene.store;
    const { conversation, model } = get();
    if (conversation === null || model.status !== 'ready') return;
    const { messages, addGenerationPrompt } = conversation;
    this.rendering++;
    try {
      const text =
        messages.length === 0
          ? ''
          : await this.scene.engine().renderChat(
              messages.map(({ role, content }) => ({ role, content })),
              { addGenerationPrompt },
            );
      if (get().conversation !== conversation) return;
      const isSame = text === get().text;
      this.place(text, null, conversation);
      if (isSame && get().run.status !== 'running') this.start();
    } catch (thrown) {
      if (get().conversation !== conversation) return;
      this.running.cancel();
      set({ run: { status: 'failed', error: toHeadlightError(thrown) } });
    } finally {
      this.rendering--;
    }
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
