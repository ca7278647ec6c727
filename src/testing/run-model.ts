import { startNodeRuntime } from '../batch/node-runtime.ts';
import { readStreams, runText, writeFullMatrix } from '../batch/run-text.ts';
import { loadModel } from '../engine/loaded-model.ts';
import type { ModelFile } from '../model/model-file.ts';
import type { Precision } from '../model/weight-form.ts';

/**
 * Loads a model, cuts the text and runs it: everything that a reference holds. `attention` is
 * [layer, head, query, key]. The file stays open.
 */
export async function runModel(
  file: ModelFile,
  text: string,
  precision: Precision = 'dequantised',
) {
  const model = await loadModel(file, startNodeRuntime(1), () => undefined, { precision });
  const tokens = model.tokenizer.tokenize(text, false);
  const run = await runText(model, new Int32Array(tokens.ids));
  const { layerCount: L, headCount: H } = model.stack.config;
  const n = tokens.ids.length;
  const attention = new Float32Array(L * H * n * n);
  for (let l = 0; l < L; l++) {
    for (let h = 0; h < H; h++) writeFullMatrix(run, l, h, attention, (l * H + h) * n * n);
  }
  const streams = await readStreams(model, run);
  await model.release();
  return { tokens, attention, facts: model.facts, ...streams };
}
