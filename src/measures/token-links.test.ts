import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STRONGEST_KEYS } from '../tensor/layer-summary.ts';
import { createLayerSummary } from '../tensor/summary-rows.ts';
import { findLayerLinks } from './token-links.ts';

/** A layer whose heads have these rows, [head][query][key]. */
function layerOf(heads: number[][][]) {
  const n = heads[0].length;
  const summary = createLayerSummary(4, heads.length, n, 1);
  heads.forEach((rows, head) => {
    rows.forEach((row, query) => {
      const order = [...row.keys()].sort((a, b) => row[b] - row[a]).slice(0, STRONGEST_KEYS);
      order.forEach((key, k) => {
        const at = (head * n + query) * STRONGEST_KEYS + k;
        summary.strongestKeys[at] = key;
        summary.strongestWeights[at] = row[key];
      });
    });
  });
  return summary;
}

describe('findLayerLinks', () => {
  const layer = layerOf([
    [[1], [0.75, 0.25], [0.25, 0.25, 0.5], [0.5, 0, 0.375, 0.125]],
    [[1], [0.5, 0.5], [0.125, 0.75, 0.125], [0.25, 0.5, 0.125, 0.125]],
  ]);
  it('finds whom a token looks at, the first token and itself aside', () => {
    expect(findLayerLinks(layer, 2).key).toEqual({ layer: 4, head: 1, other: 1, weight: 0.75 });
    expect(findLayerLinks(layer, 1).key).toBeNull();
  });
  it('finds who looks at a token', () => {
    expect(findLayerLinks(layer, 1).query).toEqual({ layer: 4, head: 1, other: 2, weight: 0.75 });
    expect(findLayerLinks(layer, 2).query).toEqual({ layer: 4, head: 0, other: 3, weight: 0.375 });
    expect(findLayerLinks(layer, 3).query).toBeNull();
  });
  it('does not choke on a token that is not there', () => {
    expect(findLayerLinks(layer, 9)).toEqual({ key: null, query: null });
    expect(findLayerLinks(createLayerSummary(0, 2, 0, 1), 0)).toEqual({ key: null, query: null });
  });
  it('equals the matrices while rows are short enough to be kept whole', () => {
    const row = (length: number) =>
      fc.array(
        fc.integer({ min: 1, max: 1000 }).map((x) => Math.fround(x / 1000)),
        {
          minLength: length,
          maxLength: length,
        },
      );
    const head = fc.tuple(...Array.from({ length: STRONGEST_KEYS }, (_, i) => row(i + 1)));
    fc.assert(
      fc.property(fc.tuple(head, head), fc.nat(STRONGEST_KEYS - 1), (heads, token) => {
        const links = findLayerLinks(layerOf(heads), token);
        const keys = heads.flatMap((rows) => rows[token].slice(1, token));
        const queries = heads.flatMap((rows) => rows.slice(token + 1).map((each) => each[token]));
        expect(links.key?.weight ?? 0).toBe(Math.max(0, ...keys));
        expect(links.query?.weight ?? 0).toBe(Math.max(0, ...queries));
      }),
    );
  });
});
