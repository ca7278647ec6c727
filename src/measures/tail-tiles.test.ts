import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LayerSummary, STRONGEST_KEYS } from '../tensor/layer-summary.ts';
import { causalCellsOfTile, createLayerSummary } from '../tensor/summary-rows.ts';
import { computeTailColumn } from './tail-tiles.ts';

/** A summary of one head with tiles of `side` tokens, as the engine makes it from these rows. */
function summarise(rows: readonly (readonly number[])[], side: number): LayerSummary {
  const n = rows.length;
  const summary = createLayerSummary(0, 1, n, side);
  const { count, max, mean } = summary.tiles;
  rows.forEach((row, query) => {
    summary.tailMass[query] = row.slice(1).reduce((sum, weight) => sum + weight, 0);
    row.forEach((weight, key) => {
      const tileRow = Math.floor(query / side);
      const column = Math.floor(key / side);
      const at = tileRow * count + column;
      max[at] = Math.max(max[at], weight);
      mean[at] += weight / causalCellsOfTile(tileRow, column, side, n);
    });
    const order = [...row.keys()].sort((a, b) => row[b] - row[a]).slice(0, STRONGEST_KEYS);
    order.forEach((key, k) => {
      summary.strongestKeys[query * STRONGEST_KEYS + k] = key;
      summary.strongestWeights[query * STRONGEST_KEYS + k] = row[key];
    });
  });
  return summary;
}

/** The first column without key 0, the slow way. */
function expected(rows: readonly (readonly number[])[], side: number, pool: 'max' | 'mean') {
  return Array.from({ length: Math.ceil(rows.length / side) }, (_, r) => {
    const cells = rows.slice(r * side, (r + 1) * side).flatMap((row) => row.slice(1, side));
    if (cells.length === 0) return 0;
    return pool === 'max'
      ? Math.max(...cells)
      : cells.reduce((sum, weight) => sum + weight, 0) / cells.length;
  });
}

describe('computeTailColumn', () => {
  it('is hand-checkable', () => {
    const rows = [[1], [0.7, 0.3], [0.5, 0.1, 0.4], [0.6, 0.2, 0.1, 0.1]];
    expect(Array.from(computeTailColumn(summarise(rows, 2), 0, 'max').values)).toEqual([
      Math.fround(0.3),
      Math.fround(0.2),
    ]);
    const mean = computeTailColumn(summarise(rows, 2), 0, 'mean').values;
    expect(mean[0]).toBeCloseTo(0.3, 6);
    expect(mean[1]).toBeCloseTo(0.15, 6);
  });
  it('is empty where tiles hold one token, and of nothing', () => {
    const { values, largestError } = computeTailColumn(summarise([[1], [0.4, 0.6]], 1), 0, 'max');
    expect(Array.from(values)).toEqual([0, 0]);
    expect(largestError).toBe(0);
    expect(computeTailColumn(createLayerSummary(0, 1, 0, 4), 0, 'mean').values).toHaveLength(0);
  });
  it('equals the matrix for any rows, the maximum within the error that it tells', () => {
    const row = (length: number) =>
      fc
        .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: length, maxLength: length })
        .map((raw) => {
          const sharp = raw.map((value, key) => value ** 6 + (key === 0 ? 2 : 1e-9));
          const total = sharp.reduce((sum, value) => sum + value, 0);
          return sharp.map((value) => value / total);
        });
    const matrix = fc
      .integer({ min: 1, max: 30 })
      .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => row(i + 1))));
    fc.assert(
      fc.property(matrix, fc.constantFrom(2, 4, 8), (rows, side) => {
        const summary = summarise(rows, side);
        expected(rows, side, 'mean').forEach((value, r) => {
          expect(computeTailColumn(summary, 0, 'mean').values[r]).toBeCloseTo(value, 5);
        });
        const { values, largestError } = computeTailColumn(summary, 0, 'max');
        expected(rows, side, 'max').forEach((value, r) => {
          expect(values[r]).toBeLessThanOrEqual(value + 1e-5);
          expect(values[r]).toBeGreaterThanOrEqual(value - largestError - 1e-5);
        });
      }),
    );
  });
});
