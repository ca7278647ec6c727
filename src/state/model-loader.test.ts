import { describe, expect, it } from 'vitest';
import { HeadlightError } from '../lib/headlight-error.ts';
import { createStoreScene } from '../testing/store-scene.ts';
import type { ModelChoice } from './model-loader.ts';

const OTHER: ModelChoice = {
  origin: { kind: 'files', name: 'other.gguf' },
  request: { fileName: 'other.gguf', sources: [] },
  sha256: 'a'.repeat(64),
};
const THIRD: ModelChoice = {
  origin: { kind: 'files', name: 'third.gguf' },
  request: { fileName: 'third.gguf', sources: [] },
};
const broken = () => new HeadlightError('out-of-memory', 'Not enough memory: bad_alloc');

describe('another model', () => {
  it('takes the place of the present one in an engine of its own; the text stays and is run again', async () => {
    const scene = createStoreScene();
    await scene.load();
    scene.actions.select({ query: 2, key: 1 });
    scene.actions.openModel(OTHER);
    expect(scene.state()).toMatchObject({
      model: { status: 'loading' },
      modelOrigin: OTHER.origin,
      shownRunId: null,
      tokens: null,
      selection: { query: null, key: null },
    });
    await scene.whenIdle();
    expect(scene.engines).toHaveLength(2);
    expect(scene.state().model).toMatchObject({
      status: 'ready',
      facts: { fileName: 'other.gguf', sha256: OTHER.sha256 },
    });
    expect(scene.begun()).toEqual(['the cat saw the dog', 'the cat saw the dog']);
    expect(scene.shown()?.model.fileName).toBe('other.gguf');
    await expect(scene.engines[0].fake.tokenize('x')).resolves.toBeDefined();
  });

  it('that fails says why, keeps the text, and leads back to the one that was ready', async () => {
    const scene = createStoreScene();
    await scene.load();
    scene.failNext('loadModel', broken());
    scene.actions.openModel(OTHER);
    await scene.whenIdle();
    expect(scene.state()).toMatchObject({
      model: { status: 'failed', error: { code: 'out-of-memory' } },
      goBackTo: 'fake.gguf',
      text: 'the cat saw the dog',
    });
    scene.actions.goBack();
    await scene.whenIdle();
    expect(scene.state()).toMatchObject({
      model: { status: 'ready', facts: { fileName: 'fake.gguf' } },
      modelOrigin: { kind: 'embedded' },
      goBackTo: null,
      run: { status: 'ready' },
    });
  });

  it('that fails can be tried again', async () => {
    const scene = createStoreScene();
    await scene.load();
    scene.failNext('loadModel', broken());
    scene.actions.openModel(OTHER);
    await scene.whenIdle();
    scene.actions.runAgain();
    await scene.whenIdle();
    expect(scene.state().model).toMatchObject({
      status: 'ready',
      facts: { fileName: 'other.gguf' },
    });
  });

  it('asked for while one is loading wins; the earlier one never shows', async () => {
    const scene = createStoreScene();
    await scene.load();
    const seen = new Set<string>();
    scene.store.subscribe(({ model }) => {
      if (model.status === 'ready') seen.add(model.facts.fileName);
    });
    scene.hold('loadModel');
    scene.actions.openModel(OTHER);
    await scene.until(({ model }) => model.status === 'loading');
    scene.actions.openModel(THIRD);
    scene.letGo();
    await scene.whenIdle();
    expect(seen.has('third.gguf')).toBe(true);
    expect(seen.has('other.gguf')).toBe(false);
    expect(scene.state().goBackTo).toBeNull();
  });

  it('ends a run of the old one without an error on the page', async () => {
    const scene = createStoreScene();
    await scene.load();
    scene.hold('run');
    scene.actions.setText('the dog saw the cat');
    await scene.until(({ run }) => run.status === 'running');
    const failures: string[] = [];
    scene.store.subscribe(({ run, model }) => {
      if (run.status === 'failed') failures.push(run.error.message);
      if (model.status === 'failed') failures.push(model.error.message);
    });
    scene.actions.openModel(OTHER);
    scene.letGo();
    await scene.whenIdle();
    expect(failures).toEqual([]);
    expect(scene.shown()?.tokens.text).toBe('the dog saw the cat');
  });

  it('cannot be left for itself: without an earlier one there is no way back', async () => {
    const scene = createStoreScene();
    scene.failNext('loadModel', broken());
    await scene.load();
    expect(scene.state().goBackTo).toBeNull();
    scene.actions.goBack();
    expect(scene.state().model.status).toBe('failed');
  });
});

describe('what belongs to the text', () => {
  it('a generation that a change of models ends has not failed', async () => {
    const scene = createStoreScene();
    await scene.load();
    scene.hold('generate', 1);
    scene.actions.generate({ tokenCount: 5, temperature: 0, topP: 1, seed: 1 });
    await scene.until(({ generation }) => generation.status === 'generating');
    const failures: string[] = [];
    scene.store.subscribe(({ generation }) => {
      if (generation.status === 'failed') failures.push(generation.error.message);
    });
    scene.actions.openModel(OTHER);
    scene.letGo();
    await scene.whenIdle();
    expect(failures).toEqual([]);
    expect(scene.state().model).toMatchObject({ facts: { fileName: 'other.gguf' } });
  });

  it('what the model wrote after turns stays when the model is loaded anew', async () => {
    const scene = createStoreScene();
    await scene.load();
    scene.actions.setConversation({
      messages: [{ role: 'user', content: 'the cat' }],
      addGenerationPrompt: false,
    });
    await scene.whenIdle();
    scene.actions.generate({ tokenCount: 3, temperature: 0, topP: 1, seed: 1 });
    await scene.whenIdle();
    const { text } = scene.state();
    expect(text).toMatch(/^user: the cat ./);
    scene.actions.setPrecision('packed');
    await scene.whenIdle();
    expect(scene.state()).toMatchObject({ text, conversation: null, run: { status: 'ready' } });
    expect(scene.shown()?.tokens.text).toBe(text);
  });

  it('steps that can be undone end with their model', async () => {
    const scene = createStoreScene();
    await scene.load();
    scene.actions.select({ layer: 1, head: 1 });
    scene.actions.openModel(OTHER);
    await scene.whenIdle();
    scene.actions.undo();
    expect(scene.state().selection).toMatchObject({ layer: 1, head: 1 });
  });

  it('the selection of a link is that of the first model, query and key included', async () => {
    const scene = createStoreScene({ selection: { layer: 1, head: 0, query: 3, key: 2 } });
    scene.actions.openModel(OTHER);
    await scene.whenIdle();
    expect(scene.state().selection).toEqual({ layer: 1, head: 0, query: 3, key: 2 });
  });
});

describe('the begin token', () => {
  it('is put before the text or left out as the person says, and the text is run again', async () => {
    const scene = createStoreScene();
    await scene.load();
    expect(scene.state().tokens?.pieces[0]).toBe('the');
    scene.actions.setAddsBegin(true);
    await scene.whenIdle();
    expect(scene.state().tokens?.pieces[0]).toBe('<s>');
    expect(scene.shown()?.tokens.ids).toHaveLength(6);
    scene.actions.setAddsBegin(null);
    await scene.whenIdle();
    expect(scene.shown()?.tokens.ids).toHaveLength(5);
    expect(scene.engines[0].fake.begun.map(({ addsBegin }) => addsBegin)).toEqual([
      undefined,
      true,
      undefined,
    ]);
  });

  it('of a link holds from the first run on', async () => {
    const scene = createStoreScene({ addsBegin: true });
    await scene.load();
    expect(scene.shown()?.tokens.pieces[0]).toBe('<s>');
  });
});
