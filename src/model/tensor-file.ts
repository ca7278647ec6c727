import { freeBuffer } from '../lib/free-buffer.ts';
import { HeadlightError } from '../lib/headlight-error.ts';
import type { ByteSource } from './byte-source.ts';
import { dequantise, findNonFinite } from './dequantise.ts';
import { type PackedParts, packBlocks } from './packed-weights.ts';
import { isReadable, knownTensorTypes, type TensorType } from './tensor-types.ts';

/** A tensor as a file describes it. `shape` is row-major: [out, in] or [n]. */
export interface FileTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Perhaps one that cannot be read: only what is needed must be readable. */
  readonly type: TensorType;
  /** The file that holds it; models may lie in several. */
  readonly source: ByteSource;
  /** From the start of that file, bytes. */
  readonly offset: number;
  /** 0 where a GGUF file has a type of unknown size. */
  readonly bytes: number;
}

/** Named tensors of a model, whatever file or files they lie in. */
export type TensorMap = ReadonlyMap<string, FileTensor>;

/** The number of values of a shape. */
export function valueCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Throws `tensor-type-unknown` naming a tensor whose values cannot be read, and its type. */
export function assertReadable({ name, type }: FileTensor): void {
  if (isReadable(type)) return;
  const known = knownTensorTypes();
  throw new HeadlightError(
    'tensor-type-unknown',
    `Tensor ${name} is stored as ${type.name}, which this program cannot read. It reads ${known}.`,
    { tensor: name, type: type.name, known },
  );
}

/** The number of parameters of some tensors. */
export function countParameters(tensors: TensorMap): number {
  let count = 0;
  for (const { shape } of tensors.values()) count += valueCount(shape);
  return count;
}

/**
 * Finds a tensor that is needed and checks its shape and type. Throws `tensor-missing`, `tensor-shape` or
 * `tensor-type-unknown`, naming it.
 */
export function findTensor(tensors: TensorMap, name: string, shape: readonly number[]): FileTensor {
  const tensor = tensors.get(name);
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
  assertReadable(tensor);
  return tensor;
}

/**
 * Dequantises bytes of a tensor from `at` on. Throws `file-malformed` naming it when one of its values
 * is NaN or infinite: every number of a run would be spoilt by it.
 */
export function dequantiseTensor(
  tensor: FileTensor,
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

/** As `dequantiseTensor`, but packs: from value `at` of `out` on. */
export function packTensor(
  tensor: FileTensor,
  bytes: Uint8Array,
  out: PackedParts,
  at: number,
): void {
  const bad = packBlocks(tensor.type, bytes, out, at);
  if (bad >= 0) {
    throw new HeadlightError(
      'file-malformed',
      `Tensor ${tensor.name} has a block whose scale is no number: the file is damaged.`,
      { tensor: tensor.name },
    );
  }
}

/** The bits of a half's exponent: all set in values that are NaN or infinite. */
const HALF_EXPONENT: Readonly<Record<string, number>> = { F16: 0x7c00, BF16: 0x7f80 };

/** As `dequantiseTensor`, but keeps values of two bytes as they are: to byte `at` of `out`. */
export function copyHalves(
  tensor: FileTensor,
  bytes: Uint8Array,
  out: Uint8Array,
  at: number,
): void {
  const mask = HALF_EXPONENT[tensor.type.name];
  for (let i = 0; i < bytes.length; i += 2) {
    if (((bytes[i] | (bytes[i + 1] << 8)) & mask) !== mask) continue;
    throw new HeadlightError(
      'file-malformed',
      `Tensor ${tensor.name} holds a value that is no weight (NaN or infinite): the file is damaged.`,
      { tensor: tensor.name },
    );
  }
  out.set(bytes, at);
}

/** Tensors whose places are closer than this are read together, bytes. */
const LARGEST_GAP = 4096;
/** Tensors are read together up to so many bytes: what is read is held beside what is made of it. */
const LARGEST_READ = 32 << 20;

/**
 * Reads several tensors with few reads (neighbours are read together) and gives
 * each one's bytes, which are good only during the call.
 */
export async function readTensorBytes<Wanted extends { readonly tensor: FileTensor }>(
  wanted: readonly Wanted[],
  take: (each: Wanted, bytes: Uint8Array) => void,
  signal?: AbortSignal,
): Promise<void> {
  for (const source of new Set(wanted.map(({ tensor }) => tensor.source))) {
    const ordered = wanted
      .filter(({ tensor }) => tensor.source === source)
      .sort((a, b) => a.tensor.offset - b.tensor.offset);
    let first = 0;
    while (first < ordered.length) {
      let last = first;
      let end = ordered[first].tensor.offset + ordered[first].tensor.bytes;
      const start = ordered[first].tensor.offset;
      while (last + 1 < ordered.length) {
        const { offset, bytes: length } = ordered[last + 1].tensor;
        if (offset - end > LARGEST_GAP || offset + length - start > LARGEST_READ) break;
        last++;
        end = offset + length;
      }
      const bytes = await source.read(start, end - start, signal);
      for (const each of ordered.slice(first, last + 1)) {
        const at = each.tensor.offset - start;
        take(each, bytes.subarray(at, at + each.tensor.bytes));
      }
      if (!source.isInMemory) freeBuffer(bytes.buffer);
      first = last + 1;
    }
  }
}

/** A tensor and where its values go as float32; `out` has room for all of them. */
export interface WantedTensor {
  readonly tensor: FileTensor;
  readonly out: Float32Array;
}

/**
 * Reads several tensors as float32. Throws `file-malformed` naming one with a value that is not finite.
 */
export async function readTensors(
  wanted: readonly WantedTensor[],
  signal?: AbortSignal,
): Promise<void> {
  await readTensorBytes(
    wanted,
    ({ tensor, out }, bytes) => dequantiseTensor(tensor, bytes, out),
    signal,
  );
}
