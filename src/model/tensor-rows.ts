import { freeBuffer } from '../lib/free-buffer.ts';
import { dequantiseTensor, type FileTensor } from './tensor-file.ts';

/** Wanted rows that lie closer than this are read together, bytes. */
const LARGEST_GAP = 256 << 10;
/** At most this much is read at once, bytes. */
const LARGEST_READ = 8 << 20;

/**
 * Rows of a stored matrix as float32, [rows, width], in the order asked for. Throws the readers' errors, and
 * `file-malformed` naming a tensor with a value that is not finite. Rows must be there.
 */
export async function readTensorRows(
  tensor: FileTensor,
  rows: ArrayLike<number>,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const [, width] = tensor.shape;
  const rowBytes = tensor.bytes / tensor.shape[0];
  const out = new Float32Array(rows.length * width);
  const ordered = Array.from(rows, (row, at) => ({ row, at })).sort((a, b) => a.row - b.row);
  for (let next = 0; next < ordered.length; ) {
    const start = ordered[next].row * rowBytes;
    let end = start + rowBytes;
    let count = 1;
    while (next + count < ordered.length) {
      const from = ordered[next + count].row * rowBytes;
      if (from - end > LARGEST_GAP || from + rowBytes - start > LARGEST_READ) break;
      end = from + rowBytes;
      count++;
    }
    const bytes = await tensor.source.read(tensor.offset + start, end - start, signal);
    for (const { row, at } of ordered.slice(next, next + count)) {
      const from = row * rowBytes - start;
      dequantiseTensor(tensor, bytes.subarray(from, from + rowBytes), out, at * width);
    }
    if (!tensor.source.isInMemory) freeBuffer(bytes.buffer);
    next += count;
  }
  return out;
}

/** Rows [first, first + count) of a stored matrix as float32, [count, width]. Throws as `readTensorRows`. */
export async function readRowRange(
  tensor: FileTensor,
  first: number,
  count: number,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const [, width] = tensor.shape;
  const rowBytes = tensor.bytes / tensor.shape[0];
  const out = new Float32Array(count * width);
  const bytes = await tensor.source.read(
    tensor.offset + first * rowBytes,
    count * rowBytes,
    signal,
  );
  dequantiseTensor(tensor, bytes, out);
  if (!tensor.source.isInMemory) freeBuffer(bytes.buffer);
  return out;
}
