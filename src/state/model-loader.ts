import type { StoreApi } from 'zustand/vanilla';
import { type HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import { LatestWins } from '../lib/latest-wins.ts';
import type { Engine, ModelRequest } from '../protocol/engine.ts';
import type { ModelOrigin } from '../protocol/model-origin.ts';
import type { AppState } from './app-state.ts';
import type { Selection } from './selection.ts';

/** A model as the page names it: where it came from, and how to read it. */
export interface ModelChoice {
  readonly origin: ModelOrigin;
  readonly request: ModelRequest;
  /** Hex SHA-256 of its file where that is known already. */
  readonly sha256?: string | null;
}

/** What loading models needs of the store. */
export interface ModelScene {
  readonly store: Pick<StoreApi<AppState>, 'getState' | 'setState'>;
  createEngine(onDeath: (error: HeadlightError) => void): Engine;
  /** Lets everything go that belongs to the model of before; `selection` takes the old one's place. */
  forgetRuns(selection: Selection | undefined): void;
  /** Runs the present text on a model that has become ready. */
  onReady(choice: ModelChoice): void;
}

/**
 * The page's one model: loads it, changes it for another, and goes back to the one before when the other
 * fails. Each model has an engine of its own, so that the memory of the old one is given back whole.
 */
export class ModelLoader {
  private readonly loading = new LatestWins();
  private live: Engine | null = null;
  /** The last model that was ready. */
  private good: ModelChoice | null = null;

  private hashing: Promise<void> = Promise.resolve();

  constructor(
    private readonly scene: ModelScene,
    private choice: ModelChoice,
  ) {}

  /** The engine of this moment; made anew after one has died. */
  engine(): Engine {
    this.live ??= this.scene.createEngine((error) => {
      this.live = null;
      const { getState, setState } = this.scene.store;
      setState({ model: { status: 'failed', error } });
      if (getState().run.status === 'running') setState({ run: { status: 'failed', error } });
    });
    return this.live;
  }

  /** Takes another model in the place of the present one; the text stays. */
  open(choice: ModelChoice, selection?: Selection): void {
    this.choice = choice;
    this.loading.cancel();
    // Before the old engine ends: what it runs is given up, not failed.
    this.scene.forgetRuns(selection);
    this.live?.dispose();
    this.live = null;
    this.scene.store.setState({ modelOrigin: choice.origin });
    this.load();
  }

  /** Resolves when the hash of a model that is ready is known, or cannot be. */
  whenHashed(): Promise<void> {
    return this.hashing;
  }

  /** The present model, ready or not. */
  get current(): ModelChoice {
    return this.choice;
  }

  /** Loads the present model anew, in an engine of its own. */
  openAgain(): void {
    this.open(this.choice);
  }

  /** Loads the present model, again after a failure. */
  load(): void {
    const { setState: set, getState: get } = this.scene.store;
    const { choice } = this;
    set(({ run, generation }) => ({
      model: { status: 'loading', progress: null },
      goBackTo: this.canGoBack() ? (this.good?.request.fileName ?? null) : null,
      // An old failure is not what is on screen while there is a new attempt.
      run: run.status === 'failed' ? { status: 'idle' } : run,
      generation: generation.status === 'failed' ? { status: 'idle' } : generation,
    }));
    void this.loading.start(async (signal) => {
      const engine = this.engine();
      try {
        const facts = await engine.loadModel(
          { ...choice.request, precision: get().precision },
          (progress) => {
            if (!signal.aborted) set({ model: { status: 'loading', progress } });
          },
          signal,
        );
        if (signal.aborted) return;
        this.good = choice;
        const known = { ...facts, sha256: choice.sha256 ?? null };
        // Before the state says so: who follows it may ask for the hash at once.
        this.hashing = known.sha256 === null ? this.readHash(engine, choice) : Promise.resolve();
        set({ model: { status: 'ready', facts: known }, goBackTo: null });
        this.scene.onReady(choice);
      } catch (thrown) {
        const error = toHeadlightError(thrown);
        if (signal.aborted || error.code === 'cancelled') return;
        set({ model: { status: 'failed', error } });
      }
    });
  }

  /** Returns to the last model that was ready, from one that fails or takes too long. */
  goBack(): void {
    if (this.good !== null && this.canGoBack()) this.open(this.good);
  }

  private canGoBack(): boolean {
    return this.good !== null && this.good !== this.choice;
  }

  private readHash(engine: Engine, choice: ModelChoice): Promise<void> {
    const { getState: get, setState: set } = this.scene.store;
    return engine.readFileHash().then(
      (sha256) => {
        const { model } = get();
        if (model.status === 'ready' && this.choice === choice)
          set({ model: { status: 'ready', facts: { ...model.facts, sha256 } } });
      },
      // A dead engine says so itself; the hash stays unknown.
      () => undefined,
    );
  }
}
