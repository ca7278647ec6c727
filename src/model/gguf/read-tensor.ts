import { HeadlightError } from '../../lib/headlight-error.ts';
import type { ByteSource } from '../byte-source.ts';
import { dequantise, findNonFinite } from './dequantise.ts';
import type { GgufHeader, GgufTensor } from './header.ts';

/** Finds a tensor and checks its shape. Throws `tensor-missing` or `tensor-shape`, naming it. */
export function findTensor(header: GgufHeader, name: string, shape: readonly number[]): GgufTensor {
  const tensor = header.tensors.get(name);
  if (tensor === undefined) {
    throw new HeadlightError('tensor-missing', `The file has no tensor ${name}.`, { tensor: name });
  }
  if (tensor.shape.length !== shape.length || tensor.shape.some((size, i) => size !== shape[i])) {
    throw new HeadlightError(
      'tensor-shape',
      `Tensor ${name} has shape [${tensor.shape}] where the model needs [${shape}].`,
      { tensor: name, shape: String(tensor.shape), wanted: String(shape) },
    );
  }
  return tensor;
}

/**
 * Dequantises bytes of a tensor from `at` on. Throws `file-malformed` naming it when one of its values
 * is NaN or infinite: every number of a run would be spoilt by it.
 */
export function dequantiseTensor(
  tensor: GgufTensor,
  bytes: Uint8Array,
  out: Float32Array,
  at = 0,
): void {
  const { type, name } = tensor;
  dequantise(type, bytes, out, at);
  const count = (bytes.byteLength / type.blockBytes) * type.blockValues;
  const bad = findNonFinite(type, out, at, count);
  if (bad >= 0) {
    throw new HeadlightError(
      'file-malformed',
      `Tensor ${name} holds ${out[bad]}, which is no weight: the file is damaged.`,
      { tensor: name },
    );
  }
}

/**
 * Reads several tensors with as few reads as their places allow (neighbours are read together) and
 * writes each as float32 where `place` says.
 */
export async function readTensors(
  source: ByteSource,
  wanted: readonly { readonly tensor: GgufTensor; readonly out: Float32Array }[],
  signal?: AbortSignal,
): Promise<void> {
  const ordered = [...wanted].sort((a, b) => a.tensor.offset - b.tensor.offset);
  const largestGap = 4096;
  let first = 0;
  while (first < ordered.length) {
    let last = first;
    let end = ordered[first].tensor.offset + ordered[first].tensor.bytes;
    while (last + 1 < ordered.length && ordered[last + 1].tensor.offset - end <= largestGap) {
      last++;
      end = ordered[last].tensor.offset + ordered[last].tensor.bytes;
    }
    const start = ordered[first].tensor.offset;
    const bytes = await source.read(start, end - start, signal);
    for (const { tensor, out } of ordered.slice(first, last + 1)) {
      const at = tensor.offset - start;
      dequantiseTensor(tensor, bytes.subarray(at, at + tensor.bytes), out);
    }
    first = last + 1;
  }
}
