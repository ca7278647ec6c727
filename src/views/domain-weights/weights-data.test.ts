import { describe, expect, it } from 'vitest';
import { countWeights, WEIGHT_BINS } from '../../tensor/weight-histogram.ts';
import { createResults, createSetResults } from '../../testing/domain-results.ts';
import { createProfile } from '../../testing/text-profile.ts';
import { sayWeights, toLargeByLayer, toWeightCurves, toWeightTable } from './weights-data.ts';

const weightCounts = new Float64Array(2 * WEIGHT_BINS);
countWeights(weightCounts.subarray(0, WEIGHT_BINS), Float32Array.of(0.5, 0.25, 0, 0.01));
countWeights(weightCounts.subarray(WEIGHT_BINS), Float32Array.of(0.07, 1));
const results = createResults([createSetResults('a', [createProfile({}, { weightCounts })])]);

describe('curves of weights', () => {
  it('are shares in percent by doubling, or below each size', () => {
    const shares = toWeightCurves(results, { form: 'shares', layer: 0 }, 'light');
    expect(Array.from(shares.series[0].values).filter((share) => share > 0)).toEqual([
      25, 25, 25, 25,
    ]);
    const below = toWeightCurves(results, { form: 'cumulative', layer: null }, 'light');
    expect(below.series[0].values[WEIGHT_BINS - 1]).toBeCloseTo(100, 9);
    const [place, value] = sayWeights(below, 'cumulative', 0);
    expect(place).toBe('weights below 6e-8');
    expect(value).toBe('a: 17 %');
    expect(sayWeights(shares, 'shares', 24)[0]).toBe('weights from 0.5 to 1');
  });
  it('name places near powers of ten, each once', () => {
    const { namedX = [], xName } = toWeightCurves(
      results,
      { form: 'shares', layer: null },
      'light',
    );
    expect(new Set(namedX).size).toBe(namedX.length);
    expect(namedX.length).toBeGreaterThan(5);
    for (const place of namedX) expect(xName(place)).not.toBe('0');
  });
  it('give the share of large weights by layer, and a table with bounds', () => {
    expect(Array.from(toLargeByLayer(results, 'light').series[0].values)).toEqual([50, 100]);
    const shares = toWeightCurves(results, { form: 'shares', layer: null }, 'light');
    const table = toWeightTable(shares, 'shares');
    expect(table.rows[0].slice(0, 2)).toEqual([0, 2 ** -24]);
    expect(table.rows.at(-1)?.slice(0, 2)).toEqual([0.5, 1]);
  });
});
