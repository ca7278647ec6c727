import type { NamedArray } from './named-array.ts';

const TYPES = [
  { type: Float32Array, descriptor: '<f4' },
  { type: Int32Array, descriptor: '<i4' },
  { type: Uint8Array, descriptor: '|u1' },
] as const;

/** Writes one array as a NumPy file (format version 1.0, little-endian, C order). */
export function toNpy({ shape, data }: NamedArray): Uint8Array<ArrayBuffer> {
  const descriptor = TYPES.find(({ type }) => data instanceof type)?.descriptor ?? '|u1';
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const out = new Uint8Array(length + data.byteLength);
  out.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(out.buffer).setUint16(8, length - 10, true);
  out.set(new TextEncoder().encode(`${dictionary.padEnd(length - 11)}\n`), 10);
  out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), length);
  return out;
}
