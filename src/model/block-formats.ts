import { float16Table } from './float16.ts';

/**
 * One block of a quantised type taken apart: value i is `scales[p] · codes[i] + minima[p]`, where p is
 * the part that i lies in. Products of a half and small integers are exact in float64.
 */
export interface OpenBlock {
  readonly codes: Int8Array;
  readonly scales: Float64Array;
  readonly minima: Float64Array;
}

/** How a quantised type stores a block. Layouts as in ggml-common.h. */
export interface BlockFormat {
  /** Values that share a scale. */
  readonly partValues: 16 | 32;
  readonly lowestCode: number;
  readonly highestCode: number;
  readonly hasMinima: boolean;
  /** Takes the block that starts at byte `o` apart; minima are written only where the type has them. */
  readonly read: (view: DataView, o: number, block: OpenBlock) => void;
}

/** Room for one block of any type. */
export function createOpenBlock(): OpenBlock {
  return {
    codes: new Int8Array(256),
    scales: new Float64Array(16),
    minima: new Float64Array(16),
  };
}

const half = float16Table();

/** Sixteen bytes from `o` on: low nibbles are codes 0..15 of a part, high nibbles its codes 16..31. */
function readNibbles(view: DataView, o: number, codes: Int8Array, at: number, minus: number): void {
  for (let i = 0; i < 16; i++) {
    const q = view.getUint8(o + i);
    codes[at + i] = (q & 15) - minus;
    codes[at + 16 + i] = (q >> 4) - minus;
  }
}

/** As `readNibbles` with a fifth bit: bit i of the 32 at `high` belongs to code i. */
function readFiveBits(
  view: DataView,
  high: number,
  o: number,
  codes: Int8Array,
  minus: number,
): void {
  const fifth = view.getUint32(high, true);
  for (let i = 0; i < 16; i++) {
    const q = view.getUint8(o + i);
    codes[i] = ((q & 15) | (((fifth >>> i) & 1) << 4)) - minus;
    codes[16 + i] = ((q >> 4) | (((fifth >>> (i + 16)) & 1) << 4)) - minus;
  }
}

/** Half d, nibbles; w = d (q - 8). */
const Q4_0: BlockFormat = {
  partValues: 32,
  lowestCode: -8,
  highestCode: 7,
  hasMinima: false,
  read(view, o, { codes, scales }) {
    scales[0] = half[view.getUint16(o, true)];
    readNibbles(view, o + 2, codes, 0, 8);
  },
};

/** Half d, half m, nibbles; w = d q + m. */
const Q4_1: BlockFormat = {
  partValues: 32,
  lowestCode: 0,
  highestCode: 15,
  hasMinima: true,
  read(view, o, { codes, scales, minima }) {
    scales[0] = half[view.getUint16(o, true)];
    minima[0] = half[view.getUint16(o + 2, true)];
    readNibbles(view, o + 4, codes, 0, 0);
  },
};

/** Half d, 32 fifth bits, nibbles; w = d (q - 16). */
const Q5_0: BlockFormat = {
  partValues: 32,
  lowestCode: -16,
  highestCode: 15,
  hasMinima: false,
  read(view, o, { codes, scales }) {
    scales[0] = half[view.getUint16(o, true)];
    readFiveBits(view, o + 2, o + 6, codes, 16);
  },
};

/** Half d, half m, 32 fifth bits, nibbles; w = d q + m. */
const Q5_1: BlockFormat = {
  partValues: 32,
  lowestCode: 0,
  highestCode: 31,
  hasMinima: true,
  read(view, o, { codes, scales, minima }) {
    scales[0] = half[view.getUint16(o, true)];
    minima[0] = half[view.getUint16(o + 2, true)];
    readFiveBits(view, o + 4, o + 8, codes, 0);
  },
};

/** Half d, 32 signed bytes; w = d q. */
const Q8_0: BlockFormat = {
  partValues: 32,
  lowestCode: -128,
  highestCode: 127,
  hasMinima: false,
  read(view, o, { codes, scales }) {
    scales[0] = half[view.getUint16(o, true)];
    for (let i = 0; i < 32; i++) codes[i] = view.getInt8(o + 2 + i);
  },
};

/** Where the 2-bit codes of a part of 16 lie: in halves of 32 bytes, four pairs of parts by shift. */
function placeOfPart(part: number): { readonly start: number; readonly shift: number } {
  return { start: (part >> 3) * 32 + (part & 1) * 16, shift: 2 * ((part >> 1) & 3) };
}

/** 16 scales of 4 bits with 16 minima of 4 bits, 2-bit q, d, dmin; w = d s q - dmin m. */
const Q2_K: BlockFormat = {
  partValues: 16,
  lowestCode: 0,
  highestCode: 3,
  hasMinima: true,
  read(view, o, { codes, scales, minima }) {
    const d = half[view.getUint16(o + 80, true)];
    const dMin = half[view.getUint16(o + 82, true)];
    for (let part = 0; part < 16; part++) {
      const packed = view.getUint8(o + part);
      scales[part] = d * (packed & 15);
      minima[part] = -dMin * (packed >> 4);
      const { start, shift } = placeOfPart(part);
      for (let l = 0; l < 16; l++) {
        codes[part * 16 + l] = (view.getUint8(o + 16 + start + l) >> shift) & 3;
      }
    }
  },
};

/** 3-bit codes (two low bits, and a high bit whose absence is -4), 16 scales of 6 bits (minus 32), d. */
const Q3_K: BlockFormat = {
  partValues: 16,
  lowestCode: -4,
  highestCode: 3,
  hasMinima: false,
  read(view, o, { codes, scales }) {
    const d = half[view.getUint16(o + 108, true)];
    for (let part = 0; part < 16; part++) {
      const low = view.getUint8(o + 96 + (part & 7)) >> (part < 8 ? 0 : 4);
      const high = view.getUint8(o + 104 + (part & 3)) >> (2 * (part >> 2));
      scales[part] = d * (((low & 15) | ((high & 3) << 4)) - 32);
      const { start, shift } = placeOfPart(part);
      const bit = 1 << (part >> 1);
      for (let l = 0; l < 16; l++) {
        const q = (view.getUint8(o + 32 + start + l) >> shift) & 3;
        const isHigh = view.getUint8(o + (part & 1) * 16 + l) & bit;
        codes[part * 16 + l] = isHigh ? q : q - 4;
      }
    }
  },
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

/** d, dmin, 8 parts with 6-bit scale and minimum; w = d s q - dmin m. */
function readScalesAndMinima(view: DataView, o: number, { scales, minima }: OpenBlock): void {
  const d = half[view.getUint16(o, true)];
  const dMin = half[view.getUint16(o + 2, true)];
  for (let part = 0; part < 8; part++) {
    const [s, m] = scaleAndMinimum(view, o + 4, part);
    scales[part] = d * s;
    minima[part] = -dMin * m;
  }
}

/** Scales and minima, 4-bit codes: two parts share 32 bytes. */
const Q4_K: BlockFormat = {
  partValues: 32,
  lowestCode: 0,
  highestCode: 15,
  hasMinima: true,
  read(view, o, block) {
    readScalesAndMinima(view, o, block);
    for (let part = 0; part < 8; part++) {
      const start = o + 16 + (part >> 1) * 32;
      const shift = (part & 1) * 4;
      for (let l = 0; l < 32; l++) {
        block.codes[part * 32 + l] = (view.getUint8(start + l) >> shift) & 15;
      }
    }
  },
};

/** As Q4_K with a fifth bit in 32 bytes, one bit a part. */
const Q5_K: BlockFormat = {
  partValues: 32,
  lowestCode: 0,
  highestCode: 31,
  hasMinima: true,
  read(view, o, block) {
    readScalesAndMinima(view, o, block);
    for (let part = 0; part < 8; part++) {
      const start = o + 48 + (part >> 1) * 32;
      const shift = (part & 1) * 4;
      for (let l = 0; l < 32; l++) {
        const high = (view.getUint8(o + 16 + l) >> part) & 1;
        block.codes[part * 32 + l] = ((view.getUint8(start + l) >> shift) & 15) | (high << 4);
      }
    }
  },
};

/** 6-bit codes (four low bits and two high bits apart), 16 signed scales, d; w = d s (q - 32). */
const Q6_K: BlockFormat = {
  partValues: 16,
  lowestCode: -32,
  highestCode: 31,
  hasMinima: false,
  read(view, o, { codes, scales }) {
    const d = half[view.getUint16(o + 208, true)];
    for (let part = 0; part < 16; part++) scales[part] = d * view.getInt8(o + 192 + part);
    for (let i = 0; i < 256; i++) {
      const side = i >> 7;
      const quarter = (i >> 5) & 3;
      const l = i & 31;
      const low = view.getUint8(o + side * 64 + (quarter & 1) * 32 + l) >> (quarter & 2 ? 4 : 0);
      const high = view.getUint8(o + 128 + side * 32 + l) >> (2 * quarter);
      codes[i] = ((low & 15) | ((high & 3) << 4)) - 32;
    }
  },
};

/** The sixteen levels of the two non-linear types. */
const LEVELS = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];

/** As `readNibbles`, each nibble the place of a level. */
function readLevels(view: DataView, o: number, codes: Int8Array, at: number): void {
  for (let i = 0; i < 16; i++) {
    const q = view.getUint8(o + i);
    codes[at + i] = LEVELS[q & 15];
    codes[at + 16 + i] = LEVELS[q >> 4];
  }
}

/** Half d, nibbles; w = d LEVELS[q]. */
const IQ4_NL: BlockFormat = {
  partValues: 32,
  lowestCode: -127,
  highestCode: 113,
  hasMinima: false,
  read(view, o, { codes, scales }) {
    scales[0] = half[view.getUint16(o, true)];
    readLevels(view, o + 2, codes, 0);
  },
};

/** Half d, 8 parts with a 6-bit scale (minus 32), nibbles; w = d s LEVELS[q]. */
const IQ4_XS: BlockFormat = {
  partValues: 32,
  lowestCode: -127,
  highestCode: 113,
  hasMinima: false,
  read(view, o, { codes, scales }) {
    const d = half[view.getUint16(o, true)];
    const highs = view.getUint16(o + 2, true);
    for (let part = 0; part < 8; part++) {
      const low = (view.getUint8(o + 4 + (part >> 1)) >> (4 * (part & 1))) & 15;
      scales[part] = d * ((low | (((highs >> (2 * part)) & 3) << 4)) - 32);
      readLevels(view, o + 8 + part * 16, codes, part * 32);
    }
  },
};

/** All quantised types by name; types that are not here hold a float a value. */
export const BLOCK_FORMATS: Readonly<Record<string, BlockFormat>> = {
  Q4_0,
  Q4_1,
  Q5_0,
  Q5_1,
  Q8_0,
  Q2_K,
  Q3_K,
  Q4_K,
  Q5_K,
  Q6_K,
  IQ4_NL,
  IQ4_XS,
};
