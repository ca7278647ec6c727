import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowStart } from '../tensor/causal-slice.ts';
import { findDifference } from '../testing/close-to.ts';
import { headValues } from '../testing/head-values.ts';
import { computeDisplayedSlice, mergeUnits } from './displayed-slice.ts';
import { computeRowEntropy, getMaximumEntropy, toEntropyUnit } from './entropy.ts';
import { parseHeadFilter } from './head-filter.ts';
import { computeReceived } from './received.ts';

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
  const values = headValues({
    entropy: 0.5,
    distance: 30,
    first: 0.2,
    previous: 0.6,
    current: 0,
    confidence: 0.7,
    'effective-keys': 6,
    'detect-previous-abs': -0.5,
  });
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
  it('reads any measure, with spaces or hyphens', () => {
    expect(test('effective keys > 5 and effective-keys < 7')).toBe(true);
    expect(test('detect previous abs < -.4')).toBe(true);
    expect(test('first-four > 0')).toBe(false);
  });
  it('names what it cannot read', () =>
    expect(test('entropy < 1 and beauty > 3')).toBe('beauty > 3'));
});
