import { describe, expect, it } from 'vitest';
import { findDifference } from '../../testing/close-to.ts';
import { HeadlightError } from '../headlight-error.ts';
import { createRandom } from '../random.ts';
import { finish } from '../sliced-work.ts';
import { bootstrapMean } from './bootstrap.ts';
import { compareGroups, type GroupRequest } from './compare-groups.ts';
import { computeCliffsDelta, computeHedgesG } from './effect-size.ts';
import { adjustFalseDiscovery } from './false-discovery.ts';
import { testDifference } from './permutation-test.ts';

const DRAWN = { seed: 3, resamples: 300, permutations: 500 };
const compare = (request: GroupRequest) => finish(compareGroups(request));

/** Values between 0 and 1, [texts, columns]. */
function createValues(texts: number, columns: number, seed: number): Float64Array {
  return Float64Array.from({ length: texts * columns }, createRandom(seed));
}

const pick = (values: Float64Array, columns: number, column: number) =>
  [...values].filter((_, i) => i % columns === column);

describe('comparing two groups', () => {
  it('gives for each column what its parts give', () => {
    const columns = 5;
    const [a, b] = [createValues(12, columns, 1), createValues(9, columns, 2)];
    const found = compare({ a, b, columns, ...DRAWN });
    for (let column = 0; column < columns; column++) {
      const [ofA, ofB] = [pick(a, columns, column), pick(b, columns, column)];
      const mean = bootstrapMean(ofA, { ...DRAWN, level: 0.95 });
      expect([found.countA[column], found.countB[column]]).toEqual([12, 9]);
      expect(found.meanA[column]).toBe(mean.mean);
      expect(found.lowA[column]).toBe(mean.low);
      expect(found.highA[column]).toBe(mean.high);
      expect(found.meanB[column]).toBeCloseTo(ofB.reduce((sum, each) => sum + each, 0) / 9, 12);
      expect(found.lowB[column]).toBeLessThan(found.meanB[column]);
      expect(found.difference[column]).toBe(found.meanA[column] - found.meanB[column]);
      expect(found.differenceLow[column]).toBeLessThan(found.difference[column]);
      expect(found.differenceHigh[column]).toBeGreaterThan(found.difference[column]);
      expect(found.cliffsDelta[column]).toBe(computeCliffsDelta(ofA, ofB));
      expect(found.hedgesG[column]).toBe(computeHedgesG(ofA, ofB));
      expect(found.p[column]).toBe(testDifference(ofA, ofB, DRAWN).p);
      expect(found.isExact[column]).toBe(0);
    }
    expect(found.adjustedP).toEqual(adjustFalseDiscovery(found.p));
    expect(found).toMatchObject({ resamples: 300, permutations: 500, level: 0.95 });
  });

  it('compares a column by the texts that have a value in it', () => {
    const columns = 4;
    const [a, b] = [createValues(9, columns, 1), createValues(9, columns, 2)];
    // Column 1 lacks a text of A, column 2 all of B, column 3 all but one of A.
    a[2 * columns + 1] = Number.NaN;
    for (let text = 0; text < 9; text++) b[text * columns + 2] = Number.NaN;
    for (let text = 1; text < 9; text++) a[text * columns + 3] = Number.POSITIVE_INFINITY;
    const found = compare({ a, b, columns, ...DRAWN });
    expect([...found.countA]).toEqual([9, 8, 9, 1]);
    expect([...found.countB]).toEqual([9, 9, 0, 9]);
    const alone = compare({
      a: Float64Array.from(pick(a, columns, 1).filter(Number.isFinite)),
      b: Float64Array.from(pick(b, columns, 1)),
      columns: 1,
      ...DRAWN,
    });
    for (const name of ['meanA', 'lowA', 'differenceHigh', 'cliffsDelta', 'hedgesG', 'p'] as const)
      expect(found[name][1]).toBe(alone[name][0]);
    for (const name of ['meanB', 'difference', 'differenceLow', 'cliffsDelta', 'hedgesG'] as const)
      expect(found[name][2]).toBeNaN();
    expect(found.meanA[2]).not.toBeNaN();
    expect([found.p[2], found.adjustedP[2]]).toEqual([Number.NaN, Number.NaN]);
    expect(found.lowA[3]).toBeNaN();
    expect(found.differenceLow[3]).toBeNaN();
    expect(found.hedgesG[3]).toBeNaN();
    expect(found.difference[3]).toBeCloseTo(a[3] - found.meanB[3], 12);
    // One text against nine: ten splits, all of them looked at.
    expect([...found.isExact]).toEqual([0, 0, 1, 1]);
    expect(found.p[3] * 10).toBeCloseTo(Math.round(found.p[3] * 10), 12);
  });

  it('turns its signs with the groups', () => {
    const columns = 3;
    const [a, b] = [createValues(7, columns, 5), createValues(6, columns, 6)];
    const found = compare({ a, b, columns, ...DRAWN });
    const turned = compare({ a: b, b: a, columns, ...DRAWN });
    for (const name of ['difference', 'cliffsDelta', 'hedgesG'] as const) {
      const negative = turned[name].map((value) => -value);
      expect(findDifference(found[name], negative, { atol: 1e-12 })).toBeNull();
    }
    expect(findDifference(found.p, turned.p, { atol: 1e-12 })).toBeNull();
    expect([...found.isExact]).toEqual([1, 1, 1]);
  });

  it('says nothing of empty groups, and no interval of one text in each', () => {
    const empty = new Float64Array();
    const found = compare({ a: empty, b: empty, columns: 2, ...DRAWN });
    for (const name of ['meanA', 'difference', 'cliffsDelta', 'hedgesG', 'p', 'adjustedP'] as const)
      expect([...found[name]]).toEqual([Number.NaN, Number.NaN]);
    const single = compare({ a: Float64Array.of(2), b: Float64Array.of(5), columns: 1, ...DRAWN });
    expect(single).toMatchObject({ difference: Float64Array.of(-3), p: Float64Array.of(1) });
    expect([single.lowA[0], single.differenceLow[0], single.hedgesG[0]]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });

  it('repeats itself with its seed, and draws as much as the columns need when not told', () => {
    const [a, b] = [createValues(12, 2, 1), createValues(12, 2, 2)];
    const found = compare({ a, b, columns: 2, seed: 3 });
    expect(compare({ a, b, columns: 2, seed: 3 })).toEqual(found);
    expect(compare({ a, b, columns: 2, seed: 4 }).lowA[0]).not.toBe(found.lowA[0]);
    expect(found).toMatchObject({ resamples: 2000, permutations: 10_000 });
  });

  it('refuses what is no table', () => {
    const a = new Float64Array(7);
    for (const wrong of [
      { a, b: a, columns: 2 },
      { a, b: a, columns: 0 },
      { a, b: a, columns: 7, resamples: 0 },
      { a, b: a, columns: 7, permutations: 1.5 },
      { a, b: a, columns: 7, level: 1 },
    ]) {
      const work = () => compare({ ...DRAWN, ...wrong });
      expect(work).toThrow(HeadlightError);
      expect(work).toThrow(expect.objectContaining({ code: 'argument-invalid' }));
    }
  });

  it('is done in short slices that tell how far it is', () => {
    const columns = 270;
    const [a, b] = [createValues(24, columns, 1), createValues(24, columns, 2)];
    a[0] = Number.NaN;
    const told = [...compareGroups({ a, b, columns, seed: 1, permutations: 2000 })];
    expect(told.length).toBeGreaterThan(40);
    expect(told).toEqual([...told].sort((one, other) => one - other));
    expect(told.at(-1)).toBe(1);
  });
});
