import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../lib/sliced-work.ts';
import { type CausalSlice, rowOf, rowStart } from '../tensor/causal-slice.ts';
import { findDifference } from '../testing/close-to.ts';
import { computeFlow, FLOW_TOKENS } from './flow.ts';
import { addResidual, computeRollout, computeRolloutRows } from './rollout.ts';

/** Rows by hand, packed. */
const slice = (...rows: number[][]): CausalSlice => ({
  size: rows.length,
  packed: Float32Array.from(rows.flat()),
});
const uniform = (size: number): CausalSlice =>
  slice(...Array.from({ length: size }, (_, q) => Array(q + 1).fill(1 / (q + 1))));

const stacks = fc.record({ size: fc.integer({ min: 1, max: 8 }) }).chain(({ size }) =>
  fc.array(
    fc
      .array(fc.double({ min: 0.01, max: 1, noNaN: true }), {
        minLength: rowStart(size),
        maxLength: rowStart(size),
      })
      .map((values): CausalSlice => {
        const packed = Float32Array.from(values);
        for (let q = 0; q < size; q++) {
          const row = packed.subarray(rowStart(q), rowStart(q + 1));
          const sum = row.reduce((a, b) => a + b, 0);
          for (let k = 0; k <= q; k++) row[k] /= sum;
        }
        return { size, packed };
      }),
    { minLength: 1, maxLength: 4 },
  ),
);

describe('the residual connection', () => {
  it('is half the attention and half the token itself', () => {
    expect([...addResidual(slice([1], [0.5, 0.5]))]).toEqual([1, 0.25, 0.75]);
  });

  it('renormalises rows that do not sum to 1', () => {
    const [, ...row] = addResidual(slice([0], [1, 2]));
    expect(row).toEqual([0.25, 0.75]);
  });
});

describe('rollout', () => {
  it('is worked out by hand for two layers', () => {
    // A' has the row (.25 .75) in both layers: .25 + .75 · .25 reaches token 0.
    const layers = computeRollout([slice([1], [0.5, 0.5]), slice([1], [0.5, 0.5])]);
    expect([...rowOf(layers[0], 1)]).toEqual([0.25, 0.75]);
    expect([...rowOf(layers[1], 1)]).toEqual([0.4375, 0.5625]);
  });

  it('has rows that sum to 1, and one row alone is the same', () => {
    fc.assert(
      fc.property(stacks, (layers) => {
        const all = computeRollout(layers);
        for (let q = 0; q < all[0].size; q++) {
          const rows = finish(computeRolloutRows(layers, q));
          expect(rows).toHaveLength(layers.length);
          rows.forEach((row, layer) => {
            expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
            expect(findDifference(row, rowOf(all[layer], q), { atol: 1e-6 })).toBeNull();
          });
        }
      }),
    );
  });

  it('is undefined where a row is', () => {
    const [, row] = [0, rowOf(computeRollout([slice([1], [Number.NaN, Number.NaN])])[0], 1)];
    expect([...row]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('flow', () => {
  it('is worked out by hand for one layer and for two', () => {
    const layer = slice([1], [0.5, 0.5]);
    expect([...computeFlow([layer], 1).flow]).toEqual([0.25, 0.75]);
    // To token 0: over position 1 .25, over position 0 another .25. To token 1: .75 in both layers.
    const two = computeFlow([layer, layer], 1);
    expect([...two.flow]).toEqual([0.5, 0.75]);
    expect(findDifference(two.share, [0.4, 0.6], { atol: 1e-12 })).toBeNull();
  });

  it('is never less than one path gives, nor more than a token gets or the query has', () => {
    fc.assert(
      fc.property(stacks, (layers) => {
        const query = layers[0].size - 1;
        const { flow, share } = computeFlow(layers, query);
        expect(share.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        const straight = Math.min(
          ...layers.map((each) => addResidual(each)[rowStart(query) + query]),
        );
        expect(flow[query]).toBeGreaterThanOrEqual(straight - 1e-9);
        for (const each of flow) expect(each).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });

  it('does not look at what comes after the query', () => {
    const layers = [uniform(6), uniform(6)];
    const before = layers.map(() => uniform(4));
    expect(computeFlow(layers, 3)).toEqual(computeFlow(before, 3));
  });

  it('is undefined where a weight is, and refused for long texts', () => {
    expect([...computeFlow([slice([1], [Number.NaN, 1])], 1).share]).toEqual([
      Number.NaN,
      Number.NaN,
    ]);
    const long = [uniform(FLOW_TOKENS + 1)];
    expect(() => computeFlow(long, FLOW_TOKENS)).toThrow(
      expect.objectContaining({ code: 'text-too-long', details: { tokens: 41, limit: 40 } }),
    );
    expect(computeFlow(long, FLOW_TOKENS - 1).flow).toHaveLength(40);
  });
});
