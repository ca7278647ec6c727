import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPathRequest, toPathRequest } from '../batch/model-sources.ts';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import { InProcessEngine } from '../engine/in-process-engine.ts';
import { rowOf } from '../tensor/causal-slice.ts';
import { findDifference } from '../testing/close-to.ts';
import { GoldenArrays, readGoldenJson } from '../testing/golden.ts';
import { computeAttentionSteps, orderByScore } from './attention-steps.ts';

describe('computeAttentionSteps', () => {
  it('is the worked example', () => {
    const steps = computeAttentionSteps({
      headSize: 2,
      scores: Float32Array.of(0, Math.log(3)),
      valueVectors: Float32Array.of(1, 0, 0, 2),
    });
    expect(steps.largestKey).toBe(1);
    expect(findDifference(steps.exponentials, [1 / 3, 1], { atol: 1e-6 })).toBeNull();
    expect(findDifference(steps.weights, [0.25, 0.75], { atol: 1e-6 })).toBeNull();
    expect(findDifference(steps.output, [0.25, 1.5], { atol: 1e-6 })).toBeNull();
  });
  it('gives weights that sum to 1 however large the scores are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -10_000, max: 10_000, noNaN: true }), { minLength: 1 }),
        (scores) => {
          const valueVectors = new Float32Array(scores.length).fill(3);
          const input = { headSize: 1, scores: Float32Array.from(scores), valueVectors };
          const { weights, output } = computeAttentionSteps(input);
          expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
          expect(output[0]).toBeCloseTo(3, 6);
        },
      ),
    );
  });
  it('does not choke on nothing', () => {
    const empty = new Float32Array(0);
    const steps = computeAttentionSteps({ headSize: 1, scores: empty, valueVectors: empty });
    expect(steps.largestKey).toBe(-1);
    expect(steps.maximum).toBeNaN();
  });
});

it('orderByScore puts the largest first, and equal ones by position', () => {
  expect(Array.from(orderByScore(Float32Array.of(1, 5, 1, 3)))).toEqual([1, 3, 0, 2]);
});

describe('the engine’s vectors of a head', () => {
  let engine: InProcessEngine;
  beforeAll(async () => {
    engine = new InProcessEngine({
      startRuntime: async () => startNodeRuntime(),
      openSources: openPathRequest,
      pause: async () => undefined,
    });
    const fileName = 'SmolLM2-135M-Instruct.Q4_1.gguf';
    await engine.loadModel(toPathRequest(`public/models/${fileName}`), () => undefined);
    const { repeat } = readGoldenJson<Record<string, string>>('texts.json');
    await engine.run({ runId: 'repeat', text: repeat, keepLayers: [18] }, () => undefined);
  });
  afterAll(() => engine.dispose());

  it.each([
    [0, 0, 0],
    [0, 8, 13],
    [18, 6, 11],
    [29, 3, 13],
  ])(
    'give the reference’s weights by the steps: layer %i head %i query %i',
    async (layer, head, query) => {
      const golden = new GoldenArrays('smollm2/repeat');
      const n = golden.integers('ids').length;
      const row = ((layer * 9 + head) * n + query) * n;
      const wanted = Array.from(golden.floats('attention').slice(row, row + query + 1));
      const vectors = await engine.readHeadVectors('repeat', layer, head, query);
      const { weights, output } = computeAttentionSteps(vectors);
      expect(findDifference(weights, wanted, { atol: 1e-4 })).toBeNull();
      expect(findDifference(weights, vectors.weights, { atol: 1e-5 })).toBeNull();
      expect(findDifference(output, vectors.output, { atol: 1e-4 })).toBeNull();
      const slice = await engine.readSlice('repeat', layer, head);
      expect(findDifference(weights, rowOf(slice, query), { atol: 1e-5 })).toBeNull();
      const root = Math.sqrt(vectors.headSize);
      const scores = Array.from({ length: query + 1 }, (_, key) =>
        vectors.queryVector.reduce(
          (sum, q, i) => sum + (q * vectors.keyVectors[key * vectors.headSize + i]) / root,
          0,
        ),
      );
      expect(findDifference(vectors.scores, scores, { atol: 1e-3 })).toBeNull();
    },
  );
});
