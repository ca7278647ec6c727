import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPathRequest, toPathRequest } from '../batch/model-sources.ts';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import { computeFlow } from '../measures/flow.ts';
import { computeRollout } from '../measures/rollout.ts';
import { renormaliseRows, weightByValues } from '../measures/value-weighted.ts';
import { rowOf } from '../tensor/causal-slice.ts';
import { cutAtSpaces } from '../testing/attention-from-text.ts';
import { findDifference } from '../testing/close-to.ts';
import { GoldenArrays, readGoldenJson } from '../testing/golden.ts';
import type { TokenizedText } from '../text/token.ts';
import { InProcessEngine } from './in-process-engine.ts';

const EMBEDDED = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';
const MEASURE = { atol: 1e-5, rtol: 1e-4 };
const ignore = (): void => undefined;
const [LAYERS, HEADS] = [30, 9];

let engine: InProcessEngine;
beforeAll(async () => {
  engine = new InProcessEngine({
    startRuntime: async () => startNodeRuntime(2),
    openSources: openPathRequest,
    pause: async () => undefined,
  });
  await engine.loadModel(toPathRequest(EMBEDDED), ignore);
}, 120_000);
afterAll(() => engine.dispose());

/** A text that has these ids, whatever its words are. */
function toTokens(ids: ArrayLike<number>): TokenizedText {
  const text = cutAtSpaces(Array.from(ids, () => 'x').join(' '), () => 0);
  return { ...text, ids: Int32Array.from(ids) };
}

async function run(runId: string, ids: ArrayLike<number>): Promise<void> {
  await engine.run({ runId, text: '', tokens: toTokens(ids), keepLayers: [] }, ignore);
}

/** Heads by their scores, best first: "23.3". */
function rank(scores: Float32Array | undefined): string[] {
  return Array.from(scores ?? [], (score, at) => ({ score, at }))
    .sort((a, b) => b.score - a.score)
    .map(({ at }) => `${Math.floor(at / HEADS)}.${at % HEADS}`);
}

const idsOf = async (word: string): Promise<number[]> => [...(await engine.tokenize(word)).ids];

describe('copying by eigenvalues', () => {
  it('has the values of the reference, plain and with norms folded in', async () => {
    const golden = readGoldenJson<Record<string, number[][]>>('heads.json');
    const progress: number[] = [];
    const scores = await engine.scoreWeights({ ovCopying: true }, ({ doneLayers }) =>
      progress.push(doneLayers),
    );
    expect(Object.keys(scores)).toEqual(['ov-copying', 'ov-copying-folded']);
    const plain = golden.ov_copying_eigenvalues.flat();
    const folded = golden.ov_copying_eigenvalues_norms_folded.flat();
    expect(findDifference(scores['ov-copying'] ?? [], plain, MEASURE)).toBeNull();
    expect(findDifference(scores['ov-copying-folded'] ?? [], folded, MEASURE)).toBeNull();
    expect(progress).toEqual(Array.from({ length: LAYERS + 1 }, (_, layer) => layer));
  }, 60_000);
});

describe('scores on tokens', () => {
  it('agree with one another: what copies names copies random tokens, what suppresses lowers names', async () => {
    const names = ['Mary', 'John', 'Tom'];
    const prompts = [];
    for (const [i, giver] of names.entries()) {
      const other = names[(i + 1) % names.length];
      const text = `When ${other} and ${giver} went to the store, ${giver} gave a drink to`;
      const ids = await idsOf(text);
      const [name] = await idsOf(` ${giver}`);
      prompts.push({ ids, positions: ids.flatMap((id, at) => (id === name ? [at] : [])) });
    }
    expect(prompts.map(({ positions }) => positions.length)).toEqual([2, 2, 2]);
    const sample = Array.from({ length: 120 }, (_, i) => 1000 + 41 * i);
    const scores = await engine.scoreWeights(
      {
        names: { prompts },
        suppression: { ids: sample },
        copying: { sequences: [sample.slice(0, 25)] },
      },
      ignore,
    );
    const movers = rank(scores['name-copying']).slice(0, 3);
    const negative = rank(scores['negative-name-copying']).slice(0, 2);
    expect(scores['name-copying']?.[23 * HEADS]).toBe(1);
    expect(new Set(rank(scores['token-copying']).slice(0, 3))).toEqual(new Set(movers));
    expect(new Set(rank(scores['copy-suppression']).slice(0, 2))).toEqual(new Set(negative));
    expect(new Set(rank(scores['copy-suppression-lowest']).slice(0, 2))).toEqual(new Set(negative));
  }, 120_000);
});

describe('lengths of values', () => {
  it('weighted by attention are those of the reference in the last row', async () => {
    const golden = new GoldenArrays('smollm2/interventions');
    const expected = golden.floats('value_norm_last_row');
    const ids = golden.integers('ids');
    const n = ids.length;
    await run('values', ids);
    for (let layer = 0; layer < LAYERS; layer++) {
      const norms = await engine.readValueNorms('values', layer);
      expect(norms).toHaveLength(HEADS * n);
      for (let head = 0; head < HEADS; head++) {
        const slice = await engine.readSlice('values', layer, head);
        const weighted = weightByValues(slice, norms.subarray(head * n, (head + 1) * n));
        const at = (layer * HEADS + head) * n;
        const row = rowOf(weighted, n - 1);
        expect(findDifference(row, expected.subarray(at, at + n), MEASURE)).toBeNull();
        const shares = rowOf(renormaliseRows(weighted), n - 1);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
      }
    }
  }, 60_000);
});

describe('means over heads', () => {
  const { texts } = readGoldenJson<{ texts: Record<string, { rollout_last_row: number[] }> }>(
    'measures.json',
  );

  it.each(Object.keys(texts))('give the rollout of the reference for "%s"', async (name) => {
    const ids = new GoldenArrays(`smollm2/${name}`).integers('ids');
    await run(name, ids);
    const layers = await engine.readMeanAttention(name);
    expect(layers).toHaveLength(LAYERS);
    const rollout = computeRollout(layers);
    const row = rowOf(rollout[rollout.length - 1], ids.length - 1);
    expect(findDifference(row, texts[name].rollout_last_row, MEASURE)).toBeNull();
  });

  it('give the flow of the reference', async () => {
    const golden = readGoldenJson<{
      ids: number[];
      query: number;
      flow: number[];
      flow_normalised: number[];
    }>('flow.json');
    await run('flow', golden.ids);
    const { flow, share } = computeFlow(await engine.readMeanAttention('flow'), golden.query);
    expect(findDifference(flow, golden.flow, MEASURE)).toBeNull();
    expect(findDifference(share, golden.flow_normalised, MEASURE)).toBeNull();
  });
});
