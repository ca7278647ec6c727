import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowStart } from '../tensor/causal-slice.ts';
import { listCells } from '../testing/list-cells.ts';
import { randomAttention } from '../testing/random-attention.ts';
import { summariseSlices } from '../testing/summarise-slices.ts';
import { comparePainted, createPaintedPattern, poolTiles } from './painted-pattern.ts';
import { sumPattern } from './patterns/pattern-measure.ts';

const painted = (...rows: number[][]) => ({
  side: rows.length,
  values: Float32Array.from(rows.flat()),
});
const diagonal = painted([1, 0], [0, 1]);

describe('a painted matrix', () => {
  it('is stretched over a text', () => {
    expect(listCells(createPaintedPattern(diagonal, 4))).toEqual([
      '0>0',
      '1>0',
      '1>1',
      '2>2',
      '3>2',
      '3>3',
    ]);
    expect(listCells(createPaintedPattern(painted([0, 0], [0.5, 0.4]), 3))).toEqual(['1>0', '2>0']);
    expect(createPaintedPattern(diagonal, 0).keys).toHaveLength(0);
  });
  it('is compared with how a head’s parts share their attention out', () => {
    const rows = [[1], [0.5, 0.5], [0.1, 0.1, 0.8], [0, 0.2, 0.4, 0.4]];
    const slice = { size: 4, packed: Float32Array.from(rows.flat()) };
    const summary = summariseSlices([slice], Int32Array.of(1, 2, 3, 4));
    expect(Array.from(poolTiles(summary, 0, 2), (mass) => Number(mass.toFixed(5)))).toEqual([
      2, 0, 0.4, 1.6,
    ]);
    const { correlation, mass } = comparePainted(diagonal, summary, 0);
    expect(mass).toBeCloseTo(0.9);
    // Painted 1 0 1 against shares 1 .2 .8.
    expect(correlation).toBeCloseTo(0.4666667 / Math.sqrt(0.6666667 * 0.3466667), 5);
    expect(comparePainted(painted([0, 0], [0, 1]), summary, 0, true).correlation).toBeNaN();
  });
  it('gives all of the mass to the head that it was painted from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 16 }), (n, side) => {
        const values = Float32Array.from({ length: side * side }, (_, i) =>
          Math.floor(i / side) === i % side ? 1 : 0,
        );
        const packed = new Float32Array(rowStart(n));
        for (let i = 0; i < n; i++) packed[rowStart(i) + i] = 1;
        const summary = summariseSlices([{ size: n, packed }], new Int32Array(n));
        const score = comparePainted({ side, values }, summary, 0);
        expect(score.mass).toBeCloseTo(1, 6);
        if (Math.min(side, n) > 1) expect(score.correlation).toBeCloseTo(1, 6);
        else expect(score.correlation).toBeNaN();
      }),
    );
  });
  it('in black and white has the mass of its cells', () => {
    fc.assert(
      fc.property(
        randomAttention(),
        fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
        ({ ids, slices }, cells) => {
          const matrix = { side: 3, values: Float32Array.from(cells, Number) };
          const pattern = createPaintedPattern(matrix, ids.length);
          const { mass } = comparePainted(matrix, summariseSlices(slices, ids), 0);
          expect(mass).toBeCloseTo(sumPattern(slices[0], pattern) / ids.length, 5);
        },
      ),
    );
  });
});
