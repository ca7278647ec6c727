import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModelPath } from '../batch/model-sources.ts';
import {
  choosePrecision,
  type Device,
  decidePrecision,
  estimateMemory,
  type MemoryEstimate,
  type MemoryEstimates,
} from './memory-estimate.ts';
import type { ModelFile } from './model-file.ts';

const GB = 2 ** 30;
/** Peaks that were measured with the embedded model and 512 tokens, bytes. */
const MEASURED = {
  wasm: { dequantised: 1458e6, packed: 850e6 },
  native: { dequantised: 1500e6, packed: 638e6 },
} as const;

let file: ModelFile;
beforeAll(async () => {
  file = await openModelPath('public/models/SmolLM2-135M-Instruct.Q4_1.gguf');
});
afterAll(() => file.close());

describe('the estimate', () => {
  it.each([
    ['wasm', 'dequantised'],
    ['wasm', 'packed'],
    ['native', 'dequantised'],
    ['native', 'packed'],
  ] as const)('of %s, %s is within 20 %% of what was measured', (device, precision) => {
    const { total } = estimateMemory(file, device)[precision];
    expect(total / MEASURED[device][precision]).toBeGreaterThan(0.87);
    expect(total / MEASURED[device][precision]).toBeLessThan(1.2);
  });

  it('counts weights to the byte', () => {
    const { dequantised, packed } = estimateMemory(file, 'wasm');
    const matrices = 30 * (2 * 576 * 576 + 2 * 192 * 576 + 3 * 1536 * 576);
    const vocabulary = 49152 * 576;
    const gains = 61 * 576;
    expect(dequantised.weights).toBe(4 * (matrices + vocabulary + gains));
    // 4 bits with scale and shift for 32 values; 8 bits with a scale for 32.
    expect(packed.weights).toBe(0.75 * matrices + 1.125 * vocabulary + 4 * gains);
    expect(packed.embedding).toBe((vocabulary / 32) * 34);
  });

  it('grows with the text: its caches by every token, its block up to 256 queries', () => {
    const short = estimateMemory(file, 'wasm', 16).packed;
    const long = estimateMemory(file, 'wasm', 8192).packed;
    expect(long.text).toBeGreaterThan(short.text * 100);
    expect(long.heap - long.weights).toBeGreaterThan(6 * 4 * 9 * 256 * 8192);
    expect(long.weights).toBe(short.weights);
  });

  it('is the same for both where the file has no quantised weights', async () => {
    const plain = await openModelPath('src/testing/golden/architectures/llama/model.gguf');
    const { dequantised, packed } = estimateMemory(plain, 'wasm');
    expect(packed).toEqual(dequantised);
    expect(decidePrecision(plain, 'webgpu', 'auto', null)).toBe('dequantised');
    expect(decidePrecision(plain, 'webgpu', 'packed', null)).toBe('packed');
    await plain.close();
  });
});

describe('the choice', () => {
  const estimate = (weights: number): MemoryEstimate => ({
    weights,
    embedding: 0,
    handedOver: 0,
    heap: weights,
    text: 0,
    total: weights + 0.5 * GB,
  });
  const estimates = (large: number, small: number): MemoryEstimates => ({
    dequantised: estimate(large * GB),
    packed: estimate(small * GB),
    isQuantised: true,
  });
  const choose = (device: Device, large: number, small: number, memory: number | null) =>
    choosePrecision({
      estimates: estimates(large, small),
      device,
      memoryBytes: memory === null ? null : memory * GB,
    });

  it.each<[Device, number, number, number | null, string]>([
    ['wasm', 0.9, 0.2, 8, 'dequantised, fits: memory-suffices'],
    ['wasm', 0.9, 0.2, 2.8, 'dequantised, fits: memory-suffices'],
    ['wasm', 0.9, 0.2, 2.7, 'packed, fits: memory-short'],
    ['wasm', 1, 0.2, 1, 'packed, does not fit: memory-short'],
    ['wasm', 0.9, 0.5, null, 'dequantised, fits: memory-suffices'],
    ['wasm', 1.1, 0.5, null, 'packed, fits: memory-short'],
    ['wasm', 1.1, 0.5, 64, 'packed, fits: memory-short'],
    ['wasm', 16, 4, 64, 'packed, does not fit: memory-short'],
    ['native', 16, 4, 64, 'dequantised, fits: memory-suffices'],
    ['webgpu', 1, 0.2, 64, 'packed, fits: adapter'],
    ['webgpu', 1, 1, 64, 'dequantised, fits: not-compressed'],
    ['wasm', 5, 5, 64, 'dequantised, does not fit: not-compressed'],
  ])(
    'on %s, %d or %d GB of weights in %s GB of memory: %s',
    (device, large, small, memory, says) => {
      const { precision, fits, reason } = choose(device, large, small, memory);
      expect(`${precision}, ${fits ? 'fits' : 'does not fit'}: ${reason}`).toBe(says);
    },
  );

  it('is what was asked for', () => {
    expect(decidePrecision(file, 'wasm', 'packed', 64 * GB)).toBe('packed');
    expect(decidePrecision(file, 'webgpu', 'dequantised', 64 * GB)).toBe('dequantised');
    expect(decidePrecision(file, 'wasm', 'auto', 8 * GB)).toBe('dequantised');
    expect(decidePrecision(file, 'wasm', 'auto', 2 * GB)).toBe('packed');
  });
});
