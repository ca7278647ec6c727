import { describe, expect, it } from 'vitest';
import { createLayerSummary } from '../../tensor/summary-rows.ts';
import { computeThumbnail, paintThumbnail, shrinkThumbnail } from './thumbnail.ts';

/** Two queries, one tile a token. */
function two() {
  const summary = createLayerSummary(0, 1, 2, 1);
  summary.tiles.max.set([1, 0, 0.75, 0.25]);
  summary.tiles.mean.set([1, 0, 0.75, 0.25]);
  summary.tailMass.set([0, 0.25]);
  return summary;
}
const colors = Uint32Array.from({ length: 256 }, (_, i) => i);

describe('computeThumbnail', () => {
  it('is the tiles themselves while the first token is shown', () => {
    const summary = two();
    const { values } = computeThumbnail(summary, 0, { pool: 'max', firstToken: 'keep' });
    expect(Array.from(values)).toEqual([1, 0, 0.75, 0.25]);
  });
  it('leaves the first token out, renormalised where tiles are tokens', () => {
    const drop = computeThumbnail(two(), 0, { pool: 'max', firstToken: 'drop' });
    expect(Array.from(drop.values)).toEqual([0, 0, 0, 0.25]);
    const divided = computeThumbnail(two(), 0, { pool: 'mean', firstToken: 'drop-renormalise' });
    expect(Array.from(divided.values)).toEqual([0, 0, 0, 1]);
  });
  it('does not change the summary', () => {
    const summary = two();
    computeThumbnail(summary, 0, { pool: 'max', firstToken: 'drop' });
    expect(summary.tiles.max[0]).toBe(1);
  });
});

describe('shrinkThumbnail', () => {
  it('keeps the largest, or the mean of causal tiles', () => {
    const values = Float32Array.of(0.9, 0, 0, 0, 0.1, 0.3, 0, 0, 0, 0.8, 0, 0, 0, 0, 0, 0.4);
    const largest = shrinkThumbnail(values, 4, 2, 'max');
    expect(Array.from(largest)).toEqual([Math.fround(0.9), 0, Math.fround(0.8), Math.fround(0.4)]);
    const mean = shrinkThumbnail(values, 4, 2, 'mean');
    expect(mean[0]).toBeCloseTo(1.3 / 3);
    expect(mean[2]).toBeCloseTo(0.2);
    expect(shrinkThumbnail(values, 4, 9, 'max')).toBe(values);
  });
});

describe('paintThumbnail', () => {
  const paint = (values: number[], scale: 'linear' | 'sqrt' | 'log' | 'row') => {
    const side = Math.sqrt(values.length);
    const pixels = new Uint32Array(values.length);
    paintThumbnail(Float32Array.from(values), side, scale, colors, pixels);
    return Array.from(pixels);
  };
  it('follows the scale', () => {
    expect(paint([1, 0, 0.25, 0.04], 'linear')).toEqual([255, 0, 64, 10]);
    expect(paint([1, 0, 0.25, 0.04], 'sqrt')).toEqual([255, 0, 128, 51]);
    expect(paint([1, 0, 0.25, 0.04], 'log')).toEqual([255, 0, 217, 166]);
    expect(paint([1, 0, 0.25, 0.05], 'row')).toEqual([255, 0, 255, 51]);
  });
  it('paints what is undefined, and rows of nothing, as nothing', () => {
    expect(paint([Number.NaN, 0, 0, 0], 'row')).toEqual([0, 0, 0, 0]);
    expect(paint([Number.NaN, 0, Number.NaN, 0.5], 'linear')).toEqual([0, 0, 0, 128]);
  });
});
