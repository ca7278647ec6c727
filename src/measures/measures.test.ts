import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openModelPath } from '../batch/model-sources.ts';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import { runText } from '../batch/run-text.ts';
import { type LoadedModel, loadModel } from '../engine/loaded-model.ts';
import { rowStart } from '../tensor/causal-slice.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import { findDifference } from '../testing/close-to.ts';
import { GoldenArrays, readGoldenJson } from '../testing/golden.ts';
import { computeDisplayedSlice, mergeUnits } from './displayed-slice.ts';
import { computeRowEntropy, getMaximumEntropy, getMeanEntropy, toEntropyUnit } from './entropy.ts';
import { parseHeadFilter } from './head-filter.ts';
import { computeHeadValues } from './head-measures.ts';
import { computeReceived } from './received.ts';
import { getRole } from './roles.ts';
import { findTopPairs } from './top-pairs.ts';

const slice = (...rows: number[][]) => ({
  size: rows.length,
  packed: Float32Array.from(rows.flat()),
});
const units = (...spans: [number, number][]) =>
  spans.map(([start, end]) => ({ start, end, text: '' }));
const each = (n: number) =>
  units(...Array.from({ length: n }, (_, i): [number, number] => [i, i + 1]));
const show = { firstToken: 'keep', thresholdWeight: 0, cumulatedMass: 1 } as const;

describe('entropy', () => {
  it('is ln n of a uniform row and 0 of a sharp one', () => {
    expect(computeRowEntropy([0.25, 0.25, 0.25, 0.25])).toBeCloseTo(Math.log(4), 12);
    expect(computeRowEntropy([0, 1, 0])).toBe(0);
    expect(computeRowEntropy([])).toBe(0);
    expect(computeRowEntropy([Number.NaN])).toBeNaN();
  });
  it('has a causal maximum', () => {
    expect(getMaximumEntropy(0, 'keep')).toBe(0);
    expect(getMaximumEntropy(3, 'keep')).toBeCloseTo(Math.log(4));
    expect(getMaximumEntropy(3, 'drop-renormalise')).toBeCloseTo(Math.log(3));
    expect(getMaximumEntropy(0, 'drop-renormalise')).toBeNaN();
    expect(getMaximumEntropy(0, 'drop')).toBe(0);
    expect(getMaximumEntropy(1, 'drop')).toBeCloseTo(1 / Math.E);
    expect(getMaximumEntropy(3, 'drop')).toBeCloseTo(Math.log(3));
  });
  it('is bounded by the window of the layer', () => {
    expect(getMaximumEntropy(3, 'keep', 8)).toBeCloseTo(Math.log(4));
    expect(getMaximumEntropy(7, 'drop-renormalise', 8)).toBeCloseTo(Math.log(7));
    // The first token is out of reach: leaving it out changes nothing.
    for (const mode of ['keep', 'drop', 'drop-renormalise'] as const)
      expect(getMaximumEntropy(20, mode, 8)).toBeCloseTo(Math.log(8));
  });
  it('without the first term never exceeds its maximum, which some row reaches', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 2, maxLength: 12 }),
        (raw) => {
          const total = raw.reduce((sum, value) => sum + value, 0);
          const tail = raw.slice(1).map((value) => value / total);
          expect(computeRowEntropy(tail)).toBeLessThanOrEqual(
            getMaximumEntropy(raw.length - 1, 'drop') + 1e-12,
          );
        },
      ),
    );
    for (const keys of [1, 2, 3, 9]) {
      const best = Math.min(1 / Math.E, 1 / keys);
      expect(computeRowEntropy(Array.from({ length: keys }, () => best))).toBeCloseTo(
        getMaximumEntropy(keys, 'drop'),
        12,
      );
    }
  });
  it('changes its unit', () => {
    expect(toEntropyUnit(Math.LN2, 'bits', 1)).toBeCloseTo(1);
    expect(toEntropyUnit(0.5, 'normalised', 2)).toBe(0.25);
    expect(toEntropyUnit(Math.log(4), 'keys', 1)).toBeCloseTo(4);
    expect(toEntropyUnit(0, 'normalised', 0)).toBeNaN();
  });
});

describe('computeDisplayedSlice', () => {
  const three = slice([1], [0.8, 0.2], [0.5, 0.3, 0.2]);
  it('leaves a matrix as it is by default', () => {
    expect(computeDisplayedSlice(three, each(3), show).packed).toEqual(three.packed);
  });
  it('takes the first token out and says how much that was', () => {
    const dropped = computeDisplayedSlice(three, each(3), { ...show, firstToken: 'drop' });
    expect(dropped.leftOutMass).toBeCloseTo(0.65);
    expect(findDifference(dropped.packed, [0, 0, 0.2, 0, 0.3, 0.2], { atol: 1e-7 })).toBeNull();
    const again = computeDisplayedSlice(three, each(3), {
      ...show,
      firstToken: 'drop-renormalise',
    });
    const wanted = [Number.NaN, 0, 1, 0, 0.6, 0.4];
    expect(findDifference(again.packed, wanted, { atol: 1e-6 }, true)).toBeNull();
  });
  it('sums over keys and averages over queries for words', () => {
    const merged = mergeUnits(three, units([0, 1], [1, 3]));
    expect(findDifference(merged.packed, [1, 0.65, 0.35], { atol: 1e-6 })).toBeNull();
    expect(rowStart(merged.size)).toBe(3);
  });
  it('hides weak cells by weight and by mass, and counts them', () => {
    const byWeight = computeDisplayedSlice(three, each(3), { ...show, thresholdWeight: 0.25 });
    expect(byWeight.hiddenCells).toBe(2);
    const byMass = computeDisplayedSlice(three, each(3), { ...show, cumulatedMass: 0.7 });
    expect(findDifference(byMass.packed, [1, 0.8, 0, 0.5, 0.3, 0], { atol: 1e-7 })).toBeNull();
  });
  it('does not choke on nothing', () => {
    expect(computeDisplayedSlice(slice(), [], { ...show, firstToken: 'drop' }).leftOutMass).toBe(0);
  });
});

it('computeReceived averages over the queries that can reach a key', () => {
  const received = computeReceived(slice([1], [0.5, 0.5], [0.2, 0.2, 0.6]));
  expect(findDifference(received, [1.7 / 3, 0.35, 0.6], { atol: 1e-6 })).toBeNull();
});

describe('parseHeadFilter', () => {
  const values = {
    entropy: 0.5,
    distance: 30,
    first: 0.2,
    previous: 0.6,
    current: 0,
    duplicate: Number.NaN,
    induction: Number.NaN,
    confidence: 0.7,
  };
  const test = (text: string) => {
    const filter = parseHeadFilter(text);
    return filter.ok ? filter.test(values, { layer: 18, head: 6 }) : filter.problem;
  };
  it('reads comparisons and roles', () => {
    expect(test('')).toBe(true);
    expect(test('entropy < 1')).toBe(true);
    expect(test('entropy < 1 and distance > 40')).toBe(false);
    expect(test('Previous token head')).toBe(true);
    expect(test('induction')).toBe(false);
    expect(test('duplicate >= 0')).toBe(false);
    expect(test('previous token > .5, layer = 18')).toBe(true);
    expect(test('head > 6')).toBe(false);
    expect(test('this token <= 0')).toBe(true);
    expect(test('this-token heads')).toBe(false);
  });
  it('names what it cannot read', () =>
    expect(test('entropy < 1 and beauty > 3')).toBe('beauty > 3'));
});

describe('measures from the graph equal the reference', () => {
  let model: LoadedModel;
  beforeAll(async () => {
    const source = await openModelPath('public/models/SmolLM2-135M-Instruct.Q4_1.gguf');
    model = await loadModel(source, startNodeRuntime(2), () => undefined);
    await source.close();
  });
  type Heads = (number | null)[][];
  const golden = readGoldenJson<{ texts: Record<string, Record<string, Heads>> }>('measures.json');
  const flat = (heads: Heads) => heads.flat().map((value) => value ?? Number.NaN);
  const tolerance = { atol: 1e-5, rtol: 1e-4 };

  it.each(['one', 'repeat', 'conversation', 'web', 'code', 'math'])('%s', async (name) => {
    const arrays = new GoldenArrays(`smollm2/${name}`);
    const ids = new Int32Array(arrays.integers('ids'));
    const { summaries } = await runText(model, ids);
    const reference = golden.texts[name];
    const heads = summaries.flatMap((summary) => computeHeadValues(summary, ids));
    const check = (values: number[], key: string) =>
      expect(findDifference(values, flat(reference[key]), tolerance, true), key).toBeNull();
    check(
      heads.map((values) => values.entropy),
      'entropy_head',
    );
    check(
      heads.map((values) => values.distance),
      'distance_head',
    );
    check(
      heads.map((values) => values.first),
      'sink_first',
    );
    check(
      heads.map((values) => values.current),
      'diagonal_mean',
    );
    check(
      heads.map((values) => values.previous),
      'previous_mean',
    );
    check(
      heads.map((values) => values.confidence),
      'confidence_max_mean',
    );
    const entropies = (mode: 'drop' | 'drop-renormalise') =>
      summaries.flatMap((summary) =>
        Array.from({ length: 9 }, (_, head) => getMeanEntropy(summary, head, mode)),
      );
    check(
      summaries.flatMap((summary) =>
        Array.from({ length: 9 }, (_, head) =>
          getMeanEntropy(summary, head, 'drop-renormalise', 'keys'),
        ),
      ),
      'effective_keys_first_dropped',
    );
    check(entropies('drop'), 'entropy_head_first_term_omitted');
    check(entropies('drop-renormalise'), 'entropy_head_first_dropped_renormalised');
    const detect = (weights: 'duplicateWeight' | 'inductionWeight') =>
      summaries.flatMap((summary) =>
        Array.from({ length: 9 }, (_, head) => {
          const rows = summary[weights].subarray(head * ids.length, (head + 1) * ids.length);
          return rows.reduce((sum, value) => sum + value, 0) / ids.length;
        }),
      );
    check(detect('duplicateWeight'), 'detect_duplicate');
    check(detect('inductionWeight'), 'detect_induction');
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
