import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openModelPath } from '../batch/model-sources.ts';
import { readTensors, valueCount } from '../model/tensor-file.ts';
import type { Precision } from '../model/weight-form.ts';
import { findDifference, largestMagnitude } from '../testing/close-to.ts';
import { GoldenArrays, readGoldenJson } from '../testing/golden.ts';
import { runModel } from '../testing/run-model.ts';

const GOLDEN = 'src/testing/golden';
const ATTENTION = { atol: 1e-4 };
interface Expected {
  readonly text: string;
  readonly ids: readonly number[];
  readonly tokens: readonly string[];
  readonly offsets: readonly (readonly [number, number])[];
}

/** `runModel` on the files of a path. */
async function runPath(path: string, text: string, precision: Precision = 'dequantised') {
  const file = await openModelPath(path);
  try {
    return await runModel(file, text, precision);
  } finally {
    await file.close();
  }
}

describe.each(readdirSync(`${GOLDEN}/architectures`))('%s', (name) => {
  const expected = readGoldenJson<Expected>(`architectures/${name}/expected.json`);
  const golden = new GoldenArrays(`architectures/${name}/expected`);

  it.each([
    ['GGUF', `${GOLDEN}/architectures/${name}/model.gguf`],
    ['safetensors', `${GOLDEN}/architectures/${name}`],
  ])('from %s has the ids, attention, streams and logits of the reference', async (_, path) => {
    const run = await runPath(path, expected.text);
    expect(Array.from(run.tokens.ids)).toEqual(expected.ids);
    expect(run.tokens.pieces).toEqual(expected.tokens);
    const offsets = Array.from(run.tokens.starts, (start, i) => [start, run.tokens.ends[i]]);
    expect(offsets).toEqual(expected.offsets);
    expect(findDifference(run.attention, golden.floats('attention'), ATTENTION)).toBeNull();
    for (const array of ['hidden', 'logits'] as const) {
      const wanted = golden.floats(array);
      const tolerance = { atol: 1e-3 * largestMagnitude(wanted) };
      expect(findDifference(run[array], wanted, tolerance)).toBeNull();
    }
  });
});

const quantised = readdirSync(`${GOLDEN}/quantised`).filter((name) => name.endsWith('.gguf'));
describe.each(quantised.map((name) => name.replace('.gguf', '')))('%s', (name) => {
  const golden = new GoldenArrays(`quantised/${name}.expected`);
  const path = `${GOLDEN}/quantised/${name}.gguf`;
  const { text } = readGoldenJson<Expected>('quantised/expected.json');

  it('dequantises bit for bit', async () => {
    const file = await openModelPath(path);
    let checked = 0;
    for (const tensor of file.tensors.values()) {
      const wanted = golden.floats(`rows.${tensor.name}`);
      const out = new Float32Array(valueCount(tensor.shape));
      await readTensors([{ tensor, out }]);
      expect(new Uint32Array(out.buffer, 0, wanted.length)).toEqual(
        new Uint32Array(wanted.slice().buffer),
      );
      checked++;
    }
    await file.close();
    expect(checked).toBe(12);
  });

  it('has the attention and logits of the reference', async () => {
    const run = await runPath(path, text);
    expect(Array.from(run.tokens.ids)).toEqual(Array.from(golden.integers('ids')));
    expect(findDifference(run.attention, golden.floats('attention'), ATTENTION)).toBeNull();
    const wanted = golden.floats('logits');
    const tolerance = { atol: 1e-3 * largestMagnitude(wanted) };
    expect(findDifference(run.logits, wanted, tolerance)).toBeNull();
  });

  it('has them with its weights kept as they are', async () => {
    const run = await runPath(path, text, 'packed');
    expect(run.facts.precision).toBe('packed');
    expect(findDifference(run.attention, golden.floats('attention'), { atol: 1e-5 })).toBeNull();
    const wanted = golden.floats('logits');
    const tolerance = { atol: 1e-5 * largestMagnitude(wanted) };
    expect(findDifference(run.logits, wanted, tolerance)).toBeNull();
  });
});
