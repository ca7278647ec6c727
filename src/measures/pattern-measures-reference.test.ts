import { beforeAll, describe, expect, it } from 'vitest';
import { openModelPath } from '../batch/model-sources.ts';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import { type CompleteRun, runText } from '../batch/run-text.ts';
import { type LoadedModel, loadModel } from '../engine/loaded-model.ts';
import type { CausalSlice } from '../tensor/causal-slice.ts';
import { findDifference } from '../testing/close-to.ts';
import { readGoldenJson } from '../testing/golden.ts';
import { getValue, type Pooled, poolTogether } from './measure.ts';
import {
  type PatternMeasure,
  type ProbeText,
  type RepeatedSpan,
  sumPattern,
} from './patterns/pattern-measure.ts';
import { prefixMatching } from './patterns/prefix-matching.ts';
import {
  repeatCurrent,
  repeatDuplicate,
  repeatFirst,
  repeatInduction,
  repeatPrevious,
} from './patterns/repeated-sequence.ts';

const LAYERS = 30;
const HEADS = 9;
const tolerance = { atol: 1e-5, rtol: 1e-4 };

function sliceOf({ ids, cache }: CompleteRun, layer: number, head: number): CausalSlice {
  const rows = cache.layers[layer].attention;
  if (rows === null) throw new Error(`layer ${layer} kept no rows`);
  return { size: ids.length, packed: rows[head].toPacked(ids.length) };
}

/** What one text gives to a measure, [layer x head]. */
function poolRun(run: CompleteRun, measure: PatternMeasure, repeat: RepeatedSpan): Pooled[] {
  const probe: ProbeText = { ids: run.ids, tokens: null, repeat, needle: null };
  const pattern = measure.build(probe);
  if (pattern === null) throw new Error(`${measure.id} is not for this text`);
  return Array.from({ length: LAYERS * HEADS }, (_, at) => {
    const slice = sliceOf(run, Math.floor(at / HEADS), at % HEADS);
    return measure.pool(sumPattern(slice, pattern), pattern);
  });
}

describe('pattern measures equal the reference', () => {
  let model: LoadedModel;
  beforeAll(async () => {
    const source = await openModelPath('public/models/SmolLM2-135M-Instruct.Q4_1.gguf');
    model = await loadModel(source, startNodeRuntime(2), () => undefined);
    await source.close();
  });

  it('on repeated random tokens, with its best heads in order', async () => {
    const { sequences, scores } = readGoldenJson<{
      sequences: number[][];
      scores: Record<string, number[][]>;
    }>('induction.json');
    const measures = {
      induction: repeatInduction,
      previous: repeatPrevious,
      duplicate: repeatDuplicate,
      current: repeatCurrent,
      first: repeatFirst,
    };
    const texts: Record<string, Pooled[][]> = {};
    for (const sequence of sequences) {
      const run = await runText(model, Int32Array.from([...sequence, ...sequence]));
      for (const [name, measure] of Object.entries(measures)) {
        texts[name] ??= [];
        texts[name].push(poolRun(run, measure, { start: 0, period: sequence.length }));
      }
    }
    const topFive = (values: number[]) =>
      values
        .map((_, at) => at)
        .sort((a, b) => values[b] - values[a])
        .slice(0, 5);
    for (const name of Object.keys(measures)) {
      const values = Array.from({ length: LAYERS * HEADS }, (_, at) =>
        getValue(poolTogether(texts[name].map((heads) => heads[at]))),
      );
      const reference = scores[name].flat();
      expect(findDifference(values, reference, tolerance), name).toBeNull();
      expect(topFive(values), name).toEqual(topFive(reference));
    }
  });

  it('for prefix matching', async () => {
    const { prefix_matching } = readGoldenJson<{
      prefix_matching: { ids: number[]; score: number[][] };
    }>('heads.json');
    const run = await runText(model, Int32Array.from(prefix_matching.ids));
    const values = poolRun(run, prefixMatching, { start: 1, period: 25 }).map(getValue);
    expect(findDifference(values, prefix_matching.score.flat(), tolerance)).toBeNull();
  });
});
