import { describe, expect, it } from 'vitest';
import { FakeEngine } from '../../testing/fake-engine.ts';
import { readExample, toTokenEntropies } from './example-entropies.ts';

describe('per-token entropy of a text', () => {
  it('comes from a run of its first tokens, without the first row', async () => {
    const engine = new FakeEngine({});
    const facts = await engine.loadModel({ fileName: 'x', sources: [] }, () => undefined);
    const shares: number[] = [];
    const example = await readExample(
      engine,
      'the cat saw the dog',
      facts,
      { addsBegin: false, length: 4 },
      (share) => shares.push(share),
      new AbortController().signal,
    );
    expect(example.tokens.ids).toHaveLength(4);
    expect(example.layers).toHaveLength(facts.layerCount);
    expect(shares.at(-1)).toBe(1);
    const { values, maxima } = toTokenEntropies(example, 0, 0, 'keep');
    expect(values).toHaveLength(4);
    expect(values[0]).toBeNaN();
    expect(maxima[3]).toBeCloseTo(Math.log(4), 12);
    for (const query of [1, 2, 3]) {
      expect(values[query]).toBeGreaterThanOrEqual(0);
      expect(values[query]).toBeLessThanOrEqual(maxima[query] + 1e-6);
    }
    // Without the first key, the second row has one key left: undefined.
    expect(toTokenEntropies(example, 0, 0, 'drop-renormalise').values[1]).toBeNaN();
  });
});
