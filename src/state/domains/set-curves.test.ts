import { describe, expect, it } from 'vitest';
import { finish } from '../../lib/sliced-work.ts';
import { createSetOfValues, createSetResults } from '../../testing/domain-results.ts';
import { createProfile } from '../../testing/text-profile.ts';
import { computeSetCurves } from './set-curves.ts';

const options = { along: 'layers', headCount: 2, resamples: 400, seed: 1, level: 0.95 } as const;

describe('computeSetCurves', () => {
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
  );
  it('averages pooled heads and puts a band of whole texts around them', () => {
    const [curve] = finish(computeSetCurves([a, b], 1, 'm', options)).values;
    expect(Array.from(curve.values)).toEqual([3, 6]);
    // Two texts: drawn alike a quarter of the time each.
    expect([curve.low[0], curve.high[0]]).toEqual([2, 4]);
    expect([curve.low[1], curve.high[1]]).toEqual([6, 6]);
  });
  it('gives differences to the reference, and none of the reference', () => {
    const { differences } = finish(computeSetCurves([a, b], 1, 'm', options));
    expect(Array.from(differences[0].values)).toEqual([3, 2]);
    expect([differences[0].low[0], differences[0].high[0]]).toEqual([2, 4]);
    expect(differences[1].values).toHaveLength(0);
  });
  it('bands belong to the pooled number where texts weigh differently', () => {
    const set = createSetResults('c', [
      createProfile({ m: { sums: [1, 1, 1, 1], weights: [1, 1, 1, 1] } }),
      createProfile({ m: { sums: [27, 27, 27, 27], weights: [9, 9, 9, 9] } }),
    ]);
    const { values } = finish(computeSetCurves([set], 0, 'm', { ...options, along: 'heads' }));
    expect(values[0].values[0]).toBeCloseTo(2.8, 12);
    expect([values[0].low[0], values[0].high[0]]).toEqual([1, 3]);
  });
  it('has no band for one text, and nothing for a measure that is not there', () => {
    const one = createSetOfValues('d', ['m'], [[1, 3, 5, 7]]);
    const { values } = finish(computeSetCurves([one], 0, 'm', options));
    expect(Array.from(values[0].values)).toEqual([2, 6]);
    expect(values[0].low.every(Number.isNaN)).toBe(true);
    expect(finish(computeSetCurves([one], 0, 'x', options)).values[0].values).toHaveLength(0);
  });
});
