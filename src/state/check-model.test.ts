import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openPathRequest, toPathRequest } from '../batch/model-sources.ts';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import { InProcessEngine } from '../engine/in-process-engine.ts';
import { parseReference } from '../measures/model-reference.ts';
import { checkModel } from './check-model.ts';

const REFERENCE = 'public/reference/SmolLM2-135M-Instruct.Q4_1.safetensors';

it('the embedded model passes its check against the reference that comes with the page', async () => {
  const engine = new InProcessEngine({
    startRuntime: async () => startNodeRuntime(1),
    openSources: openPathRequest,
    pause: async () => undefined,
  });
  const path = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';
  const facts = await engine.loadModel(toPathRequest(path), () => undefined);
  const check = await checkModel(engine, facts, parseReference(readFileSync(REFERENCE)));
  expect(check.tokenCount).toBe(24);
  expect(check.rows).toBeLessThan(1e-6);
  expect(check.byToken.largest).toBeLessThan(1e-4);
  expect(check.reference?.attention.largest).toBeLessThan(1e-4);
  expect(check.reference?.attention.largest).toBeGreaterThan(0);
  expect(check.reference?.logits).toBeLessThan(1e-3);

  const without = await checkModel(engine, facts, null);
  expect(without.reference).toBeNull();
  expect(without.tokenCount).toBeGreaterThan(10);

  const damaged = parseReference(readFileSync(REFERENCE));
  damaged.attention[24 * 24 + 24] -= 0.125;
  const found = (await checkModel(engine, facts, damaged)).reference?.attention;
  expect(found).toMatchObject({ layer: 0, head: 1, query: 1, key: 0 });
  expect(found?.largest).toBeCloseTo(0.125, 4);
  engine.dispose();
});
