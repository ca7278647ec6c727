import { beforeAll, describe, expect, it } from 'vitest';
import { openModelPath } from '../batch/model-sources.ts';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import { runText } from '../batch/run-text.ts';
import { type LoadedModel, loadModel } from '../engine/loaded-model.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import { findDifference } from '../testing/close-to.ts';
import { GoldenArrays, readGoldenJson } from '../testing/golden.ts';
import { getMeanEntropy } from './entropy.ts';
import { computeHeadValues, type MeasureId } from './head-measures.ts';
import { getRole } from './roles.ts';
import { findTopPairs } from './top-pairs.ts';

type Heads = (number | null)[][];
const golden = readGoldenJson<{
  texts: Record<string, Record<string, Heads>>;
  domains: Record<string, Record<string, Heads>>;
}>('measures.json');

/** The reference's names of our measures. */
const NAMES: Partial<Record<MeasureId, string>> = {
  entropy: 'entropy_head',
  'entropy-renormalised': 'entropy_head_first_dropped_renormalised',
  'entropy-omitted': 'entropy_head_first_term_omitted',
  distance: 'distance_head',
  'distance-tail': 'distance_head_first_key_excluded',
  interdependency: 'interdependency_other_mass',
  'effective-keys': 'effective_keys_first_dropped',
  first: 'sink_first',
  'first-four': 'sink_first4',
  current: 'diagonal_mean',
  previous: 'previous_mean',
  'detect-previous': 'detect_previous',
  'detect-duplicate': 'detect_duplicate',
  'detect-induction': 'detect_induction',
  confidence: 'confidence_max_mean',
  'confidence-tail': 'confidence_max_mean_first_key_excluded',
};
const flat = (heads: Heads) => heads.flat().map((value) => value ?? Number.NaN);

describe('measures from the graph equal the reference', () => {
  let model: LoadedModel;
  beforeAll(async () => {
    const source = await openModelPath('public/models/SmolLM2-135M-Instruct.Q4_1.gguf');
    model = await loadModel(source, startNodeRuntime(2), () => undefined);
    await source.close();
  });

  it.each(['one', 'repeat', 'conversation', 'web', 'code', 'math'])('%s', async (name) => {
    const arrays = new GoldenArrays(`smollm2/${name}`);
    const ids = new Int32Array(arrays.integers('ids'));
    const { summaries } = await runText(model, ids);
    const heads = summaries.flatMap((summary) => computeHeadValues(summary, ids));
    const check = (id: MeasureId, reference: Heads) => {
      const values = heads.map((each) => each[id]);
      const tolerance = { atol: 1e-5, rtol: 1e-4 };
      expect(findDifference(values, flat(reference), tolerance, true), id).toBeNull();
    };
    for (const [id, key] of Object.entries(NAMES)) check(id as MeasureId, golden.texts[name][key]);
    if (golden.domains[name] !== undefined) {
      check('distance-tail', golden.domains[name].distance_first_key_excluded);
      check('entropy-renormalised', golden.domains[name].entropy_first_dropped);
    }
    checkAgainstMatrices(ids, summaries, arrays.floats('attention'));
  });

  it('finds the induction head of a text that repeats itself', async () => {
    const tokens = model.tokenizer.tokenize(
      'The red fox saw the blue bird. The red fox saw the blue',
    );
    const { summaries } = await runText(model, new Int32Array(tokens.ids));
    const values = computeHeadValues(summaries[18], tokens.ids)[6];
    expect(getRole(values)).toBe('induction');
    const [pair] = findTopPairs(summaries[18], 6, 1, true);
    expect(tokens.ids[pair.key - 1]).toBe(tokens.ids[pair.query]);
  });
});

/** What no reference file holds, worked out the slow way from the reference's own matrices. */
function checkAgainstMatrices(
  ids: Int32Array,
  summaries: readonly LayerSummary[],
  attention: Float32Array,
): void {
  const n = ids.length;
  const row = (l: number, h: number, i: number) => {
    const at = ((l * 9 + h) * n + i) * n;
    return Array.from(attention.subarray(at, at + i + 1));
  };
  const mean = (values: number[]) =>
    values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : Number.NaN;
  const expected = { duplicate: [], induction: [], normalised: [], bits: [] } as {
    [name: string]: number[];
  };
  for (let l = 0; l < summaries.length; l++) {
    for (let h = 0; h < 9; h++) {
      const duplicate: number[] = [];
      const induction: number[] = [];
      const shares: number[] = [];
      const bits: number[] = [];
      for (let i = 0; i < n; i++) {
        const weights = row(l, h, i);
        const copies = weights.flatMap((_, j) => (j < i && ids[j] === ids[i] ? [j] : []));
        if (copies.length > 0) {
          duplicate.push(copies.reduce((sum, j) => sum + weights[j], 0));
          induction.push(copies.reduce((sum, j) => sum + weights[j + 1], 0));
        }
        const entropy = -weights.reduce((sum, p) => sum + (p > 0 ? p * Math.log2(p) : 0), 0);
        bits.push(entropy);
        if (i > 0) shares.push(entropy / Math.log2(i + 1));
      }
      expected.duplicate.push(mean(duplicate));
      expected.induction.push(mean(induction));
      expected.normalised.push(mean(shares));
      expected.bits.push(mean(bits));
    }
  }
  const heads = summaries.flatMap((summary) => computeHeadValues(summary, ids));
  const entropies = (unit: 'bits' | 'normalised') =>
    summaries.flatMap((summary) =>
      Array.from({ length: 9 }, (_, head) => getMeanEntropy(summary, head, 'keep', unit)),
    );
  const compare = (values: number[], name: string) =>
    expect(
      findDifference(values, expected[name], { atol: 3e-5, rtol: 1e-4 }, true),
      name,
    ).toBeNull();
  for (const id of ['duplicate', 'induction'] as const)
    compare(
      heads.map((values) => values[id]),
      id,
    );
  compare(entropies('bits'), 'bits');
  compare(entropies('normalised'), 'normalised');
}
