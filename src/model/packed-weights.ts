import { BLOCK_FORMATS, createOpenBlock } from './block-formats.ts';
import type { TensorType } from './tensor-types.ts';

/**
 * How a quantised matrix lies in onnxruntime's `com.microsoft.MatMulNBits`: w = scale · (code − zero)
 * + shift, where `zero` is the operator's own default (8 of 4 bits, 128 of 8) and the shift, where there
 * is one, is added by a product of its own (`onnx/linear.ts`).
 */
export interface PackedType {
  readonly bits: 4 | 8;
  /** Neighbouring values of a row that share a scale. */
  readonly partValues: 16 | 32;
  readonly hasShifts: boolean;
}

/** The rows of a packed matrix, each array row by row; `shifts` is null where the type has none. */
export interface PackedParts {
  readonly codes: Uint8Array;
  readonly scales: Float32Array;
  readonly shifts: Float32Array | null;
}

/**
 * How a tensor type is packed, or null for a type that holds floats. All quantised types can be: codes of
 * up to 16 neighbouring levels take 4 bits, the others 8.
 */
export function getPackedType(type: TensorType): PackedType | null {
  const format = BLOCK_FORMATS[type.name];
  if (format === undefined) return null;
  const { partValues, lowestCode, highestCode, hasMinima } = format;
  const fitsFourBits = highestCode - lowestCode < 16 && (hasMinima || highestCode < 8);
  return { bits: fitsFourBits ? 4 : 8, partValues, hasShifts: hasMinima };
}

/** Bytes of one row of `width` values in each of the three arrays. */
export function getPackedRowBytes(
  { bits, partValues, hasShifts }: PackedType,
  width: number,
): { readonly codes: number; readonly scales: number; readonly shifts: number } {
  const scales = (4 * width) / partValues;
  return { codes: (width * bits) / 8, scales, shifts: hasShifts ? scales : 0 };
}

const block = createOpenBlock();

/**
 * Writes whole blocks as MatMulNBits wants them, from value `at` of `out` on; two codes of 4 bits share a
 * byte, the first in its low half. Returns the place of the first value whose scale or shift is NaN or
 * infinite, or -1. Scales are exact (a half times small integers), shifts rounded once to float32:
 * multiplied out, a weight is what `dequantise` gives but for that rounding.
 */
export function packBlocks(
  type: TensorType,
  bytes: Uint8Array,
  out: PackedParts,
  at: number,
): number {
  const packed = getPackedType(type);
  if (packed === null) throw new Error(`${type.name} is not quantised`);
  const { read, highestCode } = BLOCK_FORMATS[type.name];
  const { bits, partValues } = packed;
  const zero = bits === 4 ? 8 : 128;
  // Codes beyond the zero's reach are stored from 0 on; their shift then has the difference.
  const added = highestCode + zero < 1 << bits ? zero : 0;
  const { codes, scales, minima } = block;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let bad = -1;
  for (let o = 0, v = at; o < bytes.byteLength; o += type.blockBytes, v += type.blockValues) {
    read(view, o, block);
    if (bits === 8) {
      for (let i = 0; i < type.blockValues; i++) out.codes[v + i] = codes[i] + added;
    } else {
      for (let i = 0; i < type.blockValues; i += 2) {
        out.codes[(v + i) / 2] = (codes[i] + added) | ((codes[i + 1] + added) << 4);
      }
    }
    for (let part = 0, p = v / partValues; part < type.blockValues / partValues; part++, p++) {
      const scale = scales[part];
      const shift = out.shifts === null ? 0 : minima[part] + scale * (zero - added);
      out.scales[p] = scale;
      if (out.shifts !== null) out.shifts[p] = shift;
      if (bad < 0 && (scale + shift) * 0 !== 0) bad = v + part * partValues;
    }
  }
  return bad;
}
