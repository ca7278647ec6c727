import { describe, expect, it } from 'vitest';
import { dequantise, findNonFinite } from './dequantise.ts';
import { type TensorType, tensorTypeById } from './tensor-types.ts';

/*
 * Blocks written by hand from the layouts of ggml-common.h. Halves: 0x3c00 = 1, 0x3800 = 0.5,
 * 0xc000 = -2, 0x3400 = 0.25, 0x0001 = 2^-24.
 */
const ID = { F32: 0, F16: 1, Q4_0: 2, Q4_1: 3, Q5_0: 6, Q5_1: 7, Q8_0: 8, Q6_K: 14, BF16: 30 };

function typeOf(name: keyof typeof ID): TensorType {
  const type = tensorTypeById(ID[name]);
  if (type === null) throw new Error(`${name} is not known`);
  return type;
}
function valuesOf(name: keyof typeof ID, bytes: readonly number[]): number[] {
  const type = typeOf(name);
  const out = new Float32Array((bytes.length / type.blockBytes) * type.blockValues);
  dequantise(type, Uint8Array.from(bytes), out);
  return Array.from(out);
}
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
/** Sixteen bytes whose low nibbles are 0..15 and whose high nibbles are 15..0. */
const NIBBLES = Array.from({ length: 16 }, (_, i) => i | ((15 - i) << 4));
const RISING = Array.from({ length: 16 }, (_, i) => i);
const FALLING = RISING.toReversed();

describe('dequantise', () => {
  it('F32 as it is, at any offset of the buffer', () => {
    const bytes = new Uint8Array(9);
    new DataView(bytes.buffer).setFloat32(1, -2.5, true);
    new DataView(bytes.buffer).setFloat32(5, 1e-40, true);
    const out = new Float32Array(2);
    dequantise(typeOf('F32'), bytes.subarray(1), out);
    expect(Array.from(out)).toEqual([-2.5, Math.fround(1e-40)]);
  });
  it('F16: normal, subnormal, zero of both signs, largest', () => {
    const bytes = [0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00, 0x00, 0x80, 0xff, 0x7b, 0xff, 0x03];
    expect(valuesOf('F16', bytes)).toEqual([1, -2, 2 ** -24, -0, 65504, 1023 * 2 ** -24]);
  });
  it('BF16: the upper half of a float32', () => {
    expect(valuesOf('BF16', [0x80, 0x3f, 0x49, 0x40, 0x00, 0xc0])).toEqual([1, 3.140625, -2]);
  });
  it('Q4_0: d (q - 8), low nibbles first', () => {
    expect(valuesOf('Q4_0', [0x00, 0x38, ...NIBBLES])).toEqual(
      [...RISING, ...FALLING].map((q) => 0.5 * (q - 8)),
    );
  });
  it('Q4_1: d q + m', () => {
    expect(valuesOf('Q4_1', [0x00, 0x38, 0x00, 0xc0, ...NIBBLES])).toEqual(
      [...RISING, ...FALLING].map((q) => 0.5 * q - 2),
    );
  });
  it('Q5_0: the fifth bit of value i is bit i of the next four bytes', () => {
    const high = [0x01, 0x00, 0x02, 0x80];
    const fifth = (i: number): number => (i === 0 || i === 17 || i === 31 ? 16 : 0);
    expect(valuesOf('Q5_0', [0x00, 0xc0, ...high, ...NIBBLES])).toEqual(
      [...RISING, ...FALLING].map((q, i) => -2 * (q + fifth(i) - 16)),
    );
  });
  it('Q5_1: d q + m with five bits', () => {
    expect(valuesOf('Q5_1', [0x00, 0x34, 0x00, 0x3c, 0xff, 0xff, 0x00, 0x00, ...NIBBLES])).toEqual([
      ...RISING.map((q) => 0.25 * (q + 16) + 1),
      ...FALLING.map((q) => 0.25 * q + 1),
    ]);
  });
  it('Q8_0: d q with signed bytes', () => {
    const bytes = [0x00, 0x38, 0x80, 0x7f, 0xff, ...times(29, 0)];
    expect(valuesOf('Q8_0', bytes)).toEqual([-64, 63.5, -0.5, ...times(29, 0)]);
  });
  it('Q6_K: d s (q - 32), two bits from the upper bytes, a scale for 16 values', () => {
    const low = times(128, 0);
    const high = times(64, 0);
    const scales = times(16, 1);
    low[0] = 0x21; // value 0 gets 1, value 64 gets 2
    low[32] = 0x43; // value 32 gets 3, value 96 gets 4
    high[0] = 0b11_10_01_00; // plus 0, 16, 32, 48
    low[64 + 31] = 0x0f; // value 128 + 31 gets 15
    high[32 + 31] = 0b00_00_00_11; // plus 48
    scales[9] = 0xfe; // -2 for values 128 + 16 to 128 + 31
    const values = valuesOf('Q6_K', [...low, ...high, ...scales, 0x00, 0x38]);
    expect([0, 32, 64, 96].map((i) => values[i])).toEqual([
      0.5 * (1 - 32),
      0.5 * (3 + 16 - 32),
      0.5 * (2 + 32 - 32),
      0.5 * (4 + 48 - 32),
    ]);
    expect(values[128 + 31]).toBe(0.5 * -2 * (15 + 48 - 32));
    expect(values[128 + 30]).toBe(0.5 * -2 * -32);
    expect(values[128 + 15]).toBe(-16);
    expect(values).toHaveLength(256);
  });
  it('several blocks one after another, from a place in the output on', () => {
    const out = new Float32Array(70).fill(9);
    const block = [0x00, 0x3c, ...times(32, 1)];
    dequantise(typeOf('Q8_0'), Uint8Array.from([...block, 0x00, 0x38, ...times(32, 2)]), out, 3);
    expect(Array.from(out.subarray(0, 5))).toEqual([9, 9, 9, 1, 1]);
    expect(Array.from(out.subarray(66))).toEqual([1, 9, 9, 9]);
  });
  it('nothing of nothing', () => expect(valuesOf('Q4_1', [])).toEqual([]));
});

describe('findNonFinite', () => {
  const find = (name: keyof typeof ID, bytes: readonly number[]) =>
    findNonFinite(
      typeOf(name),
      Float32Array.from(valuesOf(name, bytes)),
      0,
      valuesOf(name, bytes).length,
    );
  it('finds NaN and infinities among floats', () => {
    expect(find('F16', [0x00, 0x3c, 0x00, 0x7e])).toBe(1);
    expect(find('F16', [0x00, 0x7c])).toBe(0);
    expect(find('BF16', [0x80, 0x3f, 0x80, 0xff])).toBe(1);
    expect(find('F16', [0xff, 0x7b])).toBe(-1);
  });
  it.each<[keyof typeof ID, number[]]>([
    ['Q4_0', []],
    ['Q4_1', [0, 0]],
    ['Q5_0', [0, 0, 0, 0]],
    ['Q5_1', [0, 0, 0, 0, 0, 0]],
  ])('finds a scale of %s that is no number, whatever its values', (name, between) => {
    for (const nibbles of [times(16, 0), NIBBLES, times(16, 0x88)]) {
      const good = [0x00, 0x3c, ...between, ...nibbles];
      expect(find(name, good)).toBe(-1);
      expect(find(name, [...good, 0x00, 0x7c, ...between, ...nibbles])).toBe(32);
      expect(find(name, [...good, 0x01, 0xfe, ...between, ...nibbles])).toBe(32);
    }
  });
  it('finds a minimum that is no number', () => {
    expect(find('Q4_1', [0x00, 0x3c, 0x00, 0x7e, ...NIBBLES])).toBe(0);
  });
});
