import { describe, expect, it } from 'vitest';
import type { HeadValues } from '../../measures/head-measures.ts';
import { headValues } from '../../testing/head-values.ts';
import { type MeasuredHead, orderHeads } from './order-heads.ts';

const nothing = headValues({
  entropy: 1,
  distance: 1,
  first: 0,
  previous: 0,
  current: 0,
  duplicate: 0,
  induction: 0,
  confidence: 0,
});
const head = (layer: number, values: Partial<HeadValues>): MeasuredHead => ({
  layer,
  head: 0,
  values: { ...nothing, ...values },
});
const layersOf = (groups: ReturnType<typeof orderHeads>) =>
  groups.map(({ group, heads }) => [group, heads.map(({ layer }) => layer)]);

describe('orderHeads', () => {
  it('puts roles together, strongest first, and the rest by layer at the end', () => {
    const heads = [
      head(0, { previous: 0.5 }),
      head(1, {}),
      head(2, { induction: 0.6 }),
      head(3, { previous: 0.9 }),
      head(4, { induction: 0.8, previous: 0.9 }),
      head(5, { first: 0.95 }),
      head(6, { induction: Number.NaN }),
    ];
    expect(layersOf(orderHeads(heads, 'role'))).toEqual([
      ['induction', [4, 2]],
      ['previous', [3, 0]],
      ['first', [5]],
      ['none', [1, 6]],
    ]);
  });
  it('sorts by a measure, largest first, undefined last, equals by layer', () => {
    const heads = [
      head(0, { entropy: 1 }),
      head(1, { entropy: Number.NaN }),
      head(2, { entropy: 3 }),
      head(3, { entropy: 1 }),
      head(4, { entropy: Number.NaN }),
    ];
    expect(layersOf(orderHeads(heads, 'entropy'))).toEqual([[null, [2, 0, 3, 1, 4]]]);
    expect(
      orderHeads([head(0, { first: 0.2 }), head(1, { first: 0.3 })], 'first-token')[0].heads[0]
        .layer,
    ).toBe(1);
  });
  it('does not choke on nothing', () => {
    expect(orderHeads([], 'role')).toEqual([]);
  });
});
