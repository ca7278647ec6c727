import type { StoreApi } from 'zustand/vanilla';
import { type HeadlightError, toHeadlightError } from '../../lib/headlight-error.ts';
import { LatestWins } from '../../lib/latest-wins.ts';
import { nextTask } from '../../lib/next-task.ts';
import { countProfileBytes, type TextProfile } from '../../measures/text-profile.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import type { AppState } from '../app-state.ts';
import { getModelKey } from '../model-key.ts';
import type { HeadlightStore } from '../store.ts';
import type { DomainRules } from './domain-rules.ts';
import type { DomainsState, PauseReason, QueueCounts, TextStatus } from './domains-state.ts';
import type { Keeper } from './keeper.ts';
import { createPlan, type DomainPlan, getQueueOrder, getSamples } from './plan-domains.ts';
import type { ProfileCache } from './profile-cache.ts';
import { isOfEngine, surveyText } from './survey-text.ts';
import {
  canCompare,
  countTexts,
  DONE,
  hasOpen,
  isOpen,
  RUNNING,
  WAITING,
} from './text-statuses.ts';
import { TokenCounter } from './token-counter.ts';

/** What the queue needs of the page's store. */
export type QueueHost = Pick<HeadlightStore, 'store' | 'engine' | 'whenHashed'> & {
  readonly actions: Pick<HeadlightStore['actions'], 'loadModel'>;
};

/** How often an engine is started again after deaths without a text done in between. */
const DEATHS = 4;
/** Results on screen follow the queue in steps of this length, milliseconds. */
const STEP_MS = 2000;

const NOTHING: QueueCounts = { done: 0, failed: 0, total: 0 };

/**
 * Surveys the texts of all sets, one at a time and beside the person's own text, which goes first. What
 * holds is in the state; profiles lie in the cache, and are kept as soon as each is there.
 */
export class SurveyQueue {
  private readonly work = new LatestWins();
  /** Whether texts are to be surveyed once all is prepared. */
  private wantsRun = false;
  private pauseReason: PauseReason | null = null;
  private readonly counter = new TokenCounter();
  /** By plan and text, until they are tried again. */
  private readonly failures = new Map<string, HeadlightError>();
  /** Texts during whose survey an engine died, by plan. */
  private readonly deaths = new Map<string, number>();
  private deathsInRow = 0;
  /** Bytes of a profile by model: it is the same for all texts. */
  private readonly profileBytes = new Map<string, number>();
  private lastStep = 0;
  /** Whether more is done than is shown. */
  private hasNews = false;

  constructor(
    private readonly host: QueueHost,
    private readonly store: StoreApi<DomainsState>,
    private readonly profiles: ProfileCache,
    private readonly keeper: Keeper,
    private readonly saveSets: () => void,
  ) {
    host.store.subscribe((state, before) => this.onApp(state, before));
  }

  get isBusy(): boolean {
    return this.work.isBusy;
  }

  /** Plans the sets as they are now, and goes on with what was under way. */
  prepare(): void {
    void this.work.start(async (signal) => {
      const facts = await this.plan(signal);
      if (facts !== null && this.wantsRun) await this.run(facts, signal);
    });
  }

  start(): void {
    this.wantsRun = true;
    this.pauseReason = null;
    this.deathsInRow = 0;
    if (this.host.store.getState().model.status === 'failed') this.host.actions.loadModel();
    this.prepare();
  }

  /** Stands still, and is offered to go on after a reload. */
  pause(reason: PauseReason): void {
    this.wantsRun = false;
    this.pauseReason = reason;
    this.stop({ status: 'paused', reason });
    this.keepProgress();
    void this.keepUsage();
  }

  /** Stands still; what is done stays. */
  cancel(): void {
    this.wantsRun = false;
    this.pauseReason = null;
    this.stop({ status: 'idle' });
    this.keepProgress();
    void this.keepUsage();
  }

  /** A queue of an earlier visit: waits for the person to say so. */
  offer(counts: QueueCounts): void {
    this.pauseReason = 'reload';
    this.store.setState({ counts, queue: { status: 'paused', reason: 'reload' } });
  }

  retryFailed(): void {
    this.failures.clear();
    this.deaths.clear();
    this.counter.forgetFailures();
    this.start();
  }

  /** Ends what runs; the text that was under way waits again. */
  private stop(queue: DomainsState['queue']): void {
    this.work.cancel();
    const texts = new Map(this.store.getState().texts);
    for (const [id, { status }] of texts) if (status === 'running') texts.set(id, WAITING);
    this.store.setState({ queue, texts });
    this.publish(true);
  }

  /** The model comes, goes or dies. */
  private onApp({ model, addsBegin }: AppState, before: AppState): void {
    if (this.store.getState().sets.length === 0) return;
    if (model.status === 'ready' && before.model.status !== 'ready') {
      this.prepare();
    } else if (model.status === 'failed' && before.model.status === 'ready') {
      this.onDeath(model.error);
    } else if (model.status === 'failed' && before.model.status === 'loading') {
      if (this.wantsRun) this.pause('model-failed');
    } else if (model.status !== 'ready' && before.model.status === 'ready') {
      this.await();
    } else if (model.status === 'ready' && addsBegin !== before.addsBegin) this.prepare();
  }

  private await(): void {
    if (this.work.isBusy) this.stop(this.wantsRun ? { status: 'awaiting-model' } : this.getRest());
  }

  /** The engine died. It is started again when it was this queue's text: once for the same text. */
  private onDeath(error: HeadlightError): void {
    const { texts, plan } = this.store.getState();
    const running = [...texts].find(([, { status }]) => status === 'running')?.[0];
    this.await();
    if (!this.wantsRun) return;
    if (plan === null || running === undefined) {
      this.pause('model-failed');
      return;
    }
    const key = `${plan.key}\n${running}`;
    const deaths = (this.deaths.get(key) ?? 0) + 1;
    this.deaths.set(key, deaths);
    if (deaths > 1) {
      this.failures.set(key, error);
      this.setText(running, { status: 'failed', error });
    }
    if (++this.deathsInRow > DEATHS) this.pause('model-failed');
    // The store is still telling of the death.
    else queueMicrotask(() => this.host.actions.loadModel());
  }

  /** The model with its hash: files alike in name and size may hold other weights. Null when it has gone. */
  private async readFacts(signal: AbortSignal): Promise<ModelFacts | null> {
    await this.host.whenHashed();
    const { model } = this.host.store.getState();
    return signal.aborted || model.status !== 'ready' ? null : model.facts;
  }

  /** Counts tokens, cuts, and finds what is done already; null where that cannot be done now. */
  private async plan(signal: AbortSignal): Promise<ModelFacts | null> {
    const { store, host } = this;
    const { model, addsBegin: wished } = host.store.getState();
    const { sets, rules } = store.getState();
    const items = new Map(sets.flatMap(({ texts }) => texts.map((text) => [text.id, text.text])));
    if (items.size === 0) {
      this.wantsRun = false;
      this.pauseReason = null;
      store.setState({ plan: null, texts: new Map(), counts: NOTHING, queue: { status: 'idle' } });
      this.profiles.keepOnly([], new Set());
      this.keepProgress();
      return null;
    }
    if (model.status !== 'ready') {
      store.setState({ queue: this.wantsRun ? { status: 'awaiting-model' } : this.getRest() });
      return null;
    }
    store.setState({ queue: { status: 'preparing', done: 0, total: items.size } });
    const facts = await this.readFacts(signal);
    if (facts === null) return null;
    const modelKey = getModelKey(facts);
    const before = store.getState().plan;
    if (this.wantsRun && before !== null && before.modelKey !== modelKey) {
      this.wantsRun = false;
      this.pauseReason = 'model-changed';
    }
    const addsBegin = wished ?? facts.addsBeginToken;
    const tokenCounts = await this.counter.count(
      host.engine,
      { facts, modelKey, addsBegin, texts: items },
      (done, total) => store.setState({ queue: { status: 'preparing', done, total } }),
      signal,
    );
    if (tokenCounts === null) return null;
    const plan = createPlan(facts, { modelKey, addsBegin, sets, tokenCounts, rules });
    const samples = getSamples(plan.cut);
    const texts = new Map<string, TextStatus>();
    for (const id of items.keys()) {
      const error =
        this.failures.get(`${plan.key}\n${id}`) ?? this.counter.getFailure(modelKey, id);
      if (error !== undefined) texts.set(id, { status: 'failed', error });
      else if (!samples.has(id)) texts.set(id, { status: 'left-out' });
      else texts.set(id, (await this.isDone(plan, id)) ? DONE : WAITING);
      if (signal.aborted) return null;
    }
    const profileBytes = this.profileBytes.get(modelKey) ?? null;
    store.setState({ plan, texts, counts: countTexts(texts), profileBytes });
    const { shownPlan } = store.getState();
    this.profiles.keepOnly([plan.key, shownPlan?.key ?? ''], new Set(items.keys()));
    if (!this.wantsRun) {
      const rest = this.getRest();
      if (rest.status === 'idle') this.pauseReason = null;
      store.setState({ queue: rest });
      this.keepProgress();
    }
    this.publish(true);
    return facts;
  }

  /** What the queue is when nothing goes on. */
  private getRest(): DomainsState['queue'] {
    const { texts, plan } = this.store.getState();
    const reason = this.pauseReason;
    const isOpen = plan === null || hasOpen(texts);
    return reason !== null && isOpen ? { status: 'paused', reason } : { status: 'idle' };
  }

  private async isDone(plan: DomainPlan, id: string): Promise<boolean> {
    if (this.profiles.get(plan.key, id) !== undefined) return true;
    const profile = await this.keeper.do((kept) => kept.readProfile(plan.key, id), null);
    if (profile === null) return false;
    this.takeProfile(plan, id, profile);
    return true;
  }

  private takeProfile({ key, modelKey }: DomainPlan, id: string, profile: TextProfile): void {
    this.profiles.set(key, id, profile);
    if (!this.profileBytes.has(modelKey))
      this.profileBytes.set(modelKey, countProfileBytes(profile));
    this.hasNews = true;
  }

  private async run(facts: ModelFacts, signal: AbortSignal): Promise<void> {
    const { store } = this;
    const { plan, sets, rules } = store.getState();
    if (plan === null) return;
    // Texts that come later, or go, do not make all of these run again at another length.
    if (rules.length === null) this.settle({ ...rules, length: plan.length });
    const items = new Map(sets.flatMap(({ texts }) => texts.map((text) => [text.id, text.text])));
    const samples = getSamples(plan.cut);
    const order = getQueueOrder(sets);
    const inUse = new Set(items.keys());
    const pace = { seconds: 0, samples: 0 };
    let write: Promise<unknown> = Promise.resolve();
    this.keepProgress();
    for (const id of order) {
      if (store.getState().texts.get(id)?.status !== 'waiting') continue;
      store.setState({
        queue: { status: 'running', secondsLeft: this.getSecondsLeft(pace, samples) },
      });
      await this.waitForTurn(signal);
      // What was finished before is kept before more is held.
      await write;
      if (signal.aborted) return;
      this.setText(id, RUNNING);
      const started = performance.now();
      const own = samples.get(id) ?? [];
      try {
        const text = items.get(id) ?? '';
        const profile = await surveyText(this.host.engine(), text, facts, plan, own, signal);
        if (signal.aborted) return;
        this.takeProfile(plan, id, profile);
        this.setText(id, DONE);
        store.setState({ profileBytes: this.profileBytes.get(plan.modelKey) ?? null });
        this.deathsInRow = 0;
        pace.seconds += (performance.now() - started) / 1000;
        pace.samples += own.length;
        write = this.keeper.do(
          (kept) => kept.writeProfile(plan.key, id, profile, inUse),
          undefined,
        );
        this.keepProgress();
      } catch (thrown) {
        const error = toHeadlightError(thrown);
        // A death is seen to where the model's state is followed.
        if (signal.aborted || isOfEngine(error)) return;
        this.failures.set(`${plan.key}\n${id}`, error);
        this.setText(id, { status: 'failed', error });
      }
      this.publish(false);
    }
    await write;
    if (signal.aborted) return;
    this.wantsRun = false;
    this.pauseReason = null;
    store.setState({ queue: { status: 'idle' } });
    this.publish(true);
    this.keepProgress();
    await this.keepUsage();
  }

  /** Lets the page breathe, and the person's own text go first. */
  private async waitForTurn(signal: AbortSignal): Promise<void> {
    const isReading = (): boolean => {
      const { run, generation } = this.host.store.getState();
      return (
        run.status === 'running' ||
        run.status === 'predicting' ||
        generation.status === 'generating'
      );
    };
    // Not by timers: a tab in the background has few of them.
    await nextTask();
    if (!isReading() || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const stop = this.host.store.subscribe(() => {
        if (isReading()) return;
        stop();
        resolve();
      });
      signal.addEventListener(
        'abort',
        () => {
          stop();
          resolve();
        },
        { once: true },
      );
    });
  }

  private getSecondsLeft(
    pace: { readonly seconds: number; readonly samples: number },
    samples: ReadonlyMap<string, readonly unknown[]>,
  ): number | null {
    if (pace.samples === 0) return null;
    let open = 0;
    for (const [id, status] of this.store.getState().texts)
      if (isOpen(status)) open += samples.get(id)?.length ?? 0;
    return (open * pace.seconds) / pace.samples;
  }

  private setText(id: string, status: TextStatus): void {
    const texts = new Map(this.store.getState().texts).set(id, status);
    this.store.setState({ texts, counts: countTexts(texts) });
  }

  /** Shows what is done: in steps, and not before each set has something or can have nothing. */
  private publish(isLast: boolean): void {
    const { sets, texts, plan, shownPlan, resultsVersion } = this.store.getState();
    if (plan === null) return;
    const isShown = shownPlan?.key === plan.key;
    if (isShown && !this.hasNews) return;
    if (isShown && !isLast && performance.now() - this.lastStep < STEP_MS) return;
    if (!isShown && !canCompare(sets, texts)) return;
    this.lastStep = performance.now();
    this.hasNews = false;
    this.store.setState({ shownPlan: plan, resultsVersion: resultsVersion + 1 });
    const ids = new Set(sets.flatMap((set) => set.texts.map(({ id }) => id)));
    this.profiles.keepOnly([plan.key], ids);
  }

  /** What is offered after a reload: nothing unless a queue is under way. */
  private keepProgress(): void {
    const { counts } = this.store.getState();
    const isUnderWay = this.wantsRun || this.pauseReason !== null;
    void this.keeper.do((kept) => kept.saveProgress(isUnderWay ? counts : null), undefined);
  }

  private settle(rules: DomainRules): void {
    this.store.setState({ rules });
    this.saveSets();
  }

  async keepUsage(): Promise<void> {
    const usage = await this.keeper.do((kept) => kept.getUsage(), null);
    this.store.setState({ usage });
  }
}
