import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProfile } from '../testing/text-profile.ts';
import { meanByHead, meanByLayer, poolTexts, toHeadValues, toTextValues } from './text-profile.ts';

const heads = (sums: readonly number[], weights: readonly number[]) =>
  createProfile({ entropy: { sums, weights } }, { layerCount: 1, headCount: sums.length });

describe('texts pooled', () => {
  it('are the weighted mean of the texts', () => {
    const weight = fc.double({ min: 0.1, max: 50, noNaN: true });
    const value = fc.double({ min: 0, max: 9, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, weight), { minLength: 1, maxLength: 8 }), (texts) => {
        const pooled = poolTexts(
          texts.map(([v, w]) => heads([v * w], [w])),
          'entropy',
        );
        const total = texts.reduce((sum, [, w]) => sum + w, 0);
        const mean = texts.reduce((sum, [v, w]) => sum + v * w, 0) / total;
        expect(pooled && toHeadValues(pooled)[0]).toBeCloseTo(mean, 9);
      }),
    );
  });

  it('leave out the texts in which a head is undefined', () => {
    const pooled = poolTexts([heads([Number.NaN, 4], [0, 2]), heads([6, 0], [3, 0])], 'entropy');
    expect(pooled && Array.from(toHeadValues(pooled))).toEqual([2, 2]);
    expect(poolTexts([heads([1], [1])], 'distance')).toBeNull();
    expect(poolTexts([], 'entropy')).toBeNull();
  });
});

describe('heads that rest on the first token', () => {
  const resting = createProfile(
    {
      first: { sums: [9.95, 5], weights: [10, 10] },
      'distance-tail': { sums: [3, 8], weights: [0.05, 4] },
      entropy: { sums: [1, 2], weights: [10, 10] },
    },
    { layerCount: 1, headCount: 2 },
  );

  it('have no value of what is left without it, in a text and in the pool', () => {
    expect(Array.from(toTextValues([resting], 'distance-tail'))).toEqual([Number.NaN, 2]);
    const pooled = poolTexts([resting], 'distance-tail');
    expect(pooled && Array.from(toHeadValues(pooled))).toEqual([Number.NaN, 2]);
  });

  it('keep the measures in which it counts', () => {
    expect(Array.from(toTextValues([resting], 'entropy'))).toEqual([0.1, 0.2]);
  });
});

describe('one value a text', () => {
  it('is undefined where the text has none', () => {
    const values = toTextValues([heads([6, 1], [3, 0]), heads([5, 4], [1, 2])], 'entropy');
    expect(Array.from(values)).toEqual([2, Number.NaN, 5, 2]);
    expect(Array.from(toTextValues([heads([1], [1])], 'distance'))).toEqual([Number.NaN]);
    expect(toTextValues([], 'entropy')).toHaveLength(0);
  });
});

describe('means over heads and layers', () => {
  it('leave undefined heads out', () => {
    const values = Float64Array.of(1, 3, Number.NaN, 5, Number.NaN, Number.NaN);
    expect(Array.from(meanByLayer(values, 2))).toEqual([2, 5, Number.NaN]);
    expect(Array.from(meanByHead(values, 2))).toEqual([1, 4]);
  });
});
