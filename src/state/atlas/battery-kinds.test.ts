import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPathRequest, toPathRequest } from '../../batch/model-sources.ts';
import { startNodeRuntime } from '../../batch/node-runtime.ts';
import { InProcessEngine } from '../../engine/in-process-engine.ts';
import { BATTERY } from '../../measures/atlas/battery.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import type { AtlasResult } from './atlas-result.ts';
import { runBattery } from './run-battery.ts';

// Other tokenizers and vocabularies, begin tokens, windows, biases: tiny random models.
describe.each(['llama', 'gpt2', 'gemma3', 'qwen3', 'phi3'])('the battery on a tiny %s', (name) => {
  let engine: InProcessEngine;
  let facts: ModelFacts;
  let result: AtlasResult;

  beforeAll(async () => {
    engine = new InProcessEngine({
      startRuntime: async () => startNodeRuntime(1),
      openSources: openPathRequest,
      pause: async () => undefined,
    });
    const request = toPathRequest(`src/testing/golden/architectures/${name}/model.gguf`);
    facts = await engine.loadModel(request, () => undefined);
    result = await runBattery({
      engine,
      facts,
      whenFree: async () => undefined,
      now: Date.now,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    });
  });
  afterAll(() => engine.dispose());

  it('scores every head in every test, or says why not', () => {
    for (const { id } of BATTERY) {
      const found = result.tests[id];
      expect(found === undefined, id).toBe(id in result.undefinedTests);
      if (found !== undefined) {
        expect(found.scores.length).toBe(facts.layerCount * facts.headCount);
        expect(found.scores.filter(Number.isNaN).length, id).toBe(0);
      }
    }
  });

  it('puts a begin token before random tokens where the model’s texts have one', () => {
    const random = result.probes.filter(({ kind }) => kind === 'random');
    for (const { tokens } of random)
      expect(tokens.special.filter(Boolean).length).toBe(facts.addsBeginToken ? 1 : 0);
    if (random.length > 0) expect(random[0].tokens.special[0]).toBe(facts.addsBeginToken);
  });

  it('keeps shares between 0 and 1', () => {
    for (const { id, unit, needs } of BATTERY) {
      // Differences of shares may be below 0.
      if (unit !== 'share' || needs === 'weights' || !(id in result.tests)) continue;
      const { scores } = result.tests[id];
      expect(Math.max(...scores), id).toBeLessThanOrEqual(1 + 1e-5);
      expect(Math.min(...scores), id).toBeGreaterThanOrEqual(-1);
    }
  });

  it('points at cells that are in its probes', () => {
    for (const [id, { evidence }] of Object.entries(result.tests)) {
      evidence?.probes.forEach((probe, at) => {
        if (probe < 0) return;
        const { tokens } = result.probes[probe];
        const [query, key] = [evidence.queries[at], evidence.keys[at]];
        expect(query, id).toBeLessThan(tokens.ids.length);
        expect(key, id).toBeLessThanOrEqual(query);
        expect(evidence.weights[at], id).toBeGreaterThanOrEqual(0);
      });
    }
  });
});
