import { describe, expect, it } from 'vitest';
import { finish } from '../../lib/sliced-work.ts';
import { compareGroups } from '../../lib/statistics/compare-groups.ts';
import { createSetOfValues } from '../../testing/domain-results.ts';
import { toGroupRequest, toMeanRequest } from './compared-heads.ts';
import { findFamily, getFamilyMeasure } from './measure-families.ts';
import { findStrongestThird, toMeasureFacts } from './summary-facts.ts';

const shape = { layerCount: 3, headCount: 2 };

/** Ten texts a set: heads 0 and 1 of layer 2 differ by +4 and -1, the others not at all. */
function compare() {
  const values = (shift: readonly number[]) =>
    Array.from({ length: 10 }, (_, text) => shift.map((by) => by + text * 0.01));
  const compared = createSetOfValues('b', ['m'], values([1, 2, 3, 4, 9, 4]), 1, shape);
  const reference = createSetOfValues('a', ['m'], values([1, 2, 3, 4, 5, 5]), 0, shape);
  return {
    heads: finish(compareGroups(toGroupRequest(compared, reference, 'm'))),
    means: finish(compareGroups(toMeanRequest(compared, reference, 'm'))),
  };
}

describe('toMeasureFacts', () => {
  const { heads, means } = compare();
  const family = findFamily('distance');
  const facts = toMeasureFacts(
    family.id,
    getFamilyMeasure(family, 'without'),
    heads,
    means,
    shape.headCount,
  );
  it('gives the texts’ means over heads, and their difference, compared less reference', () => {
    // (1 + 2 + 3 + 4 + 9 + 4) / 6 and (1 + 2 + 3 + 4 + 5 + 5) / 6, each with the mean of the shifts.
    expect(facts.compared).toBeCloseTo(23 / 6 + 0.045, 9);
    expect(facts.reference).toBeCloseTo(20 / 6 + 0.045, 9);
    expect(facts.difference).toBeCloseTo(0.5, 9);
    expect(facts.low).toBeLessThan(0.5);
    expect(facts.p).toBeLessThan(0.001);
  });
  it('counts the heads that differ, by direction and third of the layers', () => {
    expect(facts.heads).toEqual({ up: 1, down: 1, tested: 6 });
    expect(facts.thirds.map(({ from, to, up, down }) => [from, to, up, down])).toEqual([
      [0, 1, 0, 0],
      [1, 2, 0, 0],
      [2, 3, 1, 1],
    ]);
    expect(findStrongestThird(facts.thirds)).toBe(2);
    expect(findStrongestThird(facts.thirds.slice(0, 2))).toBeNull();
  });
  it('names the clearest head', () => {
    expect(facts.clearest).toMatchObject({ layer: 2, head: 0, cliffsDelta: 1 });
    expect(facts.clearest?.compared).toBeCloseTo(9.045, 9);
  });
});
