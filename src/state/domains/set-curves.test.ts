import { describe, expect, it } from 'vitest';
import { finish } from '../../lib/sliced-work.ts';
import { computePooledCurves } from '../../lib/statistics/pooled-curves.ts';
import {
  createResults,
  createSetOfValues,
  createSetResults,
} from '../../testing/domain-results.ts';
import { createProfile } from '../../testing/text-profile.ts';
import type { DomainSetResults } from './domain-results.ts';
import { toCurveRequest } from './set-curves.ts';
import { getSetValues, meanAlong } from './set-values.ts';

function draw(
  sets: readonly DomainSetResults[],
  along: 'layers' | 'heads' = 'layers',
  measureId = 'm',
) {
  const results = createResults(sets, { referenceId: sets.at(-1)?.id ?? '' });
  return finish(computePooledCurves(toCurveRequest(results, measureId, along)));
}

describe('curves of sets', () => {
  const a = createSetOfValues(
    'a',
    ['m'],
    [
      [1, 3, 5, 7],
      [3, 5, 5, 7],
    ],
  );
  const b = createSetOfValues(
    'b',
    ['m'],
    [
      [0, 0, 4, 4],
      [0, 0, 4, 4],
      [0, 0, 4, 4],
    ],
    1,
  );
  it('average pooled heads and put a band of whole texts around them', () => {
    const [curve] = draw([a, b]).values;
    expect(Array.from(curve.values)).toEqual([3, 6]);
    // Two texts: drawn alike a quarter of the time each.
    expect([curve.low[0], curve.high[0]]).toEqual([2, 4]);
    expect([curve.low[1], curve.high[1]]).toEqual([6, 6]);
  });
  it('give differences to the reference, and none of the reference', () => {
    const { differences } = draw([a, b]);
    expect(Array.from(differences[0].values)).toEqual([3, 2]);
    expect([differences[0].low[0], differences[0].high[0]]).toEqual([2, 4]);
    expect(differences[1].values).toHaveLength(0);
  });
  it('have bands that belong to the pooled number where texts weigh differently', () => {
    const set = createSetResults('c', [
      createProfile({ m: { sums: [1, 1, 1, 1], weights: [1, 1, 1, 1] } }),
      createProfile({ m: { sums: [27, 27, 27, 27], weights: [9, 9, 9, 9] } }),
    ]);
    const { values } = draw([set], 'heads');
    expect(values[0].values[0]).toBeCloseTo(2.8, 12);
    expect([values[0].low[0], values[0].high[0]]).toEqual([1, 3]);
  });
  it('are the means of the maps, undefined heads left out', () => {
    const set = createSetResults('d', [
      createProfile({ m: { sums: [1, 5, 3, 0], weights: [2, 1, 0, 0] } }),
      createProfile({ m: { sums: [4, 1, 3, 0], weights: [1, 3, 1, 0] } }),
    ]);
    for (const along of ['layers', 'heads'] as const) {
      const [{ values }] = draw([set], along).values;
      const expected = meanAlong(getSetValues(set, 'm') ?? new Float64Array(), 2, along);
      expect(Array.from(values)).toEqual(Array.from(expected));
    }
  });
  it('have no band for one text, and nothing for a measure that is not there', () => {
    const one = createSetOfValues('e', ['m'], [[1, 3, 5, 7]]);
    const [curve] = draw([one]).values;
    expect(Array.from(curve.values)).toEqual([2, 6]);
    expect(curve.low.every(Number.isNaN)).toBe(true);
    expect(draw([one], 'layers', 'x').values[0].values).toHaveLength(0);
  });
});
