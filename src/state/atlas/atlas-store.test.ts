import { describe, expect, it } from 'vitest';
import { HeadlightError } from '../../lib/headlight-error.ts';
import { BATTERY, BATTERY_VERSION } from '../../measures/atlas/battery.ts';
import { createAtlasScene } from '../../testing/atlas-scene.ts';
import { createKeptAtlas } from '../../testing/kept-atlas.ts';
import { DEFAULT_VIEW, fromAtlasParameters, toAtlasParameters } from './atlas-view.ts';

/** Layer 0 head 1 of the fake looks one token back, layer 1 head 1 at the first token. */
const PREVIOUS = 1;
const FIRST = 3;

describe('the atlas’s store', () => {
  it('does nothing by itself, and finds roles when asked', async () => {
    const { state, test, load } = createAtlasScene();
    await load();
    expect(state()).toMatchObject({ battery: { status: 'idle' }, result: null });
    const result = await test();
    expect(result.tests.previous.scores[PREVIOUS]).toBe(1);
    expect(result.tests['previous-text'].scores[PREVIOUS]).toBe(1);
    expect(result.tests.positional.scores[PREVIOUS]).toBe(1);
    expect(result.tests['first-random'].scores[FIRST]).toBe(1);
    expect(result.tests.sink.scores[FIRST]).toBe(1);
    expect(result.tests.induction.scores[PREVIOUS]).toBe(0);
  });

  it('has for every test scores or the reason why there are none', async () => {
    const result = await createAtlasScene().test();
    for (const { id } of BATTERY)
      expect(id in result.tests, id).toBe(!(id in result.undefinedTests));
    // The fake's texts may have 64 tokens: no haystack fits.
    expect(result.undefinedTests.retrieval).toBe('too-long');
  });

  it('gives evidence that is the very cell of a kept probe', async () => {
    const { tests, probes } = await createAtlasScene().test();
    const { evidence } = tests.previous;
    if (evidence === null) throw new Error('there is evidence');
    expect(evidence.weights[PREVIOUS]).toBe(1);
    expect(evidence.queries[PREVIOUS] - evidence.keys[PREVIOUS]).toBe(1);
    expect(probes[evidence.probes[PREVIOUS]].kind).toBe('random');
    expect(evidence.queries[PREVIOUS]).toBeLessThan(
      probes[evidence.probes[PREVIOUS]].tokens.ids.length,
    );
  });

  it('says how far it is, rising to the end', async () => {
    const { atlas, test } = createAtlasScene();
    const shares: number[] = [];
    const stages = new Set<string>();
    atlas.store.subscribe(({ battery }) => {
      if (battery.status !== 'running') return;
      shares.push(battery.progress.share);
      stages.add(battery.progress.stage);
    });
    await test();
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
    expect([...stages]).toEqual(['building', 'probes', 'weights']);
  });

  it('stops when told to, and keeps what was known before', async () => {
    const { scene, atlas, state, test } = createAtlasScene();
    const before = await test();
    scene.hold('survey', 4);
    atlas.actions.start();
    await expect.poll(() => state().battery.status === 'running').toBe(true);
    atlas.actions.cancel();
    scene.letGo();
    await atlas.whenIdle();
    expect(state().battery.status).toBe('idle');
    expect(state().result).toBe(before);
  });

  it('gives up when the model changes, and goes on only by asking', async () => {
    const { scene, atlas, state, kept, load } = createAtlasScene();
    await load();
    scene.hold('survey', 4);
    atlas.actions.start();
    await expect.poll(() => state().battery.status === 'running').toBe(true);
    scene.actions.openModel({
      origin: { kind: 'files', name: 'other.gguf' },
      request: { fileName: 'other.gguf', sources: [] },
    });
    scene.letGo();
    await scene.whenIdle();
    await atlas.whenIdle();
    expect(state()).toMatchObject({ battery: { status: 'idle' }, result: null });
    expect(kept.results.size).toBe(0);
  });

  it('says what failed, and can be asked again', async () => {
    const { scene, atlas, state, load } = createAtlasScene();
    await load();
    scene.failNext('survey', new HeadlightError('out-of-memory', 'Not enough memory.'));
    atlas.actions.start();
    await atlas.whenIdle();
    expect(state().battery).toMatchObject({
      status: 'failed',
      error: { code: 'out-of-memory' },
    });
    atlas.actions.start();
    await atlas.whenIdle();
    expect(state().result).not.toBeNull();
  });

  it('waits while the person’s own text runs', async () => {
    const { scene, atlas, state, load } = createAtlasScene();
    await load();
    scene.hold('run');
    scene.actions.setText('the dog');
    atlas.actions.start();
    await scene.until(({ run }) => run.status === 'running');
    await expect
      .poll(() => state().battery.status === 'running' && state().battery)
      .toMatchObject({ status: 'running' });
    const doneProbes = () => {
      const { battery } = state();
      return battery.status === 'running' ? battery.progress.doneProbes : -1;
    };
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(doneProbes()).toBe(0);
    scene.letGo();
    await atlas.whenIdle();
    expect(state().result).not.toBeNull();
  });
});

describe('what is kept of the atlas', () => {
  it('is there at once the next time, for the same model', async () => {
    const { test, kept } = createAtlasScene();
    const result = await test();
    expect(result.modelKey).toContain('f'.repeat(64));
    const next = createAtlasScene(undefined, kept);
    await next.load();
    expect(next.state().result).toEqual(result);
  });

  it('is not shown when the battery is another one', async () => {
    const { test, kept } = createAtlasScene();
    const result = await test();
    await kept.save({ ...result, version: BATTERY_VERSION - 1 });
    const next = createAtlasScene(undefined, kept);
    await next.load();
    expect(next.state().result).toBeNull();
  });

  it('is missed by nobody when the browser refuses: results are shown all the same', async () => {
    const refusing = {
      ...createKeptAtlas(),
      load: () => Promise.reject(new Error('no')),
      save: () => Promise.reject(new Error('full')),
    };
    const { test, warnings } = createAtlasScene(undefined, refusing);
    await test();
    expect(warnings).toEqual([
      'what was kept of the atlas could not be read: Error: no',
      'the atlas could not be kept: Error: full',
    ]);
  });
});

describe('the atlas’s part of the link', () => {
  it('comes back as it was', () => {
    const view = { role: 'induction', sort: 'previous', filter: 'layer > 3', type: 'negative' };
    expect(fromAtlasParameters(toAtlasParameters(view))).toEqual({ view, problems: [] });
    expect(toAtlasParameters(DEFAULT_VIEW)).toEqual({});
  });

  it('leaves out what there is not, and names it', () => {
    expect(
      fromAtlasParameters({ 'atlas.role': 'nothing', 'atlas.type': '…', 'atlas.sort': '' }),
    ).toEqual({
      view: DEFAULT_VIEW,
      problems: ['atlas.role=nothing', 'atlas.sort=', 'atlas.type=…'],
    });
  });

  it('tells when it changes', () => {
    const { atlas } = createAtlasScene();
    let told = 0;
    const stop = atlas.link.subscribe(() => told++);
    atlas.actions.setView({ role: 'induction' });
    stop();
    atlas.actions.setView({ role: null });
    expect(told).toBe(1);
    expect(atlas.link.write()).toEqual({});
  });
});
