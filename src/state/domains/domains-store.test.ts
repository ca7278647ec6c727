import { describe, expect, it, vi } from 'vitest';
import { HeadlightError } from '../../lib/headlight-error.ts';
import { createDomainsScene, drawSet, TWO_SETS } from '../../testing/domains-scene.ts';
import { MemoryDomains } from '../../testing/memory-domains.ts';

const until = (isSo: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(isSo()).toBe(true), { interval: 2, timeout: 5000 });

async function createReady(kept?: MemoryDomains) {
  const scene = createDomainsScene(kept);
  await scene.page.load();
  await scene.actions.open();
  return scene;
}

describe('a queue of texts', () => {
  it('runs the built-in sets at once, one set’s text after another’s', async () => {
    const { actions, domains, state, done, results, idle, kept } = await createReady();
    const order: string[] = [];
    domains.store.subscribe(() => {
      for (const title of done()) if (!order.includes(title)) order.push(title);
    });
    await actions.addBuiltIn();
    await idle();
    expect(order).toEqual(['c1', 'k1', 'c2', 'k2']);
    expect(state().queue).toEqual({ status: 'idle' });
    expect(state().counts).toEqual({ done: 4, failed: 0, total: 4 });
    expect(state().plan).toMatchObject({ length: 16, longest: 64 });
    expect(kept.profiles.size).toBe(4);
    expect(kept.progress).toBeNull();
    expect(state().usage?.profileCount).toBe(4);
    expect(results()).toMatchObject({
      layerCount: 2,
      headCount: 2,
      sampleLength: 16,
      samples: 'cut',
      referenceId: 'chat',
      comparedId: 'code',
      isPartial: false,
      isStale: false,
    });
    expect(results()?.sets.map(({ texts }) => texts.map(({ title }) => title))).toEqual([
      ['c1', 'c2'],
      ['k1', 'k2'],
    ]);
    expect(results()?.sets[0].profiles[0]).toMatchObject({ tokenCount: 16, sampleCount: 1 });
    expect(results()).toBe(results());
  });

  it('runs windows of long texts, the begin token before each', async () => {
    const { actions, page, results, idle, state } = await createReady();
    page.actions.setAddsBegin(true);
    await actions.addSets([drawSet('a', 'a1:40', 'a2:33'), drawSet('b', 'b1:32', 'b2:35')]);
    actions.setRules({ length: 16, samples: 'windows' });
    actions.start();
    await idle();
    expect(state().plan?.longest).toBe(63);
    expect(results()?.sets[0].profiles.map(({ sampleCount }) => sampleCount)).toEqual([2, 2]);
    expect(results()?.sets[0].profiles[0].tokenCount).toBe(34);
  });

  it('shows nothing before each set has something, then says that more is to come', async () => {
    const { actions, page, results, idle, done } = await createReady();
    page.hold('survey', 2);
    await actions.addBuiltIn();
    await until(() => done().length === 1);
    expect(results()).toBeNull();
    page.hold('survey', 2);
    page.letGo();
    await idle();
    expect(results()?.isPartial).toBe(false);
  });

  it('pauses and goes on where it was', async () => {
    const { actions, page, state, idle, results, kept } = await createReady();
    page.hold('survey', 5);
    await actions.addBuiltIn();
    await until(() => state().counts.done === 2 && state().queue.status === 'running');
    await until(() => [...state().texts.values()].some(({ status }) => status === 'running'));
    actions.pause();
    page.letGo();
    await idle();
    expect(state().queue).toEqual({ status: 'paused', reason: 'person' });
    expect(state().counts.done).toBe(2);
    expect(results()).toMatchObject({ isPartial: true });
    expect(kept.progress).toEqual({ done: 2, failed: 0, total: 4 });
    actions.start();
    await idle();
    expect(state().counts.done).toBe(4);
    expect(results()).toMatchObject({ isPartial: false });
  });

  it('stops for good when it is cancelled, and keeps what is done', async () => {
    const { actions, page, state, idle, kept } = await createReady();
    page.hold('survey', 3);
    await actions.addBuiltIn();
    await until(() => state().counts.done === 1);
    actions.cancel();
    page.letGo();
    await idle();
    expect(state().queue).toEqual({ status: 'idle' });
    expect(kept.progress).toBeNull();
    expect(kept.profiles.size).toBe(1);
  });

  it('lets the person’s own text go first', async () => {
    const { actions, page, state, idle } = await createReady();
    page.hold('run');
    page.actions.setText('the cat');
    await page.until(({ run }) => run.status === 'running');
    await actions.addBuiltIn();
    await until(() => state().queue.status === 'running');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(state().counts.done).toBe(0);
    expect([...state().texts.values()].every(({ status }) => status === 'waiting')).toBe(true);
    page.letGo();
    await idle();
    expect(state().counts.done).toBe(4);
  });

  it('tells the time that is left once a text is done', async () => {
    const { actions, page, state, domains } = await createReady();
    const told: (number | null)[] = [];
    domains.store.subscribe(({ queue }) => {
      if (queue.status === 'running') told.push(queue.secondsLeft);
    });
    page.hold('survey', 3);
    await actions.addBuiltIn();
    await until(() => state().counts.done === 1 && told.length > 1);
    expect(told[0]).toBeNull();
    await until(() => told.some((seconds) => seconds !== null && seconds > 0));
    page.letGo();
  });
});

describe('a page that is closed on the way', () => {
  it('has everything back, and offers to go on with one click', async () => {
    const kept = new MemoryDomains();
    const first = await createReady(kept);
    first.page.hold('survey', 5);
    await first.actions.addBuiltIn();
    first.actions.rename('chat', 'Conversation');
    await until(() => first.state().counts.done === 2);
    await until(() => kept.progress?.done === 2);

    const second = createDomainsScene(kept);
    await second.actions.open();
    expect(second.state().queue).toEqual({ status: 'paused', reason: 'reload' });
    expect(second.state().counts).toEqual({ done: 2, failed: 0, total: 4 });
    await second.page.load();
    await second.idle();
    expect(second.state().queue).toEqual({ status: 'paused', reason: 'reload' });
    expect(second.state().sets.map(({ name }) => name)).toEqual(['Conversation', 'code']);
    expect(second.results()).toMatchObject({ isPartial: true });
    second.actions.start();
    await second.idle();
    expect(second.state().counts.done).toBe(4);
    expect(kept.profiles.size).toBe(4);
  });

  it('has finished results back without running anything', async () => {
    const kept = new MemoryDomains();
    const first = await createReady(kept);
    await first.actions.addBuiltIn();
    await first.idle();

    const second = await createReady(kept);
    second.page.failNext('survey', new HeadlightError('unexpected', 'nothing should be run'));
    await second.idle();
    expect(second.state().queue).toEqual({ status: 'idle' });
    expect(second.results()).toMatchObject({ isPartial: false, isStale: false });
    expect(second.results()?.sets[1].profiles[0].measures).toEqual(
      first.results()?.sets[1].profiles[0].measures,
    );
  });
});

it('offers nothing when all was done before the page was closed', async () => {
  const kept = new MemoryDomains();
  const first = await createReady(kept);
  await first.actions.addBuiltIn();
  await first.idle();
  kept.progress = { done: 3, failed: 0, total: 4 };
  const second = await createReady(kept);
  await second.idle();
  expect(second.state()).toMatchObject({ queue: { status: 'idle' }, counts: { done: 4 } });
  expect(kept.progress).toBeNull();
});

describe('what goes wrong', () => {
  it('keeps a text that fails apart, and tries it again when asked', async () => {
    const { actions, page, state, statusOf, idle, results } = await createReady();
    page.failNext('survey', new HeadlightError('out-of-memory', 'Not enough memory.'));
    await actions.addBuiltIn();
    await idle();
    expect(statusOf('c1')).toMatchObject({ status: 'failed', error: { code: 'out-of-memory' } });
    expect(state().counts).toEqual({ done: 3, failed: 1, total: 4 });
    expect(results()?.sets[0].texts.map(({ title }) => title)).toEqual(['c2']);
    expect(results()?.isPartial).toBe(false);
    actions.start();
    await idle();
    expect(state().counts.failed).toBe(1);
    actions.retryFailed();
    await idle();
    expect(state().counts).toEqual({ done: 4, failed: 0, total: 4 });
  });

  it('keeps a text that cannot be cut into tokens apart', async () => {
    const { actions, page, statusOf, idle, state } = await createReady();
    page.failNext('tokenize', new HeadlightError('unexpected', 'no tokens'));
    await actions.addSets(TWO_SETS);
    await idle();
    actions.start();
    await idle();
    expect(statusOf('c1')).toMatchObject({ status: 'failed' });
    expect(state().counts).toEqual({ done: 3, failed: 1, total: 4 });
    actions.retryFailed();
    await idle();
    expect(state().counts.done).toBe(4);
  });

  it('starts an engine that died again, and the text once more', async () => {
    const { actions, page, state, idle } = await createReady();
    page.hold('survey', 3);
    await actions.addBuiltIn();
    await until(() => [...state().texts.values()].some(({ status }) => status === 'running'));
    await until(() => state().counts.done === 1);
    page.letGo();
    page.hold('survey');
    await until(() => [...state().texts.values()].some(({ status }) => status === 'running'));
    page.engines[0].crash('boom');
    page.letGo();
    await idle();
    expect(page.engines).toHaveLength(2);
    expect(state().counts).toEqual({ done: 4, failed: 0, total: 4 });
  });

  it('gives a text up at whose survey the engine dies twice', async () => {
    const { actions, page, state, statusOf, idle } = await createReady();
    page.hold('survey');
    await actions.addBuiltIn();
    for (const i of [0, 1]) {
      await until(() => page.engines.length === i + 1 && statusOf('c1')?.status === 'running');
      page.engines[i].crash('boom');
    }
    page.letGo();
    await idle();
    expect(statusOf('c1')).toMatchObject({ status: 'failed', error: { code: 'worker-died' } });
    expect(state().counts).toEqual({ done: 3, failed: 1, total: 4 });
    expect(state().queue).toEqual({ status: 'idle' });
  });

  it('stands still when one engine after another dies, and goes on when told so', async () => {
    const { actions, page, state, idle } = await createReady();
    page.hold('survey');
    await actions.addBuiltIn();
    for (let i = 0; i < 5; i++) {
      await until(
        () =>
          page.engines.length === i + 1 &&
          [...state().texts.values()].some(({ status }) => status === 'running'),
      );
      page.engines[i].crash('boom');
    }
    expect(state().queue).toEqual({ status: 'paused', reason: 'model-failed' });
    page.letGo();
    actions.start();
    await idle();
    expect(state().counts.done + state().counts.failed).toBe(4);
    expect(page.state().model.status).toBe('ready');
  });

  it('waits while the same model is loaded again, and goes on by itself', async () => {
    const { actions, page, state, idle } = await createReady();
    page.hold('survey', 3);
    await actions.addBuiltIn();
    await until(() => state().counts.done === 1);
    page.actions.openModel(page.model());
    expect(state().queue).toEqual({ status: 'awaiting-model' });
    page.letGo();
    await idle();
    expect(state().counts.done).toBe(4);
  });

  it('stands still when another model is opened; old results are there and said to be old', async () => {
    const { actions, page, state, idle, results } = await createReady();
    page.hold('survey', 5);
    await actions.addBuiltIn();
    await until(() => state().counts.done === 2);
    const { origin } = page.model();
    page.actions.openModel({ origin, request: { fileName: 'other.gguf', sources: [] } });
    page.letGo();
    await idle();
    expect(state().queue).toEqual({ status: 'paused', reason: 'model-changed' });
    expect(state().counts).toEqual({ done: 0, failed: 0, total: 4 });
    expect(results()).toMatchObject({ isStale: true, isPartial: false });
    actions.start();
    await idle();
    expect(results()).toMatchObject({ isStale: false, isPartial: false });
  });

  it('goes on in memory where the browser keeps nothing', async () => {
    const kept = new MemoryDomains();
    kept.refuse('storage-unavailable');
    const { actions, state, idle, results } = await createReady(kept);
    await actions.addBuiltIn();
    await idle();
    expect(state().keeping).toMatchObject({
      status: 'memory',
      error: { code: 'storage-unavailable' },
    });
    expect(results()?.isPartial).toBe(false);
    kept.refusal = null;
    actions.rename('chat', 'talk');
    await idle();
    expect(state().keeping.status).toBe('kept');
  });

  it('keeps its sets when the model cannot be loaded', async () => {
    const { actions, page, state, idle } = createDomainsScene();
    page.failNext('loadModel', new HeadlightError('out-of-memory', 'Not enough memory.'));
    await page.load();
    await actions.addBuiltIn();
    expect(state().sets).toHaveLength(2);
    await idle();
    expect(state().counts.done).toBe(4);
  });
});

describe('changes of what is compared', () => {
  it('reuse what is done by the same rules, and say that old numbers are old', async () => {
    const { actions, page, state, idle, results, kept } = await createReady();
    await actions.addSets([drawSet('a', 'a1:40', 'a2:40'), drawSet('b', 'b1:40', 'b2:40')]);
    actions.start();
    await idle();
    expect(state().plan?.length).toBe(32);
    actions.setRules({ length: 16 });
    await idle();
    expect(state().counts).toEqual({ done: 0, failed: 0, total: 4 });
    expect(results()).toMatchObject({ isStale: true, sampleLength: 32 });
    expect(results()?.sets[0].profiles).toHaveLength(2);
    actions.start();
    await idle();
    expect(results()).toMatchObject({ isStale: false, sampleLength: 16 });
    expect(kept.profiles.size).toBe(8);
    page.failNext('survey', new HeadlightError('unexpected', 'nothing should be run'));
    actions.setRules({ length: 32 });
    await idle();
    expect(state().counts).toEqual({ done: 4, failed: 0, total: 4 });
    expect(results()).toMatchObject({ isStale: false, isPartial: false, sampleLength: 32 });
  });

  it('keep the length that was run first when other texts come', async () => {
    const { actions, state, idle, statusOf, kept } = await createReady();
    await actions.addSets([drawSet('a', 'a1:40', 'a2:40'), drawSet('b', 'b1:40')]);
    await idle();
    expect(state().rules.length).toBeNull();
    actions.start();
    await idle();
    expect(kept.saved?.rules.length).toBe(32);
    await actions.addSets([drawSet('c', 'c1:20', 'c2:40')]);
    await idle();
    expect(state().plan).toMatchObject({ length: 32, suggested: { length: 16 } });
    expect(state().counts).toEqual({ done: 3, failed: 0, total: 4 });
    expect(statusOf('c1')).toEqual({ status: 'left-out' });
    actions.removeAll();
    expect(state().rules.length).toBeNull();
    await idle();
  });

  it('leave texts out that are shorter than the cut', async () => {
    const { actions, state, idle, statusOf, results } = await createReady();
    await actions.addSets([drawSet('a', 'a1:40', 'a2:20'), drawSet('b', 'b1:40', 'b2:40')]);
    actions.setRules({ length: 32 });
    actions.start();
    await idle();
    expect(statusOf('a2')).toEqual({ status: 'left-out' });
    expect(state().counts).toEqual({ done: 3, failed: 0, total: 3 });
    expect(results()?.sets[0].texts.map(({ title }) => title)).toEqual(['a1']);
  });

  it('survey a text of two sets once', async () => {
    const { actions, state, idle, results, kept } = await createReady();
    await actions.addSets([drawSet('a', 'a1:20', 'x:20'), drawSet('b', 'x:20', 'x:20')]);
    actions.start();
    await idle();
    expect(state().counts).toEqual({ done: 2, failed: 0, total: 2 });
    expect(kept.profiles.size).toBe(2);
    // One that stands in a set twice is one for every statistic.
    expect(results()?.sets.map(({ texts }) => texts.length)).toEqual([2, 1]);
    expect(results()?.sets[1].profiles).toHaveLength(1);
    actions.removeRepeats('b');
    expect(state().sets[1].texts).toHaveLength(1);
    await idle();
  });

  it('take texts in while others run, and keep what is done when sets go', async () => {
    const { actions, page, state, idle, kept } = await createReady();
    page.hold('survey', 5);
    await actions.addBuiltIn();
    await until(() => state().counts.done === 2);
    await actions.addSets([drawSet('web', 'w1:20', 'w2:20'), drawSet('chat', 'c3:20')]);
    page.letGo();
    await idle();
    expect(state().sets.map(({ id, texts }) => `${id} ${texts.length}`)).toEqual([
      'chat 3',
      'code 2',
      'web 2',
    ]);
    expect(state().counts.done).toBe(7);
    actions.mergeSets('web', 'code');
    actions.moveText(state().sets[0].texts[0].id, 'chat', 'code');
    await idle();
    expect(state().sets.map(({ texts }) => texts.length)).toEqual([2, 5]);
    expect(state().counts.done).toBe(7);
    actions.removeSet('code');
    await idle();
    expect(state().counts).toEqual({ done: 2, failed: 0, total: 2 });
    actions.removeAll();
    await idle();
    expect(state()).toMatchObject({ plan: null, queue: { status: 'idle' } });
    expect(kept.saved?.sets).toEqual([]);
  });

  it('forget results when asked', async () => {
    const { actions, state, idle, results, kept } = await createReady();
    await actions.addBuiltIn();
    await idle();
    await actions.forgetResults();
    await idle();
    expect(kept.profiles.size).toBe(0);
    expect(results()).toBeNull();
    expect(state().counts).toEqual({ done: 0, failed: 0, total: 4 });
    expect(state().usage).toEqual({ profileCount: 0, profileBytes: 0 });
  });

  it('compare with the chosen sets, and with others when those are gone', async () => {
    const { actions, idle, results } = await createReady();
    await actions.addBuiltIn();
    await idle();
    actions.setOptions({ referenceId: 'code' });
    expect(results()).toMatchObject({ referenceId: 'code', comparedId: 'chat' });
    actions.setOptions({ comparedId: 'code' });
    expect(results()).toMatchObject({ referenceId: 'code', comparedId: 'chat' });
    actions.setOptions({ referenceId: 'gone', comparedId: null });
    expect(results()).toMatchObject({ referenceId: 'chat', comparedId: 'code' });
  });

  it('have no more than eight sets, and say what had no place', async () => {
    const { actions, state } = await createReady();
    await actions.addSets(Array.from({ length: 9 }, (_, i) => drawSet(`s${i}`, `t${i}:20`)));
    expect(state().sets).toHaveLength(8);
    expect(state().intake.notes).toEqual([
      { kind: 'limits', sets: [{ label: 's8', count: 1 }], texts: [] },
    ]);
  });
});

it('sets that are kept differ from those of the page only by a copy', async () => {
  const { actions, state, kept, idle } = await createReady();
  await actions.addSets(TWO_SETS);
  await idle();
  expect(kept.saved).toEqual({ sets: state().sets, rules: state().rules });
});

describe('sets that this browser could not read at first', () => {
  it('stay as they are, and come back beside what was added since', async () => {
    const kept = new MemoryDomains();
    const first = await createReady(kept);
    await first.actions.addSets(TWO_SETS);
    await first.idle();
    const before = kept.saved;

    kept.refuse('storage-unavailable');
    const second = await createReady(kept);
    await second.actions.addSets([drawSet('web', 'w1:20')]);
    await second.idle();
    expect(kept.saved).toBe(before);
    expect(second.state().keeping).toMatchObject({ status: 'memory', isUnread: true });

    kept.refusal = null;
    second.actions.rename('web', 'News');
    await second.idle();
    expect(second.state().keeping.status).toBe('kept');
    expect(second.state().sets.map(({ name }) => name)).toEqual(['chat', 'code', 'News']);
    expect(second.state().sets[0].texts).toHaveLength(2);
    expect(kept.saved?.sets).toEqual(second.state().sets);
    expect(second.state().intake.notes).toContainEqual({ kind: 'merged', why: 'read-late' });
  });

  it('are not said to be kept because something else is', async () => {
    const kept = new MemoryDomains();
    const load = kept.load.bind(kept);
    kept.load = () => Promise.reject(new HeadlightError('storage-unavailable', 'no'));
    const { actions, state, idle } = await createReady(kept);
    await actions.addBuiltIn();
    await idle();
    expect(kept.profiles.size).toBe(4);
    expect(kept.saved).toBeNull();
    expect(state().keeping).toMatchObject({ status: 'memory', isUnread: true });
    kept.load = load;
    actions.rename('chat', 'talk');
    await idle();
    expect(state().keeping.status).toBe('kept');
    expect(kept.saved?.sets).toHaveLength(2);
  });
});

it('two pages keep what either adds, and what one removes goes', async () => {
  const kept = new MemoryDomains();
  const one = await createReady(kept);
  await one.actions.addSets(TWO_SETS);
  await one.idle();
  const two = await createReady(kept);
  await two.actions.addSets([drawSet('web', 'w1:20'), drawSet('chat', 'c3:20')]);
  await two.idle();
  one.actions.removeSet('code');
  await one.actions.addSets([drawSet('news', 'n1:20')]);
  await one.idle();
  const shown = one.state().sets.map(({ id, texts }) => `${id} ${texts.length}`);
  expect(shown).toEqual(['chat 3', 'web 1', 'news 1']);
  expect(kept.saved?.sets).toEqual(one.state().sets);
  expect(one.state().intake.notes).toContainEqual({ kind: 'merged', why: 'other-tab' });
  expect(one.state().plan?.tokenCounts.size).toBe(5);
  two.actions.rename('web', 'Web');
  await two.idle();
  expect(two.state().sets.map(({ name }) => name)).toEqual(['chat', 'Web', 'news']);
  expect(kept.saved?.sets).toEqual(two.state().sets);
});
