import { float16Table } from './float16.ts';

/*
 * Formats with blocks of 256 values whose parts have scales of their own, and the two with a table of
 * levels. Layouts as in ggml-common.h; each writer follows the order in which the values lie.
 */

/** Writes `blocks` blocks as float32 from `at` on. */
export type Dequantiser = (view: DataView, blocks: number, out: Float32Array, at: number) => void;

const half = float16Table();
const VALUES = 256;

/** d, dmin; 16 scales of 4 bits with 16 minima of 4 bits; w = d s q - dmin m with 2-bit q. */
export const q2_k: Dequantiser = (view, blocks, out, at) => {
  for (let b = 0, o = 0, w = at; b < blocks; b++, o += 84, w += VALUES) {
    const d = half[view.getUint16(o + 80, true)];
    const dMin = half[view.getUint16(o + 82, true)];
    for (let part = 0; part < 16; part++) {
      const packed = view.getUint8(o + part);
      const scale = d * (packed & 15);
      const minimum = dMin * (packed >> 4);
      const { start, shift } = placeOfPart(part);
      for (let l = 0; l < 16; l++) {
        const q = (view.getUint8(o + 16 + start + l) >> shift) & 3;
        out[w + part * 16 + l] = scale * q - minimum;
      }
    }
  }
};

/** Where the 2-bit values of a part of 16 lie: in halves of 32 bytes, four pairs of parts by shift. */
function placeOfPart(part: number): { readonly start: number; readonly shift: number } {
  return { start: (part >> 3) * 32 + (part & 1) * 16, shift: 2 * ((part >> 1) & 3) };
}

/** d; 16 scales of 6 bits (minus 32); 3-bit values: two low bits, and a high bit whose absence is -4. */
export const q3_k: Dequantiser = (view, blocks, out, at) => {
  for (let b = 0, o = 0, w = at; b < blocks; b++, o += 110, w += VALUES) {
    const d = half[view.getUint16(o + 108, true)];
    for (let part = 0; part < 16; part++) {
      const low = view.getUint8(o + 96 + (part & 7)) >> (part < 8 ? 0 : 4);
      const high = view.getUint8(o + 104 + (part & 3)) >> (2 * (part >> 2));
      const scale = d * (((low & 15) | ((high & 3) << 4)) - 32);
      const { start, shift } = placeOfPart(part);
      const bit = 1 << (part >> 1);
      for (let l = 0; l < 16; l++) {
        const q = (view.getUint8(o + 32 + start + l) >> shift) & 3;
        const isHigh = view.getUint8(o + (part & 1) * 16 + l) & bit;
        out[w + part * 16 + l] = scale * (isHigh ? q : q - 4);
      }
    }
  }
};

/** The 6-bit scale and minimum of part `j` of 8, packed in 12 bytes from `o` on. */
function scaleAndMinimum(view: DataView, o: number, j: number): readonly [number, number] {
  if (j < 4) return [view.getUint8(o + j) & 63, view.getUint8(o + j + 4) & 63];
  const low = view.getUint8(o + j + 4);
  return [
    (low & 15) | ((view.getUint8(o + j - 4) >> 6) << 4),
    (low >> 4) | ((view.getUint8(o + j) >> 6) << 4),
  ];
}

/** d, dmin; 8 parts with 6-bit scale and minimum; w = d s q - dmin m with 4-bit q. */
export const q4_k: Dequantiser = (view, blocks, out, at) => {
  for (let b = 0, o = 0, w = at; b < blocks; b++, o += 144, w += VALUES) {
    const d = half[view.getUint16(o, true)];
    const dMin = half[view.getUint16(o + 2, true)];
    for (let part = 0; part < 8; part++) {
      const [s, m] = scaleAndMinimum(view, o + 4, part);
      const scale = d * s;
      const minimum = dMin * m;
      const start = o + 16 + (part >> 1) * 32;
      const shift = (part & 1) * 4;
      for (let l = 0; l < 32; l++) {
        const q = (view.getUint8(start + l) >> shift) & 15;
        out[w + part * 32 + l] = scale * q - minimum;
      }
    }
  }
};

/** As q4_k with a fifth bit in 32 bytes, one bit a part. */
export const q5_k: Dequantiser = (view, blocks, out, at) => {
  for (let b = 0, o = 0, w = at; b < blocks; b++, o += 176, w += VALUES) {
    const d = half[view.getUint16(o, true)];
    const dMin = half[view.getUint16(o + 2, true)];
    for (let part = 0; part < 8; part++) {
      const [s, m] = scaleAndMinimum(view, o + 4, part);
      const scale = d * s;
      const minimum = dMin * m;
      const start = o + 48 + (part >> 1) * 32;
      const shift = (part & 1) * 4;
      for (let l = 0; l < 32; l++) {
        const high = (view.getUint8(o + 16 + l) >> part) & 1;
        const q = ((view.getUint8(start + l) >> shift) & 15) | (high << 4);
        out[w + part * 32 + l] = scale * q - minimum;
      }
    }
  }
};

/** d; 16 signed scales; w = d s (q - 32) with 6-bit q: four low bits and two high bits apart. */
export const q6_k: Dequantiser = (view, blocks, out, at) => {
  for (let b = 0, o = 0, w = at; b < blocks; b++, o += 210, w += VALUES) {
    const d = half[view.getUint16(o + 208, true)];
    for (let i = 0; i < VALUES; i++) {
      const side = i >> 7;
      const quarter = (i >> 5) & 3;
      const l = i & 31;
      const low = view.getUint8(o + side * 64 + (quarter & 1) * 32 + l) >> (quarter & 2 ? 4 : 0);
      const high = view.getUint8(o + 128 + side * 32 + l) >> (2 * quarter);
      const scale = d * view.getInt8(o + 192 + (i >> 4));
      out[w + i] = scale * (((low & 15) | ((high & 3) << 4)) - 32);
    }
  }
};

/** The sixteen levels of the two non-linear formats. */
const LEVELS = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];

/** d; w = d LEVELS[q], nibbles as in q4_0. */
export const iq4_nl: Dequantiser = (view, blocks, out, at) => {
  for (let b = 0, o = 0, w = at; b < blocks; b++, o += 18, w += 32) {
    const d = half[view.getUint16(o, true)];
    for (let i = 0; i < 16; i++) {
      const q = view.getUint8(o + 2 + i);
      out[w + i] = d * LEVELS[q & 15];
      out[w + 16 + i] = d * LEVELS[q >> 4];
    }
  }
};

/** d; 8 parts with a 6-bit scale (minus 32); w = d s LEVELS[q]. */
export const iq4_xs: Dequantiser = (view, blocks, out, at) => {
  for (let b = 0, o = 0, w = at; b < blocks; b++, o += 136, w += VALUES) {
    const d = half[view.getUint16(o, true)];
    const highs = view.getUint16(o + 2, true);
    for (let part = 0; part < 8; part++) {
      const low = (view.getUint8(o + 4 + (part >> 1)) >> (4 * (part & 1))) & 15;
      const scale = d * ((low | (((highs >> (2 * part)) & 3) << 4)) - 32);
      for (let i = 0; i < 16; i++) {
        const q = view.getUint8(o + 8 + part * 16 + i);
        out[w + part * 32 + i] = scale * LEVELS[q & 15];
        out[w + part * 32 + 16 + i] = scale * LEVELS[q >> 4];
      }
    }
  }
};
