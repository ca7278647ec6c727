import { describe, expect, it } from 'vitest';
import { openModelPath } from '../batch/model-sources.ts';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import { runText } from '../batch/run-text.ts';
import { findDifference } from '../testing/close-to.ts';
import { loadModel } from './loaded-model.ts';
import { readHeadVectors } from './read-rows.ts';

describe.each(['gemma2', 'granite', 'llama', 'gpt2'])('the vectors of a head of %s', (name) => {
  it('have scores whose softmax is the weights, and a weighted sum that is the output', async () => {
    const file = await openModelPath(`src/testing/golden/architectures/${name}`);
    const model = await loadModel(file, startNodeRuntime(1), () => undefined);
    await file.close();
    const run = await runText(
      model,
      Int32Array.from({ length: 30 }, (_, i) => 260 + ((i * 7) % 90)),
    );
    for (let layer = 0; layer < model.stack.config.layerCount; layer++) {
      const vectors = await readHeadVectors(model.stack, run.cache, layer, 1, 25);
      const most = Math.max(...vectors.scores);
      const exponentials = vectors.scores.map((score) => Math.exp(score - most));
      const total = exponentials.reduce((sum, each) => sum + each, 0);
      const softmax = exponentials.map((each) => each / total);
      expect(findDifference(softmax, vectors.weights, { atol: 1e-5 })).toBeNull();
      const row = run.cache.layers[layer].attention?.[1].row(25) ?? [];
      expect(findDifference(vectors.weights, row, { atol: 1e-5 })).toBeNull();
    }
    await model.release();
  });
});
