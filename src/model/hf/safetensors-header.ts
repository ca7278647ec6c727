import { HeadlightError } from '../../lib/headlight-error.ts';
import type { ByteSource } from '../byte-source.ts';
import { truncatedError } from '../memory-source.ts';
import type { FileTensor } from '../tensor-file.ts';
import { isReadable, plainTensorType, tensorBytes } from '../tensor-types.ts';

/** Headers of real models are far smaller; more is a lie. */
const LARGEST_HEADER = 100 << 20;

/**
 * Tensors of one safetensors file (format of Hugging Face). Nothing but the header is read; every place
 * is checked against the file's size. A tensor may be of a type that is not read. Throws `file-truncated`
 * or `file-malformed`, naming the tensor.
 */
export async function readSafetensorsHeader(
  source: ByteSource,
  signal?: AbortSignal,
): Promise<readonly FileTensor[]> {
  const { name: fileName, size } = source;
  const fail = (what: string): never => {
    throw new HeadlightError('file-malformed', `${fileName} ${what}.`, { name: fileName, what });
  };
  if (size < 8) fail('is too short to be a safetensors file');
  const length = new DataView((await source.read(0, 8, signal)).buffer).getBigUint64(0, true);
  if (length > BigInt(LARGEST_HEADER)) {
    fail(`claims a header of ${length} bytes, more than any model has`);
  }
  if (length > BigInt(size - 8)) throw truncatedError(fileName, 8 + Number(length), size);
  const dataStart = 8 + Number(length);
  const bytes = await source.read(8, Number(length), signal);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    fail('has a header that is no JSON: it is not a safetensors file, or it is damaged');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    return fail('has a header that is not an object');
  }
  const tensors = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => toTensor(source, dataStart, name, entry));
  const ordered = [...tensors].sort((a, b) => a.offset - b.offset || a.bytes - b.bytes);
  // The format wants every byte to belong to one tensor: a name that is there twice leaves a hole.
  let end = dataStart;
  let before = 'its header';
  for (const { name, offset, bytes } of ordered) {
    if (offset < end) fail(`has tensors ${before} and ${name} overlap`);
    if (offset > end) fail(`has ${offset - end} bytes between ${before} and ${name} of no tensor`);
    end += bytes;
    before = name;
  }
  if (end < size) fail(`has ${size - end} bytes after ${before} of no tensor`);
  return tensors;
}

const areCounts = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);

function toTensor(source: ByteSource, dataStart: number, name: string, entry: unknown): FileTensor {
  const fail = (what: string): never => {
    throw new HeadlightError('file-malformed', `${source.name}: tensor ${name} ${what}.`, {
      name: source.name,
      tensor: name,
      what,
    });
  };
  const { dtype, shape, data_offsets: span } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof dtype !== 'string' || !areCounts(shape) || !areCounts(span) || span.length !== 2) {
    return fail('is not described');
  }
  const type = plainTensorType(dtype);
  const values = shape.reduce((product, each) => product * each, 1);
  const [start, end] = span;
  if (end < start) fail(`ends at ${end}, before it begins at ${start}`);
  if (isReadable(type) && end - start !== tensorBytes(type, values)) {
    fail(`of shape [${shape}] takes ${end - start} bytes in place of ${tensorBytes(type, values)}`);
  }
  if (dataStart + end > source.size) {
    throw truncatedError(source.name, dataStart + end, source.size);
  }
  return { name, shape, type, source, offset: dataStart + start, bytes: end - start };
}
