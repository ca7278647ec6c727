import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openFileSource } from '../batch/file-source.ts';
import { openModelSources } from '../batch/model-sources.ts';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import { readStreams, runText, writeFullMatrix } from '../batch/run-text.ts';
import { openModel } from '../model/open-model.ts';
import { findDifference, largestMagnitude } from '../testing/close-to.ts';
import { GoldenArrays } from '../testing/golden.ts';
import { loadModel } from './loaded-model.ts';

const FOLDER = 'src/testing/golden/variants';
/** What is tested are ids to numbers: any tokenizer will do. */
const TOKENIZER = 'src/testing/golden/architectures/llama/tokenizer.json';

/** Attention [layer, head, query, key] and logits of a model for some ids. */
async function run(path: string, ids: Int32Array<ArrayBuffer>) {
  const sources = [...(await openModelSources(path))];
  if (!path.endsWith('.gguf')) sources.push(await openFileSource(TOKENIZER));
  const file = await openModel(path, sources);
  const model = await loadModel(file, startNodeRuntime(1), () => undefined);
  const text = await runText(model, ids);
  const { layerCount: L, headCount: H } = model.stack.config;
  const n = ids.length;
  const attention = new Float32Array(L * H * n * n);
  for (let l = 0; l < L; l++) {
    for (let h = 0; h < H; h++) writeFullMatrix(text, l, h, attention, (l * H + h) * n * n);
  }
  const { logits } = await readStreams(model, text);
  await model.release();
  await file.close();
  return { attention, logits };
}

const cases = readdirSync(FOLDER).flatMap((name) => {
  const gguf = `${FOLDER}/${name}/model.gguf`;
  return [[name, `${FOLDER}/${name}`], ...(existsSync(gguf) ? [[`${name} as GGUF`, gguf]] : [])];
});

it.each(cases)('%s has the attention and logits of the reference', async (name, path) => {
  const golden = new GoldenArrays(`variants/${name.replace(' as GGUF', '')}/expected`);
  const { attention, logits } = await run(path, Int32Array.from(golden.integers('ids')));
  expect(findDifference(attention, golden.floats('attention'), { atol: 1e-4 })).toBeNull();
  const wanted = golden.floats('logits');
  const tolerance = { atol: 1e-3 * largestMagnitude(wanted) };
  expect(findDifference(logits, wanted, tolerance)).toBeNull();
});

describe('variants', () => {
  it('are there in both formats where GGUF can say what they are', () => {
    expect(cases).toHaveLength(17 + 12);
  });
});
