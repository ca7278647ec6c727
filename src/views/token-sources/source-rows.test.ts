import { describe, expect, it } from 'vitest';
import { finish } from '../../lib/sliced-work.ts';
import type { CausalSlice } from '../../tensor/causal-slice.ts';
import { computeSourceRows, findLargestBetween } from './source-rows.ts';

const layer: CausalSlice = { size: 2, packed: Float32Array.of(1, 0.5, 0.5) };
const rowsOf = (method: 'rollout' | 'flow' | 'mean', query = 1) =>
  finish(computeSourceRows([layer, layer], query, method)).map((row) => Array.from(row));

describe('where a token’s state comes from', () => {
  it('is worked out by hand for two layers', () => {
    expect(rowsOf('mean')).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
    expect(rowsOf('rollout')).toEqual([
      [0.25, 0.75],
      [0.4375, 0.5625],
    ]);
    // Flow: .5 to token 0 and .75 to token 1, as shares of both.
    const [flow] = rowsOf('flow');
    expect(flow[0]).toBeCloseTo(0.4, 6);
    expect(flow[1]).toBeCloseTo(0.6, 6);
  });

  it('is the token itself for the first one', () => {
    for (const method of ['rollout', 'flow', 'mean'] as const)
      for (const row of rowsOf(method, 0)) expect(row).toEqual([1]);
  });

  it('is coloured up to the largest that is neither the first token’s nor its own', () => {
    expect(
      findLargestBetween([
        [0.9, 0.1, 0.7],
        [0.7, 0.3, 0.1],
      ]),
    ).toBe(0.3);
    expect(findLargestBetween([[1], [0.5, 0.5]])).toBe(0);
    expect(findLargestBetween([])).toBe(0);
  });
});
