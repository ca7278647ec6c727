import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HeadlightError } from '../lib/headlight-error.ts';
import { rowOf } from '../tensor/causal-slice.ts';
import { createStoreScene } from '../testing/store-scene.ts';
import type { AppState } from './app-state.ts';
import type { HeadlightStore } from './store.ts';

const memory = () => new HeadlightError('out-of-memory', 'Not enough memory: bad_alloc');

describe('loading', () => {
  it('shows progress, then facts, then the run of the text that is there', async () => {
    const scene = createStoreScene();
    const seen: string[] = [];
    scene.store.subscribe(({ model }) => {
      seen.push(model.status === 'loading' ? (model.progress?.stage ?? 'begun') : model.status);
    });
    await scene.load();
    expect(seen.slice(0, 4)).toEqual(['begun', 'header', 'weights', 'ready']);
    expect(scene.state().run).toMatchObject({ status: 'ready' });
    expect(scene.shown()?.tokens.text).toBe('the cat saw the dog');
  });

  it('adds the file’s hash when it is known', async () => {
    const scene = createStoreScene();
    await scene.load();
    await scene.until(({ model }) => model.status === 'ready' && model.facts.sha256 !== null);
  });

  it('moves a head of a link that this model does not have to its last one', async () => {
    const scene = createStoreScene({ selection: { layer: 18, head: 6 } });
    await scene.load();
    expect(scene.state().selection).toMatchObject({ layer: 1, head: 1 });
  });

  it('says why it failed, keeps the text, and works at the next attempt', async () => {
    const scene = createStoreScene();
    scene.failNext('loadModel', new HeadlightError('file-truncated', 'cut short'));
    await scene.load();
    expect(scene.state().model).toMatchObject({
      status: 'failed',
      error: { code: 'file-truncated', message: 'cut short' },
    });
    scene.actions.setText('the dog');
    scene.actions.runAgain();
    await scene.whenIdle();
    expect(scene.state().model.status).toBe('ready');
    expect(scene.shown()?.tokens.text).toBe('the dog');
  });

  it('is not said to be ready by a hash that comes after a crash', async () => {
    const scene = createStoreScene();
    await scene.load();
    scene.engines[0].crash('gone');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(scene.state().model.status).toBe('failed');
  });
});

describe('a text', () => {
  let scene: ReturnType<typeof createStoreScene>;
  beforeEach(async () => {
    scene = createStoreScene();
    await scene.load();
  });

  it('becomes tokens before it has run, then layers, then predictions', async () => {
    const stages: string[] = [];
    scene.hold('run');
    scene.actions.setText('the cat saw');
    await scene.until(({ tokens }) => tokens?.text === 'the cat saw');
    expect(scene.begun()).not.toContain('the cat saw');
    scene.store.subscribe(({ run }) => {
      const stage = run.status === 'running' ? `layers ${run.layersDone}` : run.status;
      if (stages.at(-1) !== stage) stages.push(stage);
    });
    await scene.until(({ run }) => run.status === 'running');
    expect(scene.shown()?.tokens.text).toBe('the cat saw the dog');
    scene.letGo();
    await scene.whenIdle();
    // A quick run is shown once: see follow-run.test.ts.
    expect(stages).toEqual(['layers 0', 'predicting', 'ready']);
    const run = scene.shown();
    expect(run?.layers.map((layer) => layer?.layer)).toEqual([0, 1]);
    expect(run?.predictions?.texts[0]).toBe('cat');
  });

  it('has exact matrices on demand, asked for once', async () => {
    const { runs, engine, state } = scene;
    const read = vi.spyOn(scene.engines[0].fake, 'readSlice');
    const id = state().shownRunId ?? '';
    const slice = await runs.readSlice(engine(), id, 0, 0);
    expect(rowOf(slice, 2)).toEqual(Float32Array.of(0.2, 0.3, 0.5));
    await runs.readSlice(engine(), id, 0, 0);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('is run once typing rests: the last one only', async () => {
    for (const text of ['t', 'th', 'the', 'the c', 'the ca', 'the cat']) {
      scene.actions.setText(text);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await scene.whenIdle();
    expect(scene.begun()).toEqual(['the cat saw the dog', 'the cat']);
    expect(scene.shown()?.tokens.text).toBe('the cat');
  });

  it('takes the place of one that is still running, which shows nothing any more', async () => {
    scene.hold('run');
    scene.actions.setText('the slow text');
    await scene.until(({ run }) => run.status === 'running');
    const shown = new Set<string>();
    scene.store.subscribe(({ shownRunId }) => {
      const text = scene.runs.get(shownRunId)?.tokens.text;
      if (text) shown.add(text);
    });
    scene.actions.setText('the quick text');
    await scene.until(({ run }) => run.status === 'running');
    scene.letGo();
    await scene.whenIdle();
    expect([...shown]).toEqual(['the cat saw the dog', 'the quick text']);
    expect(scene.state().run.status).toBe('ready');
    expect(scene.begun().slice(1)).toEqual(['the slow text', 'the quick text']);
  });

  it('that is empty shows nothing, and the next one runs', async () => {
    scene.actions.setText('');
    await scene.whenIdle();
    expect(scene.state()).toMatchObject({
      run: { status: 'idle' },
      tokens: null,
      shownRunId: null,
      text: '',
    });
    scene.actions.setText('the dog');
    await scene.whenIdle();
    expect(scene.shown()?.tokens.text).toBe('the dog');
  });

  it('that is too long is refused with the limit, is kept, and a shorter one runs', async () => {
    const long = Array.from({ length: 65 }, () => 'the').join(' ');
    scene.actions.setText(long);
    await scene.whenIdle();
    expect(scene.state().run).toMatchObject({
      status: 'failed',
      error: { code: 'text-too-long', details: { tokens: 65, limit: 64 } },
    });
    expect(scene.state().text).toBe(long);
    scene.actions.setText('the dog');
    await scene.whenIdle();
    expect(scene.state().run.status).toBe('ready');
  });

  it('can be run again after its run failed', async () => {
    scene.failNext('run', memory());
    scene.actions.setText('the dog');
    await scene.whenIdle();
    expect(scene.state().run).toMatchObject({ status: 'failed', error: { code: 'out-of-memory' } });
    expect(scene.state().model.status).toBe('ready');
    scene.actions.runAgain();
    await scene.whenIdle();
    expect(scene.shown()?.tokens.text).toBe('the dog');
  });

  it('whose run is stopped shows the layers that had come, and can be run again', async () => {
    scene.hold('run', 1);
    scene.actions.setText('the dog');
    await scene.until(({ run }) => run.status === 'running' && run.layersDone === 1);
    scene.actions.cancelRun();
    expect(scene.state().run.status).toBe('idle');
    scene.letGo();
    await scene.whenIdle();
    expect(scene.shown()?.layers.map((layer) => layer !== null)).toEqual([true, false]);
    scene.actions.runAgain();
    await scene.whenIdle();
    expect(scene.shown()?.layers.includes(null)).toBe(false);
  });

  it('is not run any more when it is stopped while it waits for typing to rest', async () => {
    scene.actions.setText('the dog');
    scene.actions.cancelRun();
    await scene.whenIdle();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(scene.begun()).toEqual(['the cat saw the dog']);
  });
});

describe('the death of the engine', () => {
  it('in mid-run keeps text and numbers, and a new engine takes over', async () => {
    const scene = createStoreScene();
    await scene.load();
    scene.hold('run');
    scene.actions.setText('the dog saw the cat');
    await scene.until(({ run }) => run.status === 'running');
    scene.engines[0].crash('memory access out of bounds');
    await scene.whenIdle();
    const { model, run, text } = scene.state();
    expect(model).toMatchObject({ status: 'failed', error: { code: 'worker-died' } });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'worker-died' } });
    expect(text).toBe('the dog saw the cat');
    expect(scene.shown()?.tokens.text).toBe('the cat saw the dog');
    scene.letGo();
    scene.actions.runAgain();
    // What is on screen now is the loading, not the old failure.
    expect(scene.state().run.status).toBe('idle');
    await scene.whenIdle();
    expect(scene.engines).toHaveLength(2);
    expect(scene.shown()?.tokens.text).toBe('the dog saw the cat');
    expect(scene.state().run.status).toBe('ready');
  });

  it('while predictions are made fails the run as well', async () => {
    const scene = createStoreScene();
    let crashes = 0;
    scene.store.subscribe(({ run }) => {
      if (run.status === 'predicting' && crashes++ === 0) scene.engines[0].crash('gone');
    });
    await scene.load();
    expect(scene.state().run).toMatchObject({ status: 'failed', error: { code: 'worker-died' } });
  });

  it('while it loads is a failure of the model', async () => {
    const scene = createStoreScene();
    scene.hold('loadModel');
    scene.actions.loadModel();
    await scene.until(({ model }) => model.status === 'loading' && model.progress !== null);
    scene.engines[0].crash('no script');
    await scene.whenIdle();
    expect(scene.state().model).toMatchObject({ status: 'failed', error: { code: 'worker-died' } });
    scene.letGo();
    scene.actions.runAgain();
    await scene.whenIdle();
    expect(scene.state().run.status).toBe('ready');
  });

  it('while it generates ends the generation and keeps what was made', async () => {
    const scene = createStoreScene({ text: 'the' });
    await scene.load();
    scene.hold('generate', 1);
    scene.actions.generate({ tokenCount: 5, temperature: 0, topP: 1, seed: 1 });
    await scene.until(({ text }) => text === 'the cat');
    scene.engines[0].crash('gone');
    scene.letGo();
    await scene.whenIdle();
    expect(scene.state().generation.status).toBe('failed');
    expect(scene.state().text).toBe('the cat');
    scene.actions.runAgain();
    await scene.whenIdle();
    expect(scene.shown()?.tokens.text).toBe('the cat');
    expect(scene.state().generation.status).toBe('idle');
  });
});

describe('generation', () => {
  const greedy = { tokenCount: 3, temperature: 0, topP: 1, seed: 1 };

  it('ends when a run takes its place, or when everything is cancelled', async () => {
    for (const end of ['runAgain', 'cancelRun'] as const) {
      const scene = createStoreScene({ text: 'the' });
      await scene.load();
      scene.hold('generate', 1);
      scene.actions.generate(greedy);
      await scene.until(({ generation }) => generation.status === 'generating');
      scene.actions[end]();
      scene.letGo();
      await scene.whenIdle();
      expect(scene.state().generation.status).toBe('idle');
    }
  });

  it('makes the text longer word by word, then runs it for predictions', async () => {
    const scene = createStoreScene({ text: 'the', sampleId: 'plumber' });
    await scene.load();
    const texts: string[] = [];
    scene.store.subscribe(({ text }) => {
      if (texts.at(-1) !== text) texts.push(text);
    });
    scene.actions.generate(greedy);
    await scene.whenIdle();
    expect(texts).toEqual(['the', 'the cat', 'the cat saw', 'the cat saw the']);
    expect(scene.state()).toMatchObject({ sampleId: null, generation: { status: 'idle' } });
    expect(scene.shown()?.predictions).not.toBeNull();
  });

  it('reads the new rows of a head whose matrix was read before', async () => {
    const scene = createStoreScene({ text: 'the' });
    await scene.load();
    const sizes: number[] = [];
    const reads: Promise<void>[] = [];
    scene.store.subscribe(({ generation, shownRunId }) => {
      if (generation.status !== 'generating' || generation.made === 0) return;
      reads.push(
        scene.runs
          .readSlice(scene.engine(), shownRunId ?? '', 0, 0)
          .then(({ size }) => void sizes.push(size)),
      );
    });
    scene.actions.generate(greedy);
    await scene.whenIdle();
    await Promise.all(reads);
    expect(Math.max(...sizes)).toBe(4);
  });

  it('can be stopped; what was made stays and is run', async () => {
    const scene = createStoreScene({ text: 'the' });
    await scene.load();
    scene.hold('generate', 1);
    scene.actions.generate({ ...greedy, tokenCount: 50 });
    await scene.until(
      ({ generation }) => generation.status === 'generating' && generation.made > 0,
    );
    scene.actions.stopGeneration();
    scene.letGo();
    await scene.until(({ run }) => run.status === 'ready');
    expect(scene.state()).toMatchObject({ text: 'the cat', generation: { status: 'idle' } });
    expect(scene.shown()?.predictions?.count).toBe(2);
  });

  it('gives way to a text that is typed', async () => {
    const scene = createStoreScene({ text: 'the' });
    await scene.load();
    scene.hold('generate');
    scene.actions.generate(greedy);
    scene.actions.setText('a dog');
    scene.letGo();
    await scene.whenIdle();
    expect(scene.state()).toMatchObject({ text: 'a dog', generation: { status: 'idle' } });
    expect(scene.shown()?.tokens.text).toBe('a dog');
  });

  it('that fails says so and keeps the text', async () => {
    const scene = createStoreScene({ text: 'the' });
    await scene.load();
    scene.failNext('generate', memory());
    scene.actions.generate(greedy);
    await scene.whenIdle();
    expect(scene.state()).toMatchObject({
      text: 'the',
      generation: { status: 'failed', error: { code: 'out-of-memory' } },
    });
  });
});

describe('the selection', () => {
  let scene: HeadlightStore & { state: () => AppState };
  beforeEach(async () => {
    const created = createStoreScene();
    await created.load();
    scene = created;
  });

  it('is pinned, previewed over once the pointer rests, and released step by step', async () => {
    const { actions, state } = scene;
    actions.select({ layer: 1, query: 3, key: 1 });
    actions.preview({ query: 2 });
    actions.preview({ query: 4 });
    expect(state().preview).toBeNull();
    await vi.waitFor(() => expect(state().preview).not.toBeNull());
    expect(state()).toMatchObject({ selection: { query: 3 }, preview: { query: 4 } });
    actions.release();
    expect(state()).toMatchObject({ selection: { query: 3, key: 1 }, preview: null });
    actions.release();
    expect(state().selection).toMatchObject({ query: 3, key: null });
    actions.release();
    actions.release();
    expect(state().selection).toEqual({ layer: 1, head: 0, query: null, key: null });
  });

  it('is undone and redone together with display options', () => {
    const { actions, state } = scene;
    actions.select({ layer: 1 });
    actions.setDisplay({ scale: 'log' });
    actions.select({ query: 2 });
    actions.undo();
    actions.undo();
    expect(state()).toMatchObject({
      selection: { layer: 1, query: null },
      display: { scale: 'sqrt' },
    });
    actions.redo();
    expect(state()).toMatchObject({ selection: { query: null }, display: { scale: 'log' } });
    actions.undo();
    actions.undo();
    actions.undo();
    expect(state().selection.layer).toBe(0);
    actions.redo();
    actions.select({ head: 1 });
    actions.redo();
    expect(state().selection).toMatchObject({ layer: 1, head: 1, query: null });
  });

  it('has no step in its history where nothing changed', () => {
    const { actions, state } = scene;
    actions.select({ query: 2 });
    actions.select({ query: 2 });
    actions.setDisplay({ scale: state().display.scale });
    actions.undo();
    expect(state().selection.query).toBeNull();
  });

  it('loses query and key where a shorter text has none, also through undo', async () => {
    const { actions, state } = scene;
    actions.select({ query: 4, key: 1 });
    actions.select({ layer: 1 });
    actions.setText('the dog');
    await scene.whenIdle();
    expect(state().selection).toEqual({ layer: 1, head: 0, query: null, key: 1 });
    actions.undo();
    expect(state().selection).toEqual({ layer: 0, head: 0, query: null, key: 1 });
  });

  it('lets tokens go when units change, since they are counted differently', () => {
    const { actions, state } = scene;
    actions.select({ query: 4, key: 1 });
    actions.setDisplay({ unit: 'word' });
    expect(state().selection).toMatchObject({ query: null, key: null });
    actions.undo();
    expect(state()).toMatchObject({ selection: { query: 4, key: 1 }, display: { unit: 'token' } });
  });
});

describe('what this browser keeps', () => {
  afterEach(() => vi.useRealTimers());

  it('is each text that was run and stayed for a moment, newest first, once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const scene = createStoreScene({ text: 'first' });
    scene.actions.loadModel();
    const run = async (text: string) => {
      await vi.advanceTimersByTimeAsync(300);
      await vi.waitFor(() => {
        expect(scene.shown()?.tokens.text).toBe(text);
        expect(scene.state().run.status).toBe('ready');
      });
    };
    await run('first');
    await vi.advanceTimersByTimeAsync(2500);
    for (const text of ['second', 'third', 'first']) {
      scene.actions.setText(text);
      await run(text);
      if (text !== 'second') await vi.advanceTimersByTimeAsync(2500);
    }
    expect(scene.kept.texts.map(({ text }) => text)).toEqual(['first', 'third']);
    scene.actions.setText('fourth');
    await run('fourth');
    scene.actions.openSample('repeats');
    await run(scene.state().text);
    await vi.advanceTimersByTimeAsync(2500);
    expect(scene.kept.texts.map(({ text }) => text)).toEqual(['fourth', 'first', 'third']);
    scene.actions.deleteSavedText(scene.state().savedTexts[1].id);
    expect(scene.kept.texts.map(({ text }) => text)).toEqual(['fourth', 'third']);
  });

  it('is at most twenty texts, and the theme', async () => {
    const saved = Array.from({ length: 20 }, (_, i) => ({ id: `${i}`, text: `${i}`, savedAt: i }));
    const scene = createStoreScene({}, saved);
    expect(scene.state().savedTexts).toBe(saved);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    scene.actions.loadModel();
    await vi.waitFor(() => expect(scene.state().run.status).toBe('ready'));
    await vi.advanceTimersByTimeAsync(2500);
    expect(scene.kept.texts.map(({ text }) => text)).toEqual([
      'the cat saw the dog',
      ...saved.slice(0, 19).map(({ text }) => text),
    ]);
    scene.actions.setTheme('dark');
    expect(scene.kept.theme).toBe('dark');
  });
});

describe('a recorded run', () => {
  it('is shown until the model has numbers of its own, with its own matrices', async () => {
    const scene = createStoreScene();
    const other = createStoreScene();
    await other.load();
    const run = other.shown();
    if (run === null) throw new Error('there is no run to record');
    const recorded = { ...run, runId: 'recorded' };
    const slice = { size: 5, packed: new Float32Array(15).fill(0.25) };
    scene.actions.showRecorded(recorded, { readSlice: async () => slice });
    expect(scene.state().tokens?.text).toBe('the cat saw the dog');
    expect(await scene.runs.readSlice(other.engine(), 'recorded', 0, 0)).toBe(slice);
    await scene.load();
    expect(scene.state().shownRunId).not.toBe('recorded');
    expect(scene.runs.get('recorded')).toBeNull();
  });

  it('is not shown for another text, nor after a run', async () => {
    const scene = createStoreScene();
    await scene.load();
    const run = scene.shown();
    if (run === null) throw new Error('there is no run');
    const reader = { readSlice: async () => ({ size: 0, packed: new Float32Array(0) }) };
    scene.actions.showRecorded({ ...run, runId: 'recorded' }, reader);
    expect(scene.state().shownRunId).toBe(run.runId);
    const other = createStoreScene({ text: 'another' });
    other.actions.showRecorded({ ...run, runId: 'recorded' }, reader);
    expect(other.state().shownRunId).toBeNull();
  });
});

describe('a text of given tokens', () => {
  it('is run with exactly these, until it is edited', async () => {
    const scene = createStoreScene();
    await scene.load();
    const cut = await scene.engine().tokenize('the cat saw');
    // Two tokens where cutting would give three: " cat saw" as one.
    const given = {
      ...cut,
      ids: cut.ids.slice(0, 2),
      pieces: ['the', 'catsaw'],
      starts: Int32Array.of(0, 3),
      ends: Int32Array.of(3, cut.text.length),
      special: [false, false],
    };
    scene.actions.setTokens(given);
    expect(scene.state().tokens?.pieces).toEqual(['the', 'catsaw']);
    await scene.whenIdle();
    expect(scene.shown()?.tokens.pieces).toEqual(['the', 'catsaw']);
    scene.actions.runAgain();
    await scene.whenIdle();
    expect(scene.shown()?.tokens.ids).toHaveLength(2);
    scene.actions.setText('the cat saw');
    await scene.whenIdle();
    expect(scene.state().givenTokens).toBeNull();
    expect(scene.shown()?.tokens.ids).toHaveLength(3);
  });
});
