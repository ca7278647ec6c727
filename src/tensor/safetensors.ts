import { HeadlightError } from '../lib/headlight-error.ts';
import { elementCount, type NamedArray } from './named-array.ts';

/** A safetensors file's contents. */
export interface SafetensorsFile {
  readonly arrays: readonly NamedArray[];
  readonly metadata: Readonly<Record<string, string>>;
}

const WRITTEN = [
  { type: Float32Array, dtype: 'F32' },
  { type: Int32Array, dtype: 'I32' },
  { type: Uint8Array, dtype: 'U8' },
] as const;

/**
 * The header of a safetensors file, padded to 8 bytes, for arrays that follow it in this order. Useful by
 * itself when the data is written piece by piece.
 */
export function toSafetensorsHeader(
  arrays: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly dtype: string;
    readonly bytes: number;
  }[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const { name, shape, dtype, bytes } of arrays) {
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes] };
    offset += bytes;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(json.length / 8) * 8;
  const out = new Uint8Array(8 + length).fill(0x20);
  new DataView(out.buffer).setBigUint64(0, BigInt(length), true);
  out.set(json, 8);
  return out;
}

/** Writes arrays and string metadata as a safetensors file (little-endian, format of Hugging Face). */
export function toSafetensors(
  arrays: readonly NamedArray[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const header = toSafetensorsHeader(
    arrays.map(({ name, shape, data }) => ({
      name,
      shape,
      dtype: WRITTEN.find(({ type }) => data instanceof type)?.dtype ?? 'U8',
      bytes: data.byteLength,
    })),
    metadata,
  );
  const out = new Uint8Array(
    header.length + arrays.reduce((sum, { data }) => sum + data.byteLength, 0),
  );
  out.set(header);
  let at = header.length;
  for (const { data } of arrays) {
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return out;
}

function malformed(what: string): HeadlightError {
  return new HeadlightError('file-malformed', `This safetensors file ${what}.`, { what });
}

const READERS: Readonly<Record<string, (bytes: Uint8Array<ArrayBuffer>) => NamedArray['data']>> = {
  F32: (bytes) => new Float32Array(bytes.buffer),
  I32: (bytes) => new Int32Array(bytes.buffer),
  U8: (bytes) => bytes,
  // Token ids, as Python's libraries write them; a larger number would not be an id.
  I64: (bytes) => Int32Array.from(new BigInt64Array(bytes.buffer), Number),
};

/** Reads a safetensors file with F32, I32, U8 and I64 arrays (the last as int32). Throws `file-malformed` saying what is wrong. */
export function parseSafetensors(file: Uint8Array): SafetensorsFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerLength = file.length < 8 ? -1 : Number(view.getBigUint64(0, true));
  if (headerLength < 2 || headerLength > file.length - 8) {
    throw malformed('claims a header longer than itself, or has none');
  }
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerLength)));
  } catch {
    throw malformed('has a header that is no JSON');
  }
  // Not `file.subarray`: a Node Buffer's `slice` would share its memory.
  const data = new Uint8Array(
    file.buffer,
    file.byteOffset + 8 + headerLength,
    file.length - 8 - headerLength,
  );
  const arrays: NamedArray[] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const {
      dtype,
      shape,
      data_offsets: span,
    } = (entry ?? {}) as {
      dtype?: string;
      shape?: number[];
      data_offsets?: number[];
    };
    if (!Array.isArray(shape) || !Array.isArray(span) || typeof dtype !== 'string') {
      throw malformed(`does not describe ${name}`);
    }
    const read = READERS[dtype];
    if (read === undefined)
      throw malformed(`holds ${name} as ${dtype}; F32, I32, I64 and U8 can be read`);
    const [start, end] = span;
    if (!(start >= 0 && start <= end && end <= data.length))
      throw malformed(`places ${name} outside`);
    const values = read(Uint8Array.from(data.subarray(start, end)));
    if (values.length !== elementCount(shape))
      throw malformed(`gives ${name} a shape that does not fit`);
    arrays.push({ name, shape, data: values });
  }
  return { arrays, metadata: (header.__metadata__ ?? {}) as Record<string, string> };
}
