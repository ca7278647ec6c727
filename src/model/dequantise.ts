import { HeadlightError } from '../lib/headlight-error.ts';
import { float16Table } from './float16.ts';
import { type Dequantiser, iq4_nl, iq4_xs, q2_k, q3_k, q4_k, q5_k, q6_k } from './k-quants.ts';
import type { TensorType } from './tensor-types.ts';

/** A value of a float type each. */
function ofValues(bytes: number, read: (view: DataView, offset: number) => number): Dequantiser {
  return (view, values, out, at) => {
    for (let i = 0; i < values; i++) out[at + i] = read(view, i * bytes);
  };
}

const half = float16Table();

/** w = d (q - 8): half d, then 16 bytes, low nibbles are values 0..15, high nibbles 16..31. */
const q4_0: Dequantiser = (view, blocks, out, at) => {
  for (let b = 0, o = 0, w = at; b < blocks; b++, o += 18, w += 32) {
    const d = half[view.getUint16(o, true)];
    for (let i = 0; i < 16; i++) {
      const q = view.getUint8(o + 2 + i);
      out[w + i] = d * ((q & 15) - 8);
      out[w + 16 + i] = d * ((q >> 4) - 8);
    }
  }
};

/** w = d q + m: half d, half m, nibbles as above. */
const q4_1: Dequantiser = (view, blocks, out, at) => {
  for (let b = 0, o = 0, w = at; b < blocks; b++, o += 20, w += 32) {
    const d = half[view.getUint16(o, true)];
    const m = half[view.getUint16(o + 2, true)];
    for (let i = 0; i < 16; i++) {
      const q = view.getUint8(o + 4 + i);
      out[w + i] = d * (q & 15) + m;
      out[w + 16 + i] = d * (q >> 4) + m;
    }
  }
};

/** w = d (q - 16): half d, 32 fifth bits, nibbles as above. */
const q5_0: Dequantiser = (view, blocks, out, at) => {
  for (let b = 0, o = 0, w = at; b < blocks; b++, o += 22, w += 32) {
    const d = half[view.getUint16(o, true)];
    const high = view.getUint32(o + 2, true);
    for (let i = 0; i < 16; i++) {
      const q = view.getUint8(o + 6 + i);
      out[w + i] = d * (((q & 15) | (((high >>> i) & 1) << 4)) - 16);
      out[w + 16 + i] = d * (((q >> 4) | (((high >>> (i + 16)) & 1) << 4)) - 16);
    }
  }
};

/** w = d q + m with five bits. */
const q5_1: Dequantiser = (view, blocks, out, at) => {
  for (let b = 0, o = 0, w = at; b < blocks; b++, o += 24, w += 32) {
    const d = half[view.getUint16(o, true)];
    const m = half[view.getUint16(o + 2, true)];
    const high = view.getUint32(o + 4, true);
    for (let i = 0; i < 16; i++) {
      const q = view.getUint8(o + 8 + i);
      out[w + i] = d * ((q & 15) | (((high >>> i) & 1) << 4)) + m;
      out[w + 16 + i] = d * ((q >> 4) | (((high >>> (i + 16)) & 1) << 4)) + m;
    }
  }
};

/** w = d q: half d, 32 signed bytes. */
const q8_0: Dequantiser = (view, blocks, out, at) => {
  for (let b = 0, o = 0, w = at; b < blocks; b++, o += 34, w += 32) {
    const d = half[view.getUint16(o, true)];
    for (let i = 0; i < 32; i++) out[w + i] = d * view.getInt8(o + 2 + i);
  }
};

const bits = new DataView(new ArrayBuffer(4));
const bfloat16 = (view: DataView, offset: number): number => {
  bits.setUint32(0, view.getUint16(offset, true) << 16);
  return bits.getFloat32(0);
};

const DEQUANTISERS: Readonly<Record<string, Dequantiser>> = {
  F32: ofValues(4, (view, offset) => view.getFloat32(offset, true)),
  F16: ofValues(2, (view, offset) => half[view.getUint16(offset, true)]),
  BF16: ofValues(2, bfloat16),
  Q4_0: q4_0,
  Q4_1: q4_1,
  Q5_0: q5_0,
  Q5_1: q5_1,
  Q8_0: q8_0,
  Q2_K: q2_k,
  Q3_K: q3_k,
  Q4_K: q4_k,
  Q5_K: q5_k,
  Q6_K: q6_k,
  IQ4_NL: iq4_nl,
  IQ4_XS: iq4_xs,
};

/**
 * The place of a value that is NaN or infinite among `count` values from `at` on, or -1. All values of a
 * block hang on its scales, so the first of each block tells for all.
 */
export function findNonFinite(
  type: TensorType,
  values: Float32Array,
  at: number,
  count: number,
): number {
  for (let i = at; i < at + count; i += type.blockValues) {
    // 0 for every finite number, NaN for the others.
    if (values[i] * 0 !== 0) return i;
  }
  return -1;
}

/**
 * Writes the values of whole blocks as float32 from `at` on: products of a half and small integers
 * are formed in float64, where they are exact, and rounded once. Formats as ggml's reference stores
 * them (block layouts of ggml-common.h). Throws `tensor-type-unknown` for a type without a reader.
 */
export function dequantise(type: TensorType, bytes: Uint8Array, out: Float32Array, at = 0): void {
  const dequantiser = DEQUANTISERS[type.name];
  if (dequantiser === undefined) {
    throw new HeadlightError('tensor-type-unknown', `No reader for tensor type ${type.name}.`, {
      type: type.name,
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  dequantiser(view, bytes.byteLength / type.blockBytes, out, at);
}
