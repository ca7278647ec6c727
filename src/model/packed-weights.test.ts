import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dequantise } from './dequantise.ts';
import {
  getPackedRowBytes,
  getPackedType,
  type PackedParts,
  packBlocks,
} from './packed-weights.ts';
import { type TensorType, tensorTypeByName } from './tensor-types.ts';

const FORMS: readonly (readonly [string, 4 | 8, 16 | 32, boolean])[] = [
  ['Q4_0', 4, 32, false],
  ['Q4_1', 4, 32, true],
  ['Q5_0', 8, 32, false],
  ['Q5_1', 8, 32, true],
  ['Q8_0', 8, 32, false],
  ['Q2_K', 4, 16, true],
  ['Q3_K', 4, 16, false],
  ['Q4_K', 4, 32, true],
  ['Q5_K', 8, 32, true],
  ['Q6_K', 8, 16, false],
  ['IQ4_NL', 8, 32, false],
  ['IQ4_XS', 8, 32, false],
];

function typeOf(name: string): TensorType {
  const type = tensorTypeByName(name);
  if (type === null) throw new Error(`${name} is not known`);
  return type;
}

/** Room for `values` values; what is not written stays 99. */
function roomFor(type: TensorType, values: number): PackedParts {
  const packed = getPackedType(type);
  if (packed === null) throw new Error(`${type.name} is not quantised`);
  const bytes = getPackedRowBytes(packed, values);
  return {
    codes: new Uint8Array(bytes.codes).fill(99),
    scales: new Float32Array(bytes.scales / 4).fill(99),
    shifts: packed.hasShifts ? new Float32Array(bytes.shifts / 4).fill(99) : null,
  };
}

/** w = scale (code - zero) + shift as the operator and the product of the shifts compute it. */
function openValue({ codes, scales, shifts }: PackedParts, type: TensorType, i: number): number {
  const { bits, partValues } = getPackedType(type) ?? { bits: 8, partValues: 32 };
  const code = bits === 8 ? codes[i] : (codes[i >> 1] >> (4 * (i & 1))) & 15;
  const part = Math.floor(i / partValues);
  return scales[part] * (code - (bits === 8 ? 128 : 8)) + (shifts?.[part] ?? 0);
}

describe.each(FORMS)('%s', (name, bits, partValues, hasShifts) => {
  const type = typeOf(name);

  it(`takes ${bits} bits in parts of ${partValues}`, () => {
    expect(getPackedType(type)).toEqual({ bits, partValues, hasShifts });
  });

  it('opened again gives the dequantised values of any finite blocks', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 2 * type.blockBytes, maxLength: 2 * type.blockBytes }),
        (bytes) => {
          const values = new Float32Array(2 * type.blockValues);
          dequantise(type, bytes, values);
          fc.pre(values.every(Number.isFinite));
          const out = roomFor(type, values.length);
          expect(packBlocks(type, bytes, out, 0)).toBe(-1);
          values.forEach((value, i) => {
            const part = Math.floor(i / partValues);
            const largest = Math.abs(out.scales[part]) * 128 + Math.abs(out.shifts?.[part] ?? 0);
            // Two roundings to float32 of what the parts are made of; none where there are no shifts.
            const tolerance = hasShifts ? 2 ** -23 * largest : 0;
            expect(Math.abs(Math.fround(openValue(out, type, i)) - value)).toBeLessThanOrEqual(
              tolerance,
            );
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is written from a value on, and leaves what lies beside it', () => {
    const bytes = new Uint8Array(type.blockBytes).fill(0x11);
    const out = roomFor(type, 3 * type.blockValues);
    packBlocks(type, bytes, out, type.blockValues);
    const alone = roomFor(type, type.blockValues);
    packBlocks(type, bytes, alone, 0);
    for (const key of ['codes', 'scales', 'shifts'] as const) {
      const part = alone[key];
      if (part === null) continue;
      const expected = [...part.map(() => 99), ...part, ...part.map(() => 99)];
      expect(Array.from(out[key] ?? [])).toEqual(expected);
    }
  });
});

describe('packBlocks', () => {
  it('puts the first of two codes into the low half, Q4_0', () => {
    const nibbles = Array.from({ length: 16 }, (_, i) => i | ((15 - i) << 4));
    const out = roomFor(typeOf('Q4_0'), 32);
    packBlocks(typeOf('Q4_0'), Uint8Array.from([0x00, 0x38, ...nibbles]), out, 0);
    expect(Array.from(out.codes.subarray(0, 3))).toEqual([0x10, 0x32, 0x54]);
    expect(Array.from(out.codes.subarray(8, 10))).toEqual([0xef, 0xcd]);
    expect(Array.from(out.scales)).toEqual([0.5]);
    expect(out.shifts).toBeNull();
  });

  it('keeps the codes of Q4_1 and moves their zero into the shift: m + 8 d', () => {
    const out = roomFor(typeOf('Q4_1'), 32);
    const bytes = [0x00, 0x38, 0x00, 0xc0, ...Array.from({ length: 16 }, () => 0x21)];
    packBlocks(typeOf('Q4_1'), Uint8Array.from(bytes), out, 0);
    expect(out.codes[0]).toBe(0x11);
    expect(out.codes[8]).toBe(0x22);
    expect(Array.from(out.scales)).toEqual([0.5]);
    expect(Array.from(out.shifts ?? [])).toEqual([-2 + 8 * 0.5]);
  });

  it('finds a scale or a minimum that is no number', () => {
    const block = (d: number[], m: number[]) => [
      ...d,
      ...m,
      ...Array.from({ length: 16 }, () => 0),
    ];
    const find = (bytes: number[]) => {
      const type = typeOf('Q4_1');
      return packBlocks(type, Uint8Array.from(bytes), roomFor(type, (bytes.length / 20) * 32), 0);
    };
    const good = block([0x00, 0x3c], [0x00, 0x3c]);
    expect(find(good)).toBe(-1);
    expect(find([...good, ...block([0x00, 0x7c], [0x00, 0x3c])])).toBe(32);
    expect(find([...good, ...block([0x00, 0x3c], [0x01, 0xfe])])).toBe(32);
  });

  it('has no form for floats', () => {
    for (const name of ['F32', 'F16', 'BF16']) expect(getPackedType(typeOf(name))).toBeNull();
  });
});
