import { describe, expect, it } from 'vitest';
import { PREDICTIONS, type RunData } from '../../protocol/run.ts';
import { STRONGEST_KEYS } from '../../tensor/layer-summary.ts';
import { createLayerSummary } from '../../tensor/summary-rows.ts';
import {
  findCardToken,
  findStrongestQueries,
  findUnitOf,
  getCandidates,
  getStrongestKeys,
} from './token-card-data.ts';

const words = [
  { start: 0, end: 2, text: 'plumber' },
  { start: 2, end: 3, text: ' left' },
];

it('the card is about a unit’s last token, or the text’s', () => {
  expect(findCardToken(words, 0)).toBe(1);
  expect(findCardToken(words, null)).toBe(2);
  expect(findCardToken(words, 9)).toBe(2);
  expect(findCardToken([], null)).toBe(-1);
  expect(findUnitOf(words, 1)).toBe(0);
  expect(findUnitOf(words, 3)).toBe(-1);
});

it('strongest keys come from what a run keeps', () => {
  const summary = createLayerSummary(0, 1, 2, 1);
  summary.strongestKeys.set([1, 0], STRONGEST_KEYS);
  summary.strongestWeights.set([0.75, 0.25], STRONGEST_KEYS);
  expect(getStrongestKeys(summary, 0, 1, 5)).toEqual([
    { token: 1, weight: 0.75 },
    { token: 0, weight: 0.25 },
  ]);
  expect(getStrongestKeys(summary, 0, 1, 1)).toHaveLength(1);
  expect(getStrongestKeys(summary, 0, 7, 5)).toEqual([]);
});

it('strongest queries are the later rows of the key’s column', () => {
  const slice = { size: 3, packed: Float32Array.of(1, 0.5, 0.5, 0.75, 0, 0.25) };
  expect(findStrongestQueries(slice, 0, 5)).toEqual([
    { token: 2, weight: 0.75 },
    { token: 1, weight: 0.5 },
  ]);
  expect(findStrongestQueries(slice, 1, 5)).toEqual([]);
  expect(findStrongestQueries(slice, 2, 5)).toEqual([]);
});

describe('getCandidates', () => {
  const run = (count: number) =>
    ({
      tokens: { ids: Int32Array.of(7, 11) },
      predictions: {
        count,
        ids: Int32Array.from({ length: 2 * PREDICTIONS }, (_, i) => i + 10),
        logProbabilities: new Float32Array(2 * PREDICTIONS).fill(Math.log(0.25)),
        texts: Array.from({ length: 2 * PREDICTIONS }, (_, i) => `t${i + 10}`),
        surprise: new Float32Array(2),
      },
    }) as unknown as RunData;
  it('knows which one came next', () => {
    const candidates = getCandidates(run(2), 0);
    expect(candidates.map(({ id, isNext }) => [id, isNext]).slice(0, 2)).toEqual([
      [10, false],
      [11, true],
    ]);
    expect(candidates[0].probability).toBeCloseTo(0.25);
    expect(getCandidates(run(2), 1).some(({ isNext }) => isNext)).toBe(false);
  });
  it('are none of a text that has grown since', () => {
    expect(getCandidates(run(1), 0)).toEqual([]);
  });
});
