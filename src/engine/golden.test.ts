import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModelPath } from '../batch/model-sources.ts';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import { type CompleteRun, readStreams, runText, writeFullMatrix } from '../batch/run-text.ts';
import { findDifference, largestMagnitude } from '../testing/close-to.ts';
import { GoldenArrays } from '../testing/golden.ts';
import { type LoadedModel, loadModel } from './loaded-model.ts';
import { computePredictions } from './predict.ts';

const EMBEDDED = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';
const ATTENTION = { atol: 1e-4 };
const MEASURE = { atol: 1e-5, rtol: 1e-4 };
const noPause = async () => undefined;

let model: LoadedModel;
beforeAll(async () => {
  const source = await openModelPath(EMBEDDED);
  model = await loadModel(source, startNodeRuntime(2), () => undefined);
  await source.close();
}, 120_000);
afterAll(() => model.release());

function attentionOf(run: CompleteRun): Float32Array {
  const { layerCount: L, headCount: H } = model.stack.config;
  const n = run.ids.length;
  const all = new Float32Array(L * H * n * n);
  for (let l = 0; l < L; l++) {
    for (let h = 0; h < H; h++) writeFullMatrix(run, l, h, all, (l * H + h) * n * n);
  }
  return all;
}

describe.each(['one', 'repeat', 'conversation', 'web', 'code', 'math'])('text "%s"', (name) => {
  const golden = new GoldenArrays(`smollm2/${name}`);

  it('has the attention, streams, logits and losses of the reference', async () => {
    const ids = new Int32Array(golden.integers('ids'));
    const run = await runText(model, ids);
    expect(findDifference(attentionOf(run), golden.floats('attention'), ATTENTION)).toBeNull();

    const { hidden, logits } = await readStreams(model, run);
    const last = logits.subarray((ids.length - 1) * model.facts.vocabularySize);
    const expected = golden.floats('logits_last');
    expect(findDifference(last, expected, { atol: 1e-3 * largestMagnitude(expected) })).toBeNull();
    if (golden.has('hidden')) {
      const streams = golden.floats('hidden');
      expect(
        findDifference(hidden, streams, { atol: 1e-3 * largestMagnitude(streams) }),
      ).toBeNull();
    }
    const predictions = await computePredictions(model.stack, run.cache, ids, null, noPause);
    expect(
      findDifference(predictions.surprise.subarray(1), golden.floats('loss'), { atol: 1e-3 }),
    ).toBeNull();
    const best = golden.integers('top20_ids');
    for (let i = 0; i < ids.length; i++) expect(predictions.ids[5 * i]).toBe(best[20 * i]);
  });
});

describe('512 tokens', () => {
  const golden = new GoldenArrays('smollm2/long512');
  let run: CompleteRun;
  beforeAll(async () => {
    run = await runText(model, new Int32Array(golden.integers('ids')));
  }, 120_000);

  it('has the sampled rows of the reference', () => {
    const layers = golden.integers('layers');
    const queries = golden.integers('queries');
    const expected = golden.floats('attention_rows');
    layers.forEach((layer, a) => {
      for (let head = 0; head < 9; head++) {
        queries.forEach((query, b) => {
          const at = ((a * 9 + head) * queries.length + b) * 512;
          const row = new Float32Array(512);
          row.set(run.cache.layers[layer].attention?.[head].row(query) ?? []);
          expect(findDifference(row, expected.subarray(at, at + 512), ATTENTION)).toBeNull();
        });
      }
    });
  });

  it('has the entropy of every row, from the graph', () => {
    const expected = golden.floats('entropy');
    run.summaries.forEach((summary, layer) => {
      const of = expected.subarray(layer * 9 * 512, (layer + 1) * 9 * 512);
      expect(findDifference(summary.entropy, of, MEASURE)).toBeNull();
    });
  });

  it('has the last stream, logits and losses of the reference', async () => {
    const { hidden, logits } = await readStreams(model, run);
    const expected = golden.floats('hidden_last');
    const last = new Float32Array(expected.length);
    for (let l = 0; l <= 30; l++) {
      const at = (l * 512 + 511) * 576;
      last.set(hidden.subarray(at, at + 576), l * 576);
    }
    expect(findDifference(last, expected, { atol: 1e-3 * largestMagnitude(expected) })).toBeNull();
    const lastLogits = golden.floats('logits_last');
    const tolerance = { atol: 1e-3 * largestMagnitude(lastLogits) };
    expect(findDifference(logits.subarray(511 * 49152), lastLogits, tolerance)).toBeNull();
    const predictions = await computePredictions(model.stack, run.cache, run.ids, null, noPause);
    expect(
      findDifference(predictions.surprise.subarray(1), golden.floats('loss'), { atol: 1e-3 }),
    ).toBeNull();
  });
});
