import { describe, expect, it } from 'vitest';
import type { RunData } from '../../protocol/run.ts';
import type { LayerSummary } from '../../tensor/layer-summary.ts';
import { createLayerSummary } from '../../tensor/summary-rows.ts';
import { toEntropyArrays, toEntropyTable } from './entropy-exports.ts';
import { getBarsTop } from './entropy-scene.ts';
import {
  computeEntropyValues,
  computeHeadRow,
  computeMaxima,
  type EntropyRules,
} from './entropy-values.ts';

/** One layer of heads, each with these entropies in nats. */
function layerOf(layer: number, ...heads: number[][]): LayerSummary {
  const summary = createLayerSummary(layer, heads.length, heads[0].length, 1);
  summary.entropy.set(heads.flat());
  return summary;
}
const span = (start: number, end: number, text = 'x') => ({ start, end, text });
const tokens = [span(0, 1), span(1, 2), span(2, 3), span(3, 4)];
const LN2 = Math.LN2;
const run = (...layers: (LayerSummary | null)[]) =>
  ({
    layers,
    model: { headCount: 2, layerCount: layers.length },
    tokens: { ids: new Int32Array(4) },
  }) as unknown as RunData;
const rules = (part: Partial<EntropyRules>): EntropyRules => ({
  view: 'tokens',
  unit: 'nats',
  firstToken: 'keep',
  ...part,
});

describe('a head along the text', () => {
  const summary = layerOf(0, [0, LN2, LN2, 2 * LN2]);

  it('is told in each unit', () => {
    const told = (unit: EntropyRules['unit']) =>
      Array.from(computeHeadRow(summary, 0, tokens, rules({ unit })), (value) =>
        Number(value.toFixed(5)),
      );
    expect(told('bits')).toEqual([0, 1, 1, 2]);
    expect(told('keys')).toEqual([1, 2, 2, 4]);
    expect(told('normalised')).toEqual([Number.NaN, 1, Number((LN2 / Math.log(3)).toFixed(5)), 1]);
  });
  it('is the mean over a word’s tokens, of those where it is defined', () => {
    const words = [span(0, 2), span(2, 4)];
    expect(Array.from(computeHeadRow(summary, 0, words, rules({ unit: 'bits' })))).toEqual([
      0.5, 1.5,
    ]);
    const shares = computeHeadRow(summary, 0, words, rules({ unit: 'normalised' }));
    expect(shares[0]).toBe(1);
  });
  it('never exceeds what is possible, which is told in the same unit', () => {
    const uniform = layerOf(0, [1, 2, 3, 4].map(Math.log));
    for (const unit of ['nats', 'bits', 'keys', 'normalised'] as const) {
      const row = computeHeadRow(uniform, 0, tokens, rules({ unit }));
      const maxima = computeMaxima(tokens, rules({ unit }), null);
      for (const [i, value] of row.entries()) if (i > 0) expect(value).toBeCloseTo(maxima[i], 5);
    }
    expect(Array.from(computeMaxima(tokens, rules({ unit: 'keys' }), null))).toEqual(
      [1, 2, 3, 4].map((n) => expect.closeTo(n, 5)),
    );
    expect(Array.from(computeMaxima(tokens, rules({ unit: 'keys' }), 2))).toEqual(
      [1, 2, 2, 2].map((n) => expect.closeTo(n, 5)),
    );
  });
});

describe('maps', () => {
  const first = layerOf(0, [0, 1, 2, 3], [0, 3, 2, 1]);

  it('hold layers over tokens as means over heads, and NaN before a layer arrives', () => {
    const values = computeEntropyValues(
      run(first, null),
      tokens,
      rules({ view: 'token-layer' }),
      0,
      0,
    );
    expect(values?.rows.map((row) => Array.from(row))).toEqual([
      [0, 2, 2, 2],
      [Number.NaN, Number.NaN, Number.NaN, Number.NaN],
    ]);
    expect(values?.largest).toBe(2);
  });
  it('hold heads over layers as means over the text', () => {
    const values = computeEntropyValues(
      run(first, null),
      tokens,
      rules({ view: 'layer-head' }),
      0,
      0,
    );
    expect(values?.rows.map((row) => Array.from(row))).toEqual([
      [1.5, Number.NaN],
      [1.5, Number.NaN],
    ]);
  });
  it('are told anew when the unit changes', () => {
    const data = run(first);
    const told = (unit: EntropyRules['unit']) =>
      computeEntropyValues(data, tokens, rules({ view: 'token-layer', unit }), 0, 0)?.rows[0][1];
    expect(told('nats')).toBe(2);
    expect(told('bits')).toBeCloseTo(2 / LN2, 5);
  });
});

it('there is nothing to show of a layer that has not arrived, or of no text', () => {
  expect(computeEntropyValues(run(null), tokens, rules({}), 0, 0)).toBeNull();
  const empty = computeEntropyValues(run(null), [], rules({ view: 'token-layer' }), 0, 0);
  expect(empty).toMatchObject({ largest: 0 });
});

it('bars reach up to what is possible, but not for effective keys', () => {
  const values = { rows: [], maxima: Float32Array.of(1, 5), largest: 2 };
  expect(getBarsTop(values, 'nats')).toBe(5);
  expect(getBarsTop(values, 'normalised')).toBe(1);
  expect(getBarsTop(values, 'keys')).toBeCloseTo(2.3);
});

it('exports hold what is shown, and every head in nats', () => {
  const data = run(layerOf(0, [0, 1, 2, 3], [0, 3, 2, 1]), null);
  const values = computeEntropyValues(data, tokens, rules({}), 0, 1);
  const table = toEntropyTable(values!, tokens, 'tokens', 0, 'nats');
  expect(table.rows[1]).toEqual([0, 1, 'x', 3, Math.fround(LN2)]);
  const [entropy, largest] = toEntropyArrays(data, 'keep');
  expect(entropy.shape).toEqual([2, 2, 4]);
  expect(Array.from(entropy.data.slice(4, 8))).toEqual([0, 3, 2, 1]);
  expect(entropy.data[8]).toBeNaN();
  expect(largest.data[3]).toBeCloseTo(Math.log(4), 6);
});
