import { beforeAll, describe, expect, it } from 'vitest';
import { computeDisplayedSlice } from '../../measures/displayed-slice.ts';
import type { RunData } from '../../protocol/run.ts';
import { attentionFromText } from '../../testing/attention-from-text.ts';
import { FakeEngine } from '../../testing/fake-engine.ts';
import { getUnits } from '../../text/get-units.ts';
import type { AttentionUnit } from '../../text/unit.ts';
import { toStrip } from './strip-blocks.ts';
import { toTokenArrays, toTokenTable } from './strip-table.ts';
import { formatTint, fromPlace, tintColor, toPlace } from './tint-scale.ts';
import { computeTint, type Tint, type TintSources } from './tint-values.ts';
import { toUnitOfToken } from './unit-marks.ts';

const DRAWING = 'A b. C d\n1\n.5 .5\n.2 .3 .5\n.7 0 0 .3';
let run: RunData;
beforeAll(async () => {
  const engine = new FakeEngine({ drawing: DRAWING });
  const facts = await engine.loadModel({ fileName: 'x', sources: [] }, () => undefined);
  const data: { -readonly [K in keyof RunData]: RunData[K] } = {
    runId: 'r',
    model: facts,
    tokens: attentionFromText(DRAWING).tokens,
    layers: [null, null],
    predictions: null,
    recorded: null,
  };
  await engine.run({ runId: 'r', text: 'A b. C d', keepLayers: [] }, (event) => {
    if (event.kind === 'tokens') data.tokens = event.tokens;
    if (event.kind === 'layer') data.layers = data.layers.with(event.summary.layer, event.summary);
    if (event.kind === 'predictions')
      data.predictions = { ...event.predictions, surprise: Float32Array.of(Number.NaN, 1, 2, 4) };
  });
  run = data;
});

/** Head 0 of layer 0 does what is drawn. */
function sources(unit: AttentionUnit, part: Partial<TintSources> = {}): TintSources {
  const units = getUnits(run.tokens, unit);
  const rules = { firstToken: 'keep', thresholdWeight: 0, cumulatedMass: 1 } as const;
  const { slice } = attentionFromText(DRAWING);
  return {
    run,
    displayed: computeDisplayedSlice(slice, units, rules),
    units,
    layer: 0,
    head: 0,
    query: null,
    key: null,
    firstToken: 'keep',
    entropyUnit: 'nats',
    ...part,
  };
}
function expectTint(tint: Tint, of: TintSources, values: readonly number[]): void {
  const found = computeTint(tint, of)?.values ?? [];
  expect(found).toHaveLength(values.length);
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value)) expect(found[i]).toBeNaN();
    else expect(found[i]).toBeCloseTo(value, 5);
  }
}
const entropy = (...row: number[]) =>
  row.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);

describe('computeTint', () => {
  it('reads a query’s row and a key’s column; what comes later is undefined', () => {
    expectTint('from-query', sources('token', { query: 2 }), [0.2, 0.3, 0.5, Number.NaN]);
    expectTint('to-key', sources('token', { key: 1 }), [Number.NaN, 0.5, 0.3, 0]);
  });

  it('divides what a key receives by the queries that can reach it', () => {
    expectTint('received', sources('token'), [2.4 / 4, 0.8 / 3, 0.5 / 2, 0.3]);
  });

  it('gives entropy in the chosen unit', () => {
    const rows = [0, entropy(0.5, 0.5), entropy(0.2, 0.3, 0.5), entropy(0.7, 0.3)];
    expectTint('entropy', sources('token'), rows);
    expectTint(
      'entropy',
      sources('token', { entropyUnit: 'bits' }),
      rows.map((nats) => nats / Math.LN2),
    );
  });

  it('treats sentences as a whole: keys summed, rows averaged, surprise added', () => {
    const two = sources('sentence', { query: 1 });
    expect(two.units.map(({ text }) => text)).toEqual(['A b.', ' C d']);
    expectTint('from-query', two, [(0.5 + 0.7) / 2, (0.5 + 0.3) / 2]);
    expectTint('entropy', two, [Math.LN2 / 2, (entropy(0.2, 0.3, 0.5) + entropy(0.7, 0.3)) / 2]);
    expectTint('surprise', two, [1, 6]);
  });

  it('leaves surprise undefined where nothing predicts the token', () => {
    expectTint('surprise', sources('token'), [Number.NaN, 1, 2, 4]);
  });

  it('is null while what it needs is not there', () => {
    expect(computeTint('from-query', sources('token'))).toBeNull();
    expect(computeTint('to-key', sources('token', { key: 9 }))).toBeNull();
    expect(computeTint('received', sources('token', { displayed: null }))).toBeNull();
    const early = { ...run, layers: [null, null], predictions: null };
    expect(computeTint('entropy', sources('token', { run: early }))).toBeNull();
    expect(computeTint('surprise', sources('token', { run: early }))).toBeNull();
  });
});

describe('the scale of tints', () => {
  const weights = { values: Float32Array.of(0, 0.25), largest: 0.25, unit: 'weight' } as const;
  it('leads back from a place to the value, on every scale', () => {
    for (const scale of ['linear', 'sqrt', 'log', 'row'] as const)
      for (const place of [0, 0.25, 0.5, 1])
        expect(toPlace(fromPlace(place, weights, scale), weights, scale)).toBeCloseTo(place, 6);
    expect(toPlace(0.0625, weights, 'sqrt')).toBe(0.5);
    expect(toPlace(0.0625, weights, 'linear')).toBe(0.25);
  });
  it('is linear for what is no weight', () => {
    const nats = { ...weights, unit: 'nats' } as const;
    expect(toPlace(0.0625, nats, 'sqrt')).toBe(0.25);
  });
  it('has no place for undefined values, nor where all are 0', () => {
    expect(toPlace(Number.NaN, weights, 'sqrt')).toBeNaN();
    expect(toPlace(0, { ...weights, largest: 0 }, 'sqrt')).toBeNaN();
    expect(tintColor(Number.NaN, 'light')).toBe('transparent');
    expect(tintColor(0, 'dark')).toBe('transparent');
    expect(formatTint(Number.NaN, 'nats')).toBe('–');
  });
});

describe('the table of tokens', () => {
  it('has a row a token with id, piece, span and every tint', () => {
    const of = sources('word', { query: 2, key: 0 });
    const tints = {
      entropy: computeTint('entropy', of),
      received: computeTint('received', of),
      'from-query': computeTint('from-query', of),
      'to-key': null,
      surprise: computeTint('surprise', of),
    };
    const unitOf = toUnitOfToken(of.units);
    const table = toTokenTable(
      {
        tokens: run.tokens,
        strip: toStrip(run.tokens, []),
        unitOf,
        tints,
        columnOf: (tint) => tint,
        headings: ['token', 'text', 'id', 'piece', 'start', 'end', 'role'],
      },
      { start: 1, end: 3 },
    );
    expect(table.columns).toEqual([
      ...['token', 'text', 'id', 'piece', 'start', 'end'],
      ...['entropy', 'received', 'from-query', 'to-key', 'surprise'],
    ]);
    expect(table.rows.map((row) => row.slice(0, 6))).toEqual([
      [1, ' b.', 1, 'Ġb.', 1, 4],
      [2, ' C', 2, 'ĠC', 4, 6],
    ]);
    expect(table.rows[1][8]).toBeCloseTo(0.5, 5);
    expect(table.rows[1][9]).toBeNaN();
    const arrays = toTokenArrays(run.tokens, unitOf, tints);
    expect(arrays.map(({ name }) => name)).toEqual([
      ...['ids', 'starts', 'ends', 'units'],
      ...['entropy', 'received', 'from_query', 'surprise'],
    ]);
    for (const { shape, data } of arrays) expect([shape, data.length]).toEqual([[4], 4]);
  });
});
