import { HeadlightError } from '../lib/headlight-error.ts';
import { BLOCK_FORMATS, type BlockFormat, createOpenBlock } from './block-formats.ts';
import { float16Table } from './float16.ts';
import type { TensorType } from './tensor-types.ts';

/** Writes `blocks` blocks as float32 from `at` on. */
type Dequantiser = (view: DataView, blocks: number, out: Float32Array, at: number) => void;

/** A value of a float type each. */
function ofValues(bytes: number, read: (view: DataView, offset: number) => number): Dequantiser {
  return (view, values, out, at) => {
    for (let i = 0; i < values; i++) out[at + i] = read(view, i * bytes);
  };
}

const half = float16Table();
const bits = new DataView(new ArrayBuffer(4));
const bfloat16 = (view: DataView, offset: number): number => {
  bits.setUint32(0, view.getUint16(offset, true) << 16);
  return bits.getFloat32(0);
};

const FLOATS: Readonly<Record<string, Dequantiser>> = {
  F32: ofValues(4, (view, offset) => view.getFloat32(offset, true)),
  F16: ofValues(2, (view, offset) => half[view.getUint16(offset, true)]),
  BF16: ofValues(2, bfloat16),
};

const block = createOpenBlock();

function dequantiseBlocks(
  { read, partValues, hasMinima }: BlockFormat,
  { blockValues, blockBytes }: TensorType,
  view: DataView,
  out: Float32Array,
  at: number,
): void {
  const { codes, scales, minima } = block;
  for (let o = 0, w = at; o < view.byteLength; o += blockBytes, w += blockValues) {
    read(view, o, block);
    for (let start = 0, part = 0; start < blockValues; start += partValues, part++) {
      const scale = scales[part];
      const end = start + partValues;
      if (hasMinima) {
        const minimum = minima[part];
        for (let i = start; i < end; i++) out[w + i] = scale * codes[i] + minimum;
      } else for (let i = start; i < end; i++) out[w + i] = scale * codes[i];
    }
  }
}

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
 * are formed in float64, where they are exact, and rounded once. Throws `tensor-type-unknown` for a
 * type without a reader.
 */
export function dequantise(type: TensorType, bytes: Uint8Array, out: Float32Array, at = 0): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = BLOCK_FORMATS[type.name];
  if (format !== undefined) {
    dequantiseBlocks(format, type, view, out, at);
    return;
  }
  const floats = FLOATS[type.name];
  if (floats === undefined) {
    throw new HeadlightError('tensor-type-unknown', `No reader for tensor type ${type.name}.`, {
      type: type.name,
    });
  }
  floats(view, bytes.byteLength / type.blockBytes, out, at);
}
