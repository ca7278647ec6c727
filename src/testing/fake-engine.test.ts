import { beforeEach, describe, expect, it } from 'vitest';
import type { Predictions } from '../protocol/run.ts';
import { rowOf } from '../tensor/causal-slice.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import { findDifference } from './close-to.ts';
import { FAKE_FACTS, FakeEngine } from './fake-engine.ts';

const MODEL = { fileName: 'fake.gguf', sources: [] };

describe('the fake engine', () => {
  let engine: FakeEngine;
  beforeEach(async () => {
    engine = new FakeEngine({ drawing: 'the cat sat\n1\n.5 .5\n.2 .3 .5' });
    await engine.loadModel(MODEL, () => undefined);
  });

  it('does what is drawn, and looks at itself after the drawing', async () => {
    await engine.run({ runId: 'a', text: 'the cat sat down', keepLayers: [] }, () => undefined);
    const slice = await engine.readSlice('a', 0, 0);
    expect(rowOf(slice, 2)).toEqual(Float32Array.of(0.2, 0.3, 0.5));
    expect(rowOf(slice, 3)).toEqual(Float32Array.of(0, 0, 0, 1));
  });

  it('has rows that sum to 1, and summaries that agree with its matrices', async () => {
    const layers: LayerSummary[] = [];
    const predictions: Predictions[] = [];
    await engine.run({ runId: 'a', text: 'the cat sat the cat', keepLayers: [] }, (event) => {
      if (event.kind === 'layer') layers.push(event.summary);
      if (event.kind === 'predictions') predictions.push(event.predictions);
    });
    expect(layers).toHaveLength(FAKE_FACTS.layerCount);
    for (const summary of layers) {
      for (let head = 0; head < 2; head++) {
        const slice = await engine.readSlice('a', summary.layer, head);
        for (let query = 0; query < 5; query++) {
          const row = rowOf(slice, query);
          expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
          const at = head * 5 + query;
          expect(summary.currentWeight[at]).toBe(row[query]);
          expect(summary.tailMass[at]).toBeCloseTo(1 - row[0], 6);
        }
      }
    }
    expect(layers[1].entropy[4]).toBeCloseTo(Math.log(5), 6);
    expect(predictions[0].texts.slice(0, 1)).toEqual(['cat']);
    const kept = [...predictions[0].logProbabilities.subarray(0, 5)].map(Math.exp);
    expect(kept[0]).toBeCloseTo(Math.E / (99 + Math.E), 6);
    expect(kept[1]).toBeCloseTo(1 / (99 + Math.E), 6);
    expect(predictions[0].surprise[0]).toBeNaN();
    expect(predictions[0].surprise[1]).toBeCloseTo(-Math.log(kept[0]), 5);
  });

  it('has head vectors whose softmax and sum are its weights and output', async () => {
    await engine.run({ runId: 'a', text: 'the cat sat', keepLayers: [] }, () => undefined);
    const { scores, weights, queryVector, keyVectors, valueVectors, output } =
      await engine.readHeadVectors('a', 0, 0, 2);
    const exponents = scores.map(Math.exp);
    const total = exponents.reduce((sum, each) => sum + each, 0);
    expect(
      findDifference(
        exponents.map((each) => each / total),
        weights,
        { atol: 1e-6 },
      ),
    ).toBeNull();
    for (let key = 0; key < 3; key++) {
      const product =
        queryVector[0] * keyVectors[2 * key] + queryVector[1] * keyVectors[2 * key + 1];
      expect(product / Math.SQRT2).toBeCloseTo(scores[key], 5);
    }
    expect(output[0]).toBeCloseTo(weights[1] * valueVectors[2] + weights[2] * valueVectors[4], 6);
  });

  it('continues with the drawing’s words', async () => {
    const texts: string[] = [];
    const request = { runId: 'a', text: 'the', tokenCount: 3, temperature: 0, topP: 1, seed: 1 };
    await engine.generate(request, (token) => texts.push(token.tokens.text));
    expect(texts).toEqual(['the cat', 'the cat sat', 'the cat sat the']);
  });

  it('refuses what the real one refuses', async () => {
    await expect(engine.readSlice('b', 0, 0)).rejects.toMatchObject({ code: 'run-let-go' });
    const run = (text: string) => engine.run({ runId: 'x', text, keepLayers: [] }, () => undefined);
    await expect(run('')).rejects.toMatchObject({ code: 'text-empty' });
    await expect(run('a '.repeat(65))).rejects.toMatchObject({ code: 'text-too-long' });
    await expect(new FakeEngine().tokenize('a')).rejects.toMatchObject({ code: 'not-ready' });
  });
});
