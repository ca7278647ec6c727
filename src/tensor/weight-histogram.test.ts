import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countWeights, getBinEdges, WEIGHT_BINS } from './weight-histogram.ts';

/** Where the edges say that a weight belongs. */
function binByEdges(weight: number): number {
  return getBinEdges().findLastIndex((edge) => edge <= weight);
}

describe('weight bins', () => {
  it('begin at nothing and rise to 1', () => {
    const edges = getBinEdges();
    expect(edges).toHaveLength(WEIGHT_BINS);
    expect(edges[0]).toBe(0);
    expect(edges[1]).toBe(2 ** -24);
    expect(edges[WEIGHT_BINS - 1]).toBe(0.875);
    expect(edges.every((edge, bin) => bin === 0 || edge > edges[bin - 1])).toBe(true);
  });

  it('hold each weight where the edges say', () => {
    const weight = fc.float({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 40 }), (weights) => {
        const bins = new Float64Array(WEIGHT_BINS);
        countWeights(bins, Float32Array.from(weights));
        const expected = new Float64Array(WEIGHT_BINS);
        for (const each of weights) expected[binByEdges(each)]++;
        expect(Array.from(bins)).toEqual(Array.from(expected));
      }),
    );
  });

  it('take what rounding put above 1 as 1, and leave NaN out', () => {
    const bins = new Float64Array(WEIGHT_BINS);
    countWeights(bins, Float32Array.of(1, 1.0000001, Number.NaN, 0, 1e-30));
    expect(bins[WEIGHT_BINS - 1]).toBe(2);
    expect(bins[0]).toBe(2);
    expect(bins.reduce((a, b) => a + b)).toBe(4);
  });
});
