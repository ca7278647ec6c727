import { describe, expect, it } from 'vitest';
import type { ModelConfig } from '../model/model-config.ts';
import type { RotationScaling } from '../model/rotation.ts';
import { createLayerSummary, getTokensPerTile } from '../tensor/summary-rows.ts';
import { planRun } from './run-layers.ts';
import { SequenceCache } from './sequence-cache.ts';

const ids = (length: number) => Int32Array.from({ length }, (_, i) => i % 50);

/** A cache of two layers that holds a text of `length` tokens, each layer turned for a length of its own. */
function cacheOf(length: number, scaling: RotationScaling, turned: readonly number[]) {
  const layers = turned.map(() => ({
    attention: { rotation: { size: 2, base: 10_000, scaling } },
  }));
  const config = { hiddenSize: 2, keyValueHeadCount: 1, headSize: 2, layerCount: 2, layers };
  const cache = new SequenceCache(config as unknown as ModelConfig);
  cache.outputIds = ids(length);
  cache.layers.forEach((layer, index) => {
    layer.ids = ids(length);
    layer.turnedFor = turned[index];
    layer.summary = createLayerSummary(index, 1, length, getTokensPerTile(length));
  });
  return cache;
}
const plain = { kind: 'none' } as const;
const dynamic = { kind: 'dynamic', factor: 2, originalLength: 100 } as const;

describe('planRun', () => {
  it('takes over what a longer text shares', () => {
    expect(planRun(cacheOf(60, plain, [60, 60]), ids(64)).kept).toBe(60);
  });
  it('runs again a text that became short enough to have its copies counted', () => {
    expect(planRun(cacheOf(2100, plain, [2100, 2100]), ids(2000)).kept).toBe(0);
    expect(planRun(cacheOf(2000, plain, [2000, 2000]), ids(1990)).kept).toBeGreaterThan(0);
  });
  it('takes nothing over from keys that were turned for another length, in any layer', () => {
    expect(planRun(cacheOf(90, dynamic, [90, 90]), ids(96)).kept).toBe(90);
    expect(planRun(cacheOf(90, dynamic, [90, 90]), ids(120)).kept).toBe(0);
    // A longer text was cancelled after its first layer.
    expect(planRun(cacheOf(90, dynamic, [120, 90]), ids(96)).kept).toBe(0);
  });
});
