import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPathRequest, toPathRequest } from '../batch/model-sources.ts';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import { createMemorySource } from '../model/memory-source.ts';
import type { RunEvent } from '../protocol/engine.ts';
import { rowOf } from '../tensor/causal-slice.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import { findDifference, largestMagnitude } from '../testing/close-to.ts';
import { GoldenArrays, readGoldenJson } from '../testing/golden.ts';
import { InProcessEngine } from './in-process-engine.ts';
import type { Runtime } from './runtime.ts';

const LLAMA = 'src/testing/golden/architectures/llama/model.gguf';
const MODEL = toPathRequest(LLAMA);
const { text: TEXT } = readGoldenJson<{ text: string }>('architectures/llama/expected.json');
const golden = new GoldenArrays('architectures/llama/expected');
const ignore = (): void => undefined;
const run = (runId: string, text = TEXT) => ({ runId, text, keepLayers: [] });

/** An engine on the small model whose next layer run can be made to fail or to wait for a test. */
function createScene() {
  let failure: Error | null = null;
  let runs = 0;
  let failAt = -1;
  let onPause = async (): Promise<void> => undefined;
  let closed = 0;
  const inner = startNodeRuntime(1);
  const runtime: Runtime = {
    ...inner,
    async createSession(...args) {
      const session = await inner.createSession(...args);
      return {
        async run(feeds, outputs) {
          if (failure !== null && runs++ === failAt) throw failure;
          return session.run(feeds, outputs);
        },
        release: () => session.release(),
      };
    },
  };
  const engine = new InProcessEngine({
    startRuntime: async () => runtime,
    openSources: async (request) => {
      const [source] =
        request.fileName === 'bad'
          ? [createMemorySource('bad', new Uint8Array(9))]
          : await openPathRequest(request);
      const counted = {
        ...source,
        close: () => {
          closed++;
          return source.close();
        },
      };
      return [counted];
    },
    pause: () => onPause(),
  });
  return {
    engine,
    closed: () => closed,
    /** Fails the nth graph from now on, once. */
    failNext(error: Error, n = 0) {
      failure = error;
      runs = 0;
      failAt = n;
    },
    whenPaused(work: () => Promise<void>) {
      onPause = work;
    },
  };
}

let scene: ReturnType<typeof createScene>;
let engine: InProcessEngine;
beforeEach(async () => {
  scene = createScene();
  ({ engine } = scene);
  await engine.loadModel(MODEL, ignore);
});

afterEach(() => engine.dispose());

/** All heads' matrices as the reference has them. */
async function expectAttention(runId: string): Promise<void> {
  const n = golden.integers('ids').length;
  const expected = golden.floats('attention');
  for (let layer = 0; layer < 3; layer++) {
    for (let head = 0; head < 4; head++) {
      const slice = await engine.readSlice(runId, layer, head);
      expect(slice.size).toBe(n);
      for (let query = 0; query < n; query++) {
        const at = ((layer * 4 + head) * n + query) * n;
        const row = expected.subarray(at, at + query + 1);
        expect(findDifference(rowOf(slice, query), row, { atol: 1e-4 })).toBeNull();
      }
    }
  }
}

describe('a run', () => {
  it('gives tokens, every layer, predictions, and matrices that equal the reference', async () => {
    const events: RunEvent[] = [];
    await engine.run(run('a'), (event) => events.push(event));
    expect(events.map(({ kind }) => kind)).toEqual([
      'tokens',
      'layer',
      'layer',
      'layer',
      'predictions',
    ]);
    const [tokens] = events;
    expect(tokens.kind === 'tokens' && Array.from(tokens.tokens.ids)).toEqual([
      ...golden.integers('ids'),
    ]);
    await expectAttention('a');
  });

  it('has streams and logits of the reference', async () => {
    await engine.run(run('a'), ignore);
    const hidden = golden.floats('hidden');
    const size = hidden.length / 4;
    for (let layer = 0; layer <= 3; layer++) {
      const stream = await engine.readStream('a', layer);
      const wanted = hidden.subarray(layer * size, (layer + 1) * size);
      expect(findDifference(stream, wanted, { atol: 1e-3 })).toBeNull();
    }
    const logits = golden.floats('logits');
    const last = golden.integers('ids').length - 1;
    expect(
      findDifference(await engine.readLogits('a', last), logits.subarray(last * 400), {
        atol: 1e-3,
      }),
    ).toBeNull();
    await expect(engine.readLogits('a', last + 1)).rejects.toMatchObject({ code: 'run-let-go' });
  });

  it('has head vectors from which its weights follow', async () => {
    await engine.run(run('a'), ignore);
    for (const [layer, head, query] of [
      [0, 0, 0],
      [1, 3, 20],
      [2, 1, 33],
    ]) {
      const vectors = await engine.readHeadVectors('a', layer, head, query);
      const weights = rowOf(await engine.readSlice('a', layer, head), query);
      expect(vectors).toMatchObject({ query, headSize: 16 });
      expect(vectors.keyVectors).toHaveLength(16 * (query + 1));
      const scores = Array.from({ length: query + 1 }, (_, key) => {
        const product = vectors.queryVector.reduce(
          (sum, value, i) => sum + value * vectors.keyVectors[16 * key + i],
          0,
        );
        return product / 4;
      });
      expect(findDifference(vectors.scores, scores, { atol: 1e-4 })).toBeNull();
      const largest = Math.max(...scores);
      const exponents = scores.map((score) => Math.exp(score - largest));
      const total = exponents.reduce((sum, each) => sum + each, 0);
      const softmax = exponents.map((each) => each / total);
      expect(findDifference(softmax, weights, { atol: 1e-4 })).toBeNull();
      expect(findDifference(vectors.weights, weights, { atol: 1e-6 })).toBeNull();
      const output = Array.from({ length: 16 }, (_, i) =>
        softmax.reduce((sum, weight, key) => sum + weight * vectors.valueVectors[16 * key + i], 0),
      );
      expect(findDifference(vectors.output, output, { atol: 1e-4 })).toBeNull();
    }
  });

  it('is let go when the text changed, and says so', async () => {
    await engine.run(run('a'), ignore);
    await engine.run(run('b', 'The red fox'), ignore);
    for (const read of [
      () => engine.readSlice('a', 0, 0),
      () => engine.readHeadVectors('a', 0, 0, 0),
      () => engine.readStream('a', 0),
      () => engine.readStream('a', 3),
      () => engine.readLogits('a', 0),
      () => engine.readSlice('never', 0, 0),
    ]) {
      await expect(read()).rejects.toMatchObject({ code: 'run-let-go' });
    }
    expect((await engine.readSlice('b', 2, 3)).size).toBe(3);
  });

  it('refuses texts that are empty or too long, and goes on', async () => {
    await expect(engine.run(run('a', ''), ignore)).rejects.toMatchObject({ code: 'text-empty' });
    await expect(engine.run(run('a', 'ab '.repeat(200)), ignore)).rejects.toMatchObject({
      code: 'text-too-long',
      details: { limit: 256 },
    });
    await expect(engine.run(run('a', 'x'.repeat(40_000)), ignore)).rejects.toMatchObject({
      code: 'text-too-long',
    });
    await engine.run(run('a'), ignore);
    await expectAttention('a');
  });
});

describe('a cancelled run', () => {
  it.each([0, 1, 2])('after layer %i stops there and leaves an engine that runs', async (layer) => {
    await engine.run(run('before', 'The red fox saw'), ignore);
    const controller = new AbortController();
    const seen: number[] = [];
    const work = engine.run(
      run('a', 'A dog'),
      (event) => {
        if (event.kind !== 'layer') return;
        seen.push(event.summary.layer);
        if (event.summary.layer === layer) controller.abort();
      },
      controller.signal,
    );
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen.at(-1)).toBe(layer);
    const layers: LayerSummary[] = [];
    await engine.run(run('b'), (event) => {
      if (event.kind === 'layer') layers.push(event.summary);
    });
    expect(layers).toHaveLength(3);
    await expectAttention('b');
  });

  it('that has not begun is nothing', async () => {
    await expect(engine.run(run('a'), ignore, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
    await engine.run(run('b'), ignore);
    await expectAttention('b');
  });

  it('gives way to the next one, which waits for the layer that is computed', async () => {
    const controller = new AbortController();
    let pauses = 0;
    scene.whenPaused(async () => {
      if (pauses++ === 0) controller.abort();
    });
    const first = engine.run(run('a', 'A slow text'), ignore, controller.signal);
    const second = engine.run(run('b'), ignore);
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    await second;
    await expectAttention('b');
  });
});

describe('a runtime that fails', () => {
  it.each([
    ['std::bad_alloc', 'out-of-memory'],
    ['Aborted(OOM). Build with -sASSERTIONS for more info.', 'out-of-memory'],
    ['failed to allocate a buffer of 9 bytes', 'out-of-memory'],
    ['Non-zero status code returned while running Gemm', 'unexpected'],
  ])('with "%s" in mid-run is %s, and the next run works', async (message, code) => {
    await engine.run(run('before'), ignore);
    for (const n of [0, 1, 3]) {
      scene.failNext(new Error(message), n);
      const layers: number[] = [];
      const work = engine.run(run('a', `${TEXT} and so on`), (event) => {
        if (event.kind === 'layer') layers.push(event.summary.layer);
      });
      await expect(work).rejects.toMatchObject({ code });
      expect(layers).toHaveLength(n);
      await engine.run(run('b'), ignore);
      await expectAttention('b');
    }
  });

  it('while a matrix is read again leaves the run as it was', async () => {
    await engine.run(run('a'), ignore);
    scene.failNext(new Error('std::bad_alloc'));
    await expect(engine.readHeadVectors('a', 0, 0, 3)).rejects.toMatchObject({
      code: 'out-of-memory',
    });
    await expectAttention('a');
    expect((await engine.readHeadVectors('a', 0, 0, 3)).weights).toHaveLength(4);
  });
});

describe('loading', () => {
  it('comes before everything else', async () => {
    const fresh = createScene().engine;
    await expect(fresh.tokenize('a')).rejects.toMatchObject({ code: 'not-ready' });
    await expect(fresh.run(run('a'), ignore)).rejects.toMatchObject({ code: 'not-ready' });
    await expect(fresh.readSlice('a', 0, 0)).rejects.toMatchObject({ code: 'not-ready' });
  });

  it('that fails keeps the model that was there, and closes the file', async () => {
    await engine.run(run('a'), ignore);
    await expect(engine.loadModel(toPathRequest('bad'), ignore)).rejects.toMatchObject({
      code: 'file-not-gguf',
    });
    expect(scene.closed()).toBe(1);
    await expectAttention('a');
  });

  it('of another model lets the old one and its runs go', async () => {
    await engine.run(run('a'), ignore);
    await engine.loadModel(toPathRequest('src/testing/golden/quantised/Q8_0.gguf'), ignore);
    expect(scene.closed()).toBe(1);
    await expect(engine.readSlice('a', 0, 0)).rejects.toMatchObject({ code: 'run-let-go' });
    await engine.run(run('b'), ignore);
    expect((await engine.readSlice('b', 0, 7)).size).toBe(33);
  });

  it('says how far it has come, and can be cancelled', async () => {
    const stages: string[] = [];
    const controller = new AbortController();
    const work = engine.loadModel(
      MODEL,
      ({ stage, loadedBytes, totalBytes }) => {
        stages.push(stage);
        expect(loadedBytes).toBeLessThanOrEqual(totalBytes);
        if (stage === 'weights') controller.abort();
      },
      controller.signal,
    );
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
    expect(stages).toEqual(['runtime', 'header', 'weights']);
    // The old model's memory was needed for the new one.
    await expect(engine.run(run('a'), ignore)).rejects.toMatchObject({ code: 'not-ready' });
    await engine.loadModel(MODEL, ignore);
    await engine.run(run('a'), ignore);
    await expectAttention('a');
  });

  it('that is given up before it begins keeps the model that was there', async () => {
    await engine.run(run('a'), ignore);
    const work = engine.loadModel(MODEL, ignore, AbortSignal.abort());
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
    await expectAttention('a');
  });

  it('measures ids beside the text that is held, at once and token by token', async () => {
    await engine.run(run('a'), ignore);
    const { ids } = await engine.tokenize(TEXT);
    const measured = await engine.measureTokens(Array.from(ids));
    const rows = (ids.length * (ids.length + 1)) / 2;
    const { attention, attentionByToken, logits } = measured;
    const [layers, heads, n] = golden.shape('attention');
    expect(attention).toHaveLength(layers * heads * rows);
    const expected = golden.floats('attention');
    for (let at = 0; at < layers * heads; at++) {
      for (let query = 0; query < n; query++) {
        const start = at * rows + (query * (query + 1)) / 2;
        const row = expected.subarray((at * n + query) * n, (at * n + query) * n + query + 1);
        for (const both of [attention, attentionByToken])
          expect(
            findDifference(both.subarray(start, start + query + 1), row, { atol: 1e-4 }),
          ).toBeNull();
      }
    }
    const wanted = golden.floats('logits');
    expect(findDifference(logits, wanted, { atol: 1e-3 * largestMagnitude(wanted) })).toBeNull();
    await expectAttention('a');
  });

  it('knows the file’s hash', async () => {
    expect(await engine.readFileHash()).toMatch(/^[0-9a-f]{64}$/);
  });
});
