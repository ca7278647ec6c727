import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileSource } from '../batch/file-source.ts';
import { openPathRequest, toPathRequest } from '../batch/model-sources.ts';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import type { WeightScoreKind, WeightScoreRequest } from '../protocol/weight-scores.ts';
import { findDifference } from '../testing/close-to.ts';
import { readGoldenJson } from '../testing/golden.ts';
import { readReferenceFolder, toJson, toSources } from '../testing/hf-folder.ts';
import { InProcessEngine } from './in-process-engine.ts';
import type { Runtime } from './runtime.ts';

const GOLDEN = 'src/testing/golden';
/** Some variants have none; what is scored are ids, so any tokenizer will do. */
const TOKENIZER = `${GOLDEN}/architectures/llama/tokenizer.json`;
const MEASURE = { atol: 1e-5, rtol: 1e-4 };
const ignore = (): void => undefined;

/** An engine whose sessions are counted, and whose pauses a test can use. */
function createScene() {
  const inner = startNodeRuntime(1);
  let open = 0;
  let onPause = async (): Promise<void> => undefined;
  const runtime: Runtime = {
    ...inner,
    async createSession(...args) {
      const session = await inner.createSession(...args);
      open++;
      return {
        run: (feeds, outputs) => session.run(feeds, outputs),
        release: () => {
          open--;
          return session.release();
        },
      };
    },
  };
  const engine = new InProcessEngine({
    startRuntime: async () => runtime,
    openSources: async (request) => {
      const sources = await openPathRequest(request);
      const lacksTokenizer = !sources.some(({ name }) => /tokenizer\.json$|\.gguf$/.test(name));
      return lacksTokenizer ? [...sources, await openFileSource(TOKENIZER)] : sources;
    },
    pause: () => onPause(),
  });
  return {
    engine,
    load: (path: string) => engine.loadModel(toPathRequest(`${GOLDEN}/${path}`), ignore),
    openSessions: () => open,
    whenPaused(work: () => Promise<void>) {
      onPause = work;
    },
  };
}

let scene: ReturnType<typeof createScene>;
beforeEach(() => {
  scene = createScene();
});
afterEach(() => scene.engine.dispose());

interface Expected {
  readonly request: WeightScoreRequest;
  readonly scores: Readonly<Partial<Record<WeightScoreKind, number[]>>>;
}
const expected = readGoldenJson<Record<string, Expected>>('weight-scores.json');

describe.each(Object.keys(expected))('%s', (path) => {
  const formats = readdirSync(`${GOLDEN}/${path}`).includes('model.gguf')
    ? [path, `${path}/model.gguf`]
    : [path];

  it.each(formats)('has the scores of the reference from %s', async (from) => {
    await scene.load(from);
    const { request, scores } = expected[path];
    const own = await scene.engine.scoreWeights(request, ignore);
    expect(new Set(Object.keys(own))).toEqual(new Set(Object.keys(scores)));
    for (const [kind, values] of Object.entries(scores))
      expect([kind, findDifference(own[kind as WeightScoreKind] ?? [], values, MEASURE)]).toEqual([
        kind,
        null,
      ]);
  });
});

const kinds = ['architectures', 'variants'].flatMap((folder) =>
  readdirSync(`${GOLDEN}/${folder}`).map((name) => `${folder}/${name}`),
);
it.each(kinds.filter((path) => !(path in expected)))(
  '%s has scores in their ranges',
  async (path) => {
    await scene.load(path);
    const ids = [1, 2, 3, 4, 5, 6, 7];
    const scores = await scene.engine.scoreWeights(
      {
        ovCopying: true,
        names: { prompts: [{ ids, positions: [1, 4] }] },
        ordinals: [{ ids, successors: [1, 2, 3, 4, 5, 6, -1] }],
        suppression: { ids, lowest: 2 },
        copying: { sequences: [ids] },
      },
      ignore,
    );
    expect(Object.keys(scores)).toHaveLength(8);
    for (const [kind, values] of Object.entries(scores)) {
      const least = /ov-|token-copying/.test(kind) ? -1 : 0;
      if (kind === 'copy-suppression') expect(values.every(Number.isFinite)).toBe(true);
      else expect(values.every((value) => value >= least && value <= 1)).toBe(true);
    }
  },
);

describe('weights that are held compressed', () => {
  it('give the scores of the unpacked ones', async () => {
    const request: WeightScoreRequest = {
      ovCopying: true,
      suppression: { ids: [1, 2, 3, 4, 5, 6, 7, 8] },
      copying: { sequences: [[5, 6, 7, 8, 9]] },
    };
    const path = toPathRequest(`${GOLDEN}/quantised/Q4_K_M.gguf`);
    const found = [];
    for (const precision of ['packed', 'dequantised'] as const) {
      const facts = await scene.engine.loadModel({ ...path, precision }, ignore);
      expect(facts.precision).toBe(precision);
      found.push(await scene.engine.scoreWeights(request, ignore));
    }
    const [packed, opened] = found;
    expect(packed['ov-copying']).toEqual(opened['ov-copying']);
    for (const kind of ['copy-suppression', 'token-copying'] as const)
      expect(findDifference(packed[kind] ?? [], opened[kind] ?? [], MEASURE)).toBeNull();
  });
});

describe('scoring beside other work', () => {
  const LLAMA = 'architectures/llama/model.gguf';
  const request: WeightScoreRequest = { ovCopying: true, copying: { sequences: [[5, 6, 7]] } };
  const run = { runId: 'a', text: 'The cat sat.', keepLayers: [] };
  beforeEach(async () => {
    await scene.load(LLAMA);
  });

  it('lets other calls in between, and leaves what is held of the person’s text', async () => {
    const { engine } = scene;
    await engine.run(run, ignore);
    const before = await engine.readSlice('a', 1, 1);
    const order: string[] = [];
    let reading: Promise<void> | null = null;
    const scoring = engine
      .scoreWeights(request, ({ doneLayers }) => {
        order.push(`layer ${doneLayers}`);
        if (doneLayers === 1)
          reading = engine.readStream('a', 1).then(() => {
            order.push('read');
          });
      })
      .then(() => order.push('scored'));
    await scoring;
    await reading;
    expect(order.indexOf('read')).toBeGreaterThan(order.indexOf('layer 1'));
    expect(order.indexOf('read')).toBeLessThan(order.indexOf('layer 2'));
    expect(await engine.readSlice('a', 1, 1)).toEqual(before);
  });

  it('is cancelled between two steps and frees what it made', async () => {
    const { engine, openSessions } = scene;
    const held = openSessions();
    const stop = new AbortController();
    let layers = 0;
    const scoring = engine.scoreWeights(
      request,
      ({ doneLayers }) => {
        layers = doneLayers;
        if (doneLayers === 1) stop.abort();
      },
      stop.signal,
    );
    await expect(scoring).rejects.toMatchObject({ code: 'cancelled' });
    expect(layers).toBe(1);
    expect(openSessions()).toBe(held);
    await engine.scoreWeights(request, ignore);
    expect(openSessions()).toBe(held);
  });

  it('ends when the model is changed under it', async () => {
    const { engine, openSessions } = scene;
    let loading: Promise<unknown> | null = null;
    scene.whenPaused(async () => {
      loading ??= scene.load('architectures/gpt2/model.gguf');
      await loading;
    });
    const scoring = engine.scoreWeights(request, ignore);
    await expect(scoring).rejects.toMatchObject({ code: 'cancelled' });
    expect(openSessions()).toBe(4);
  });

  it('refuses what cannot be scored, before it begins', async () => {
    const { engine } = scene;
    const refused = async (wrong: WeightScoreRequest, code: string): Promise<void> => {
      await expect(engine.scoreWeights(wrong, ignore)).rejects.toMatchObject({ code });
    };
    await refused({ names: { prompts: [{ ids: [1, 2], positions: [2] }] } }, 'argument-invalid');
    await refused({ names: { prompts: [{ ids: [], positions: [] }] } }, 'argument-invalid');
    await refused({ ordinals: [{ ids: [1, 2], successors: [1] }] }, 'argument-invalid');
    await refused({ ordinals: [{ ids: [1, 2], successors: [1, 2] }] }, 'argument-invalid');
    await refused({ ordinals: [{ ids: [], successors: [] }] }, 'argument-invalid');
    await refused({ suppression: { ids: [] } }, 'argument-invalid');
    await refused({ copying: { sequences: [Array(257).fill(1)] } }, 'argument-invalid');
    await refused({ suppression: { ids: [1, 400] } }, 'token-id-out-of-range');
    await refused({ copying: { sequences: [[-1]] } }, 'token-id-out-of-range');
    engine.dispose();
    await refused({ ovCopying: true }, 'not-ready');
  });

  it('gives nothing when nothing is asked for, and NaN where there is nothing to score on', async () => {
    expect(await scene.engine.scoreWeights({ ovCopying: false }, ignore)).toEqual({});
    const { 'name-copying': names } = await scene.engine.scoreWeights(
      { names: { prompts: [] } },
      ignore,
    );
    expect(names?.every(Number.isNaN)).toBe(true);
  });
});

describe('means over heads and lengths of values', () => {
  beforeEach(async () => {
    await scene.load('architectures/llama/model.gguf');
  });

  it('are refused for long texts', async () => {
    const files = readReferenceFolder('llama');
    const long = { ...toJson(files['config.json']), max_position_embeddings: 600 };
    const engine = new InProcessEngine({
      startRuntime: async () => startNodeRuntime(1),
      openSources: async () => toSources({ ...files, 'config.json': long }),
      pause: async () => undefined,
    });
    await engine.loadModel({ fileName: 'long', sources: [] }, ignore);
    const token = await engine.tokenize('a');
    const tokens = { ...token, ids: new Int32Array(513).fill(token.ids[0]) };
    await engine.run({ runId: 'a', text: '', tokens, keepLayers: [] }, ignore);
    await expect(engine.readMeanAttention('a')).rejects.toMatchObject({
      code: 'text-too-long',
      details: { tokens: 513, limit: 512 },
    });
    engine.dispose();
  });

  it('are read of runs that are held only', async () => {
    const { engine } = scene;
    await expect(engine.readMeanAttention('none')).rejects.toMatchObject({ code: 'run-let-go' });
    await expect(engine.readValueNorms('none', 0)).rejects.toMatchObject({ code: 'run-let-go' });
  });

  it('are the means of the slices, whether rows were kept or not', async () => {
    const { engine } = scene;
    await engine.run({ runId: 'a', text: 'The cat sat on the mat.', keepLayers: [] }, ignore);
    const layers = await engine.readMeanAttention('a');
    expect(layers).toHaveLength(3);
    for (const [layer, mean] of layers.entries()) {
      const slices = await Promise.all(
        [0, 1, 2, 3].map((head) => engine.readSlice('a', layer, head)),
      );
      const by = slices[0].packed.map(
        (_, i) => slices.reduce((sum, { packed }) => sum + packed[i], 0) / 4,
      );
      expect(mean.size).toBe(slices[0].size);
      expect(findDifference(mean.packed, by, { atol: 1e-6 })).toBeNull();
    }
    const stop = AbortSignal.abort();
    await expect(engine.readMeanAttention('a', stop)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
