import { HeadlightError } from '../../lib/headlight-error.ts';
import type { ByteSource } from '../byte-source.ts';
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
  if (length > BigInt(Math.min(size - 8, LARGEST_HEADER))) {
    fail(`claims a header of ${length} bytes, more than the file can hold`);
  }
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
  const ordered = [...tensors].sort((a, b) => a.offset - b.offset);
  for (let i = 1; i < ordered.length; i++) {
    if (ordered[i - 1].offset + ordered[i - 1].bytes > ordered[i].offset) {
      fail(`has tensors ${ordered[i - 1].name} and ${ordered[i].name} overlap`);
    }
  }
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
    throw new HeadlightError(
      'file-truncated',
      `${source.name} ends at byte ${source.size}, but tensor ${name} goes on to ${dataStart + end}: the file is cut short.`,
      { name: source.name, size: source.size, wanted: dataStart + end },
    );
  }
  return { name, shape, type, source, offset: dataStart + start, bytes: end - start };
}
