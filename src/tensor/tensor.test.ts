import { describe, expect, it } from 'vitest';
import { findDifference } from '../testing/close-to.ts';
import { toNpy } from './npy.ts';
import { parseSafetensors, toSafetensors } from './safetensors.ts';
import {
  causalCellsOfTile,
  createLayerSummary,
  extendSummary,
  getTokensPerTile,
} from './summary-rows.ts';

describe('safetensors', () => {
  const file = toSafetensors(
    [
      { name: 'a', shape: [2, 2], data: Float32Array.of(1, -2.5, 3, Number.NaN) },
      { name: 'b', shape: [3], data: Int32Array.of(1, -2, 3) },
      { name: 'none', shape: [0, 4], data: new Float32Array(0) },
    ],
    { model: 'x "quoted"' },
  );
  it('comes back as it went', () => {
    const { arrays, metadata } = parseSafetensors(file);
    expect(arrays.map(({ name, shape }) => [name, shape])).toEqual([
      ['a', [2, 2]],
      ['b', [3]],
      ['none', [0, 4]],
    ]);
    expect(arrays[0].data).toEqual(Float32Array.of(1, -2.5, 3, Number.NaN));
    expect(arrays[1].data).toEqual(Int32Array.of(1, -2, 3));
    expect(metadata).toEqual({ model: 'x "quoted"' });
  });
  it('starts its data on 8 bytes', () => {
    const length = Number(new DataView(file.buffer).getBigUint64(0, true));
    expect((8 + length) % 8).toBe(0);
  });
  it('refuses what is cut or lies, saying so', () => {
    expect(() => parseSafetensors(file.subarray(0, 4))).toThrow(/header/);
    expect(() => parseSafetensors(file.subarray(0, 40))).toThrow(/header/);
    expect(() => parseSafetensors(file.subarray(0, file.length - 4))).toThrow(/outside/);
    const bad = file.slice();
    bad[8] = 0x78;
    expect(() => parseSafetensors(bad)).toThrow(/JSON/);
  });
});

it('an NPY file has its magic, an aligned header and the numbers', () => {
  const file = toNpy({ name: 'a', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
  const headerLength = 10 + new DataView(file.buffer).getUint16(8, true);
  expect(headerLength % 64).toBe(0);
  expect(new TextDecoder('latin1').decode(file.subarray(0, 6))).toBe('\x93NUMPY');
  expect(new TextDecoder().decode(file.subarray(10, headerLength))).toContain("'shape': (2, 3)");
  expect(new Float32Array(file.slice(headerLength).buffer)).toEqual(
    Float32Array.of(1, 2, 3, 4, 5, 6),
  );
});

describe('tiles', () => {
  it('are cells up to 64 tokens, then powers of two', () => {
    expect([1, 64, 65, 512, 513, 8192].map(getTokensPerTile)).toEqual([1, 1, 2, 8, 16, 128]);
  });
  it('count causal cells', () => {
    expect(causalCellsOfTile(0, 0, 4, 10)).toBe(10);
    expect(causalCellsOfTile(1, 0, 4, 10)).toBe(16);
    expect(causalCellsOfTile(2, 2, 4, 10)).toBe(3);
    expect(causalCellsOfTile(2, 0, 4, 10)).toBe(8);
    expect(causalCellsOfTile(0, 1, 4, 10)).toBe(0);
  });
  it('keep their maximum and mean when they grow coarser', () => {
    const base = createLayerSummary(0, 1, 4, 1);
    base.tiles.max.set([1, 0, 0, 0, 0.4, 0.6, 0, 0, 0.2, 0.3, 0.5, 0, 0.1, 0.2, 0.3, 0.4]);
    base.tiles.mean.set(base.tiles.max);
    base.entropy.set([0, 1, 2, 3]);
    const wide = extendSummary(base, 4, 5, 2);
    expect(wide.tiles.count).toBe(3);
    const at = (row: number, column: number) => row * 3 + column;
    expect(wide.tiles.max[at(0, 0)]).toBe(1);
    expect(wide.tiles.max[at(1, 0)]).toBeCloseTo(0.3);
    expect(wide.tiles.mean[at(0, 0)]).toBeCloseTo(2 / 3);
    expect(wide.tiles.mean[at(1, 0)]).toBeCloseTo(0.2);
    const entropy = [0, 1, 2, 3, Number.NaN];
    expect(findDifference(wide.entropy, entropy, { atol: 0 }, true)).toBeNull();
  });
});
