import { createMemorySource } from '../model/memory-source.ts';
import type { ModelFile } from '../model/model-file.ts';
import { type FileTensor, readTensors, valueCount } from '../model/tensor-file.ts';
import { tensorTypeByName } from '../model/tensor-types.ts';

/** The half-precision number at or above zero nearest to `value`, as its bits; for ordinary sizes. */
function toHalf(value: number): number {
  const sign = value < 0 ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size < 2 ** -14) return sign | Math.round(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  return sign | (((exponent + 15) << 10) + Math.round((size / 2 ** exponent - 1) * 1024));
}

/** Values as Q8_0: largest magnitude of 32 as 127 steps. */
function toQ8(values: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array((values.length / 32) * 34);
  const view = new DataView(bytes.buffer);
  for (let b = 0; b < values.length / 32; b++) {
    const part = values.subarray(32 * b, 32 * b + 32);
    const d = part.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127 || 1;
    view.setUint16(34 * b, toHalf(d), true);
    part.forEach((value, i) => {
      view.setInt8(34 * b + 2 + i, Math.round(value / d));
    });
  }
  return bytes;
}

/** Values as Q4_1: 15 steps from the least of 32 to the largest. */
function toQ41(values: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array((values.length / 32) * 20);
  const view = new DataView(bytes.buffer);
  for (let b = 0; b < values.length / 32; b++) {
    const part = values.subarray(32 * b, 32 * b + 32);
    const least = Math.min(...part);
    const d = (Math.max(...part) - least) / 15 || 1;
    const q = (i: number): number => Math.max(0, Math.min(15, Math.round((part[i] - least) / d)));
    view.setUint16(20 * b, toHalf(d), true);
    view.setUint16(20 * b + 2, toHalf(least), true);
    for (let i = 0; i < 16; i++) view.setUint8(20 * b + 4 + i, q(i) | (q(16 + i) << 4));
  }
  return bytes;
}

/** A model whose matrices with rows of whole blocks are quantised, alternately as Q8_0 and Q4_1. */
export async function quantiseModel(file: ModelFile): Promise<ModelFile> {
  const tensors = new Map<string, FileTensor>();
  for (const [name, tensor] of file.tensors) {
    if (tensor.shape.length !== 2 || tensor.shape[1] % 32 !== 0) {
      tensors.set(name, tensor);
      continue;
    }
    const out = new Float32Array(valueCount(tensor.shape));
    await readTensors([{ tensor, out }]);
    const typeName = tensors.size % 2 === 0 ? 'Q8_0' : 'Q4_1';
    const bytes = typeName === 'Q8_0' ? toQ8(out) : toQ41(out);
    const type = tensorTypeByName(typeName);
    if (type === null) throw new Error(`${typeName} is not known`);
    const source = createMemorySource(name, bytes);
    tensors.set(name, { ...tensor, type, source, offset: 0, bytes: bytes.length });
  }
  return { ...file, tensors };
}
