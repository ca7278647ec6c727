import { type HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';

/** Arithmetic that a view wants: what it is done with, what it is called, and the work. */
export interface AnalysisTask<Result> {
  /** What the result depends on beside the name; told apart by identity. */
  readonly of: readonly object[];
  /** All that is chosen: measure, seed and the like. */
  readonly name: string;
  run(onProgress: (share: number) => void, signal: AbortSignal): Promise<Result>;
}

export type AnalysisState<Result> =
  | { readonly status: 'working'; readonly share: number }
  | { readonly status: 'stopped' }
  | { readonly status: 'failed'; readonly error: HeadlightError }
  | { readonly status: 'ready'; readonly result: Result };

/** What will not come unless it is taken up again. */
export type LostAnalysis = Extract<AnalysisState<unknown>, { status: 'stopped' | 'failed' }>;

/** The first that has failed or was stopped; null when each is ready or on its way. */
export function findLost(states: readonly AnalysisState<unknown>[]): LostAnalysis | null {
  for (const state of states)
    if (state.status === 'failed' || state.status === 'stopped') return state;
  return null;
}

/** Whether there is something, and nothing of it is on its way any more. */
export function areSettled(states: readonly AnalysisState<unknown>[]): boolean {
  return states.length > 0 && states.every(({ status }) => status !== 'working');
}

/** Results that nobody looks at and that are kept in case somebody does again. */
const KEPT = 64;
const WAITING: AnalysisState<never> = { status: 'working', share: 0 };

/**
 * Does what views want, one task at a time and each once, however many views ask for it. What nobody wants
 * any more is not begun, and given up when it runs.
 */
export class AnalysisDesk {
  private readonly wanted = new Map<object, readonly AnalysisTask<unknown>[]>();
  private readonly states = new Map<string, AnalysisState<unknown>>();
  private readonly listeners = new Set<() => void>();
  private readonly numbers = new WeakMap<object, number>();
  /** Keys name dozens of texts: each is made once. */
  private readonly keys = new WeakMap<object, string>();
  private nextNumber = 0;
  private current: { readonly key: string; readonly controller: AbortController } | null = null;

  /** Replaces what this owner wants. */
  want(owner: object, tasks: readonly AnalysisTask<unknown>[]): void {
    if (tasks.length === 0) this.wanted.delete(owner);
    else this.wanted.set(owner, tasks);
    this.advance();
  }

  /** Always the same object for the same state. */
  get<Result>(task: AnalysisTask<Result>): AnalysisState<Result> {
    return (this.states.get(this.keyOf(task)) ?? WAITING) as AnalysisState<Result>;
  }

  /** Gives up all that is wanted and not done; `restart` takes it up again. */
  stop(): void {
    for (const task of this.listWanted()) {
      const key = this.keyOf(task);
      if (!this.isSettled(key)) this.states.set(key, { status: 'stopped' });
    }
    this.current?.controller.abort();
    this.tell();
  }

  /** Takes up again what was stopped or has failed. */
  restart(): void {
    for (const [key, { status }] of this.states)
      if (status === 'stopped' || status === 'failed') this.states.delete(key);
    this.advance();
    this.tell();
  }

  get isBusy(): boolean {
    return this.current !== null;
  }

  /** Resolves when nothing that is wanted is left to do. */
  whenIdle(): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.isBusy) return;
        stop();
        resolve();
      };
      const stop = this.subscribe(look);
      look();
    });
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private listWanted(): readonly AnalysisTask<unknown>[] {
    return [...this.wanted.values()].flat();
  }

  private keyOf(task: AnalysisTask<unknown>): string {
    const known = this.keys.get(task);
    if (known !== undefined) return known;
    const { of, name } = task;
    const numbers = of.map((object) => {
      const number = this.numbers.get(object) ?? this.nextNumber++;
      this.numbers.set(object, number);
      return number;
    });
    const key = `${numbers.join('/')} ${name}`;
    this.keys.set(task, key);
    return key;
  }

  private isSettled(key: string): boolean {
    const state = this.states.get(key);
    return state !== undefined && state.status !== 'working';
  }

  private advance(): void {
    const tasks = this.listWanted();
    if (this.current !== null) {
      const { key, controller } = this.current;
      if (!tasks.some((task) => this.keyOf(task) === key)) controller.abort();
      return;
    }
    const next = tasks.find((task) => !this.isSettled(this.keyOf(task)));
    if (next !== undefined) void this.run(next);
  }

  private async run(task: AnalysisTask<unknown>): Promise<void> {
    const key = this.keyOf(task);
    const controller = new AbortController();
    this.current = { key, controller };
    const settle = (state: AnalysisState<unknown> | null): void => {
      if (state === null) this.states.delete(key);
      else this.states.set(key, state);
    };
    try {
      const result = await task.run((share) => {
        if (controller.signal.aborted) return;
        settle({ status: 'working', share });
        this.tell();
      }, controller.signal);
      settle({ status: 'ready', result });
    } catch (thrown) {
      const error = toHeadlightError(thrown);
      const isStopped = this.states.get(key)?.status === 'stopped';
      if (error.code !== 'cancelled') settle({ status: 'failed', error });
      else if (!isStopped) settle(null);
    }
    this.current = null;
    this.forget();
    this.advance();
    this.tell();
  }

  /** Lets go of the oldest results that nobody wants. */
  private forget(): void {
    const wanted = new Set(this.listWanted().map((task) => this.keyOf(task)));
    const spare = [...this.states.keys()].filter((key) => !wanted.has(key));
    for (const key of spare.slice(0, Math.max(0, spare.length - KEPT))) this.states.delete(key);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
