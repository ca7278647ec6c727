import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModelPath, openPathRequest, toPathRequest } from '../batch/model-sources.ts';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import type { PrecisionWish } from '../model/weight-form.ts';
import type { GeneratedToken } from '../protocol/engine.ts';
import { findDifference, largestMagnitude } from '../testing/close-to.ts';
import { GoldenArrays, readGoldenJson } from '../testing/golden.ts';
import { quantiseModel } from '../testing/quantise.ts';
import { runModel } from '../testing/run-model.ts';
import { InProcessEngine } from './in-process-engine.ts';

const GOLDEN = 'src/testing/golden/architectures';
const MODEL = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';
/** Packed and dequantised differ by the order of sums alone, in three layers and in thirty. */
const SAME = { atol: 1e-5 };
const SAME_AFTER_THIRTY = { atol: 5e-5 };
const GB = 2 ** 30;

describe.each(readdirSync(GOLDEN))('%s with quantised matrices', (name) => {
  it.each([
    ['GGUF', `${GOLDEN}/${name}/model.gguf`],
    ['safetensors', `${GOLDEN}/${name}`],
  ])('laid out as in %s gives the same packed as dequantised', async (_, path) => {
    const { text } = readGoldenJson<{ text: string }>(`architectures/${name}/expected.json`);
    const file = await openModelPath(path);
    const quantised = await quantiseModel(file);
    const dequantised = await runModel(quantised, text, 'dequantised');
    const packed = await runModel(quantised, text, 'packed');
    expect(dequantised.facts.precision).toBe('dequantised');
    expect(packed.facts.precision).toBe('packed');
    expect(findDifference(packed.attention, dequantised.attention, SAME)).toBeNull();
    for (const array of ['hidden', 'logits'] as const) {
      const tolerance = { atol: 1e-5 * largestMagnitude(dequantised[array]) };
      expect(findDifference(packed[array], dequantised[array], tolerance)).toBeNull();
    }
    await file.close();
  });
});

it.each(['dequantised', 'packed'] as const)(
  'a scale that is no number is refused with weights %s, naming the tensor',
  async (precision) => {
    const file = await openModelPath(`${GOLDEN}/llama/model.gguf`);
    const quantised = await quantiseModel(file);
    const tensor = quantised.tensors.get('blk.1.ffn_up.weight');
    if (tensor === undefined) throw new Error('the model has no such tensor');
    const bytes = await tensor.source.read(0, tensor.bytes);
    const view = new DataView(bytes.buffer);
    view.setUint16(3 * tensor.type.blockBytes, 0x7c00, true);
    await expect(runModel(quantised, 'The', precision)).rejects.toMatchObject({
      code: 'file-malformed',
      details: { tensor: 'blk.1.ffn_up.weight' },
    });
    await file.close();
  },
);

function startEngine(memoryBytes: number | null = null): InProcessEngine {
  return new InProcessEngine({
    // Threads of two engines would wait for each other by spinning.
    startRuntime: async () => startNodeRuntime(1),
    openSources: openPathRequest,
    pause: async () => undefined,
    memoryBytes,
  });
}

function load(engine: InProcessEngine, precision?: PrecisionWish) {
  const request = { ...toPathRequest(MODEL), ...(precision ? { precision } : {}) };
  return engine.loadModel(request, () => undefined);
}

describe('the embedded model, packed', () => {
  const packed = startEngine();
  const dequantised = startEngine();
  beforeAll(async () => {
    expect((await load(packed, 'packed')).precision).toBe('packed');
    expect((await load(dequantised)).precision).toBe('dequantised');
  });
  afterAll(() => {
    packed.dispose();
    dequantised.dispose();
  });

  it.each(['repeat', 'code', 'math'])(
    'has the attention of the reference for "%s"',
    async (name) => {
      const golden = new GoldenArrays(`smollm2/${name}`);
      const file = await openModelPath(MODEL);
      const text = readGoldenJson<Record<string, string>>('texts.json')[name];
      const tokens = await packed.tokenize(text);
      await file.close();
      const n = golden.integers('ids').length;
      const cut = { ...tokens, ids: tokens.ids.slice(0, n) };
      expect(Array.from(cut.ids)).toEqual(Array.from(golden.integers('ids')));
      const end = tokens.ends[n - 1];
      await packed.run({ runId: name, text: text.slice(0, end), keepLayers: [] }, () => undefined);
      const expected = golden.floats('attention');
      for (let layer = 0; layer < 30; layer++) {
        for (let head = 0; head < 9; head++) {
          const { packed: rows } = await packed.readSlice(name, layer, head);
          const wanted: number[] = [];
          for (let query = 0; query < n; query++) {
            const at = ((layer * 9 + head) * n + query) * n;
            wanted.push(...expected.subarray(at, at + query + 1));
          }
          expect(findDifference(rows, wanted, SAME_AFTER_THIRTY)).toBeNull();
        }
      }
      const last = golden.floats('logits_last');
      const logits = await packed.readLogits(name, n - 1);
      expect(findDifference(logits, last, { atol: 1e-4 * largestMagnitude(last) })).toBeNull();
    },
  );

  it('runs an edit from its first change on, with the same numbers', async () => {
    const texts = ['The cat sat on the mat and slept.', 'The cat sat on the sofa and slept.'];
    let reused = 0;
    for (const [index, text] of texts.entries()) {
      const request = { runId: `edit${index}`, text, keepLayers: [] };
      await packed.run(request, (event) => {
        if (event.kind === 'tokens') reused = event.reusedTokens;
      });
      await dequantised.run(request, () => undefined);
    }
    expect(reused).toBeGreaterThan(3);
    for (const layer of [0, 13, 29]) {
      const [mine, other] = await Promise.all(
        [packed, dequantised].map((engine) => engine.readSlice('edit1', layer, 4)),
      );
      expect(findDifference(mine.packed, other.packed, SAME_AFTER_THIRTY)).toBeNull();
    }
  });

  it('goes on with the same tokens, and their matrices are computed when they are asked for', async () => {
    const generate = async (engine: InProcessEngine) => {
      const made: GeneratedToken[] = [];
      const request = { runId: 'made', text: 'Once upon a time', temperature: 0, topP: 1, seed: 1 };
      await engine.generate({ ...request, tokenCount: 6 }, (token) => made.push(token));
      const runId = made[made.length - 1].runId;
      return { ids: made.map(({ id }) => id), slice: await engine.readSlice(runId, 20, 3) };
    };
    const [mine, other] = [await generate(packed), await generate(dequantised)];
    expect(mine.ids).toEqual(other.ids);
    expect(findDifference(mine.slice.packed, other.slice.packed, SAME_AFTER_THIRTY)).toBeNull();
  });
});

it('a machine with little memory keeps weights packed without being asked', async () => {
  const engine = startEngine(2 * GB);
  expect((await load(engine)).precision).toBe('packed');
  engine.dispose();
});
