import { HeadlightError } from '../../lib/headlight-error.ts';
import type { ByteSource } from '../byte-source.ts';
import { truncatedError } from '../memory-source.ts';
import type { FileTensor, TensorMap } from '../tensor-file.ts';
import { isReadable, tensorBytes, tensorTypeById } from '../tensor-types.ts';

/*
 * Our own reader rather than @huggingface/gguf: that one pads its buffer with zeros past the end of the
 * file, so that a header cut short reads as one full of zeros, and its errors carry no code. A test
 * holds this reader against it on the embedded model.
 */

export type GgufValue = number | bigint | boolean | string | readonly GgufValue[] | NumericArray;
type NumericArray = Float32Array | Int32Array | Uint32Array | Uint8Array | Int8Array;

/** A tensor before its place in the file is known: `offset` counts from the start of the data. */
type DescribedTensor = Omit<FileTensor, 'bytes' | 'source'>;

export interface GgufHeader {
  readonly version: number;
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: TensorMap;
}

enum ValueType {
  Uint8 = 0,
  Int8 = 1,
  Uint16 = 2,
  Int16 = 3,
  Uint32 = 4,
  Int32 = 5,
  Float32 = 6,
  Bool = 7,
  String = 8,
  Array = 9,
  Uint64 = 10,
  Int64 = 11,
  Float64 = 12,
}

/** Bytes that a value of each type takes at the least. */
const LEAST_BYTES = [1, 1, 2, 2, 4, 4, 4, 1, 8, 12, 8, 8, 8];
const FIRST_READ = 4 << 20;
/** A header that claims more than this beyond the file's end lies; one that claims less was cut. */
const PLAUSIBLE_BYTES = 256 << 20;

/** The buffer read so far ends before `end`. */
class NeedMore extends Error {
  constructor(readonly end: number) {
    super('more bytes are needed');
  }
}

class Cursor {
  at = 0;
  private readonly view: DataView;
  private readonly decoder = new TextDecoder();

  constructor(
    private readonly bytes: Uint8Array,
    private readonly fileSize: number,
    private readonly name: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Makes sure that `length` more bytes are in the file and in the buffer. */
  need(length: number): void {
    const end = this.at + length;
    if (end > this.fileSize) throw truncatedError(this.name, end, this.fileSize);
    if (end > this.bytes.byteLength) throw new NeedMore(end);
  }

  private take<T>(length: number, read: (offset: number) => T): T {
    this.need(length);
    const value = read(this.at);
    this.at += length;
    return value;
  }

  uint32 = (): number => this.take(4, (o) => this.view.getUint32(o, true));
  uint64 = (): bigint => this.take(8, (o) => this.view.getBigUint64(o, true));

  /** A count or length: a uint64 that must be small enough for what is left of the file. */
  count(leastBytesEach: number, what: string): number {
    const value = this.uint64();
    const end = BigInt(this.at) + value * BigInt(leastBytesEach);
    if (end > BigInt(this.fileSize)) {
      if (end <= BigInt(this.fileSize + PLAUSIBLE_BYTES)) {
        throw truncatedError(this.name, Number(end), this.fileSize);
      }
      throw new HeadlightError(
        'file-malformed',
        `${this.name} claims ${value} ${what}, more than the file can hold.`,
        { name: this.name, claimed: String(value), what },
      );
    }
    return Number(value);
  }

  string(): string {
    const length = this.count(1, 'bytes of text');
    return this.take(length, (o) => this.decoder.decode(this.bytes.subarray(o, o + length)));
  }

  value(type: number, depth = 0): GgufValue {
    switch (type) {
      case ValueType.Uint8:
        return this.take(1, (o) => this.view.getUint8(o));
      case ValueType.Int8:
        return this.take(1, (o) => this.view.getInt8(o));
      case ValueType.Uint16:
        return this.take(2, (o) => this.view.getUint16(o, true));
      case ValueType.Int16:
        return this.take(2, (o) => this.view.getInt16(o, true));
      case ValueType.Uint32:
        return this.uint32();
      case ValueType.Int32:
        return this.take(4, (o) => this.view.getInt32(o, true));
      case ValueType.Float32:
        return this.take(4, (o) => this.view.getFloat32(o, true));
      case ValueType.Bool:
        return this.take(1, (o) => this.view.getUint8(o) !== 0);
      case ValueType.String:
        return this.string();
      case ValueType.Array:
        return this.array(depth);
      case ValueType.Uint64:
        return this.uint64();
      case ValueType.Int64:
        return this.take(8, (o) => this.view.getBigInt64(o, true));
      case ValueType.Float64:
        return this.take(8, (o) => this.view.getFloat64(o, true));
      default:
        throw this.malformed(`a metadata value of unknown type ${type}`);
    }
  }

  private array(depth: number): GgufValue {
    if (depth > 3) throw this.malformed('arrays nested more than four deep');
    const type = this.uint32();
    if (type > ValueType.Float64) throw this.malformed(`an array of unknown type ${type}`);
    const count = this.count(LEAST_BYTES[type], 'array elements');
    const values: GgufValue[] = [];
    for (let i = 0; i < count; i++) values.push(this.value(type, depth + 1));
    return values;
  }

  malformed(what: string): HeadlightError {
    return new HeadlightError(
      'file-malformed',
      `${this.name} holds ${what} at byte ${this.at}: the file is damaged or not what it seems.`,
      { name: this.name, byte: this.at },
    );
  }
}

function parseTensor(cursor: Cursor, name: string): DescribedTensor {
  const dimensionCount = cursor.uint32();
  if (dimensionCount > 4)
    throw cursor.malformed(`tensor ${name} with ${dimensionCount} dimensions`);
  const shape: number[] = [];
  for (let i = 0; i < dimensionCount; i++) {
    const size = cursor.uint64();
    if (size > 0xffffffffn) throw cursor.malformed(`tensor ${name} with a dimension of ${size}`);
    shape.unshift(Number(size));
  }
  const type = tensorTypeById(cursor.uint32());
  const offset = cursor.uint64();
  if (offset > BigInt(Number.MAX_SAFE_INTEGER))
    throw cursor.malformed(`tensor ${name} far outside`);
  return { name, shape, type, offset: Number(offset) };
}

function parse(bytes: Uint8Array, source: ByteSource): GgufHeader {
  const cursor = new Cursor(bytes, source.size, source.name);
  const magic = source.size >= 4 ? cursor.uint32() : 0;
  if (magic !== 0x46554747) {
    throw new HeadlightError(
      'file-not-gguf',
      `${source.name} is not a GGUF file: it does not start with "GGUF".`,
      { name: source.name },
    );
  }
  const version = cursor.uint32();
  if (version !== 2 && version !== 3) {
    throw new HeadlightError(
      'file-malformed',
      `${source.name} has GGUF version ${version}; versions 2 and 3 can be read.`,
      { name: source.name, version },
    );
  }
  const tensorCount = cursor.count(24, 'tensors');
  const valueCount = cursor.count(13, 'metadata values');
  const metadata = new Map<string, GgufValue>();
  for (let i = 0; i < valueCount; i++) {
    const key = cursor.string();
    metadata.set(key, cursor.value(cursor.uint32()));
  }
  const described: DescribedTensor[] = [];
  for (let i = 0; i < tensorCount; i++) described.push(parseTensor(cursor, cursor.string()));

  const alignment = Number(metadata.get('general.alignment') ?? 32);
  if (!Number.isInteger(alignment) || alignment < 1 || alignment > 1 << 20) {
    throw cursor.malformed(`an alignment of ${alignment}`);
  }
  for (const { name, offset } of described) {
    if (offset % alignment !== 0) {
      throw new HeadlightError(
        'file-malformed',
        `Tensor ${name} lies at ${offset}, which is no multiple of the alignment ${alignment}.`,
        { tensor: name, offset, alignment },
      );
    }
  }
  const dataStart = Math.ceil(cursor.at / alignment) * alignment;
  return { version, metadata, tensors: placeTensors(described, dataStart, source) };
}

/** Gives tensors their place in the file; refuses those that overlap, are repeated or lie outside. */
function placeTensors(
  described: readonly DescribedTensor[],
  dataStart: number,
  source: ByteSource,
): TensorMap {
  const placed = described.map((tensor) => {
    const values = tensor.shape.reduce((product, size) => product * size, 1);
    // Where a type is unknown, so is its size: such a tensor must only begin inside the file.
    const isKnown = isReadable(tensor.type);
    // Blocks do not go on from one row to the next.
    const isWhole = !isKnown || (tensor.shape.at(-1) ?? 1) % tensor.type.blockValues === 0;
    const whole = isKnown ? tensorBytes(tensor.type, values) : 0;
    const bytes = isWhole ? whole : Number.NaN;
    const offset = dataStart + tensor.offset;
    if (!Number.isSafeInteger(bytes)) {
      throw new HeadlightError(
        'file-malformed',
        `Tensor ${tensor.name} of shape [${tensor.shape}] does not fill whole ${tensor.type.name} blocks.`,
        { tensor: tensor.name, shape: String(tensor.shape) },
      );
    }
    if (offset + bytes > source.size)
      throw truncatedError(source.name, offset + bytes, source.size);
    return { ...tensor, source, offset, bytes };
  });
  const tensors = new Map(placed.map((tensor) => [tensor.name, tensor]));
  if (tensors.size < placed.length) {
    throw new HeadlightError('file-malformed', `${source.name} names a tensor twice.`, {
      name: source.name,
    });
  }
  const ordered = [...placed].sort((a, b) => a.offset - b.offset);
  for (let i = 1; i < ordered.length; i++) {
    const before = ordered[i - 1];
    if (before.offset + before.bytes > ordered[i].offset) {
      throw new HeadlightError(
        'file-malformed',
        `Tensors ${before.name} and ${ordered[i].name} overlap in ${source.name}.`,
        { tensor: before.name, other: ordered[i].name },
      );
    }
  }
  return tensors;
}

/**
 * Reads the header of a GGUF file, versions 2 and 3 (specification: ggml's docs/gguf.md). Every count
 * is checked against the file's size before anything is allocated. A tensor may be of a type that is not
 * read. Throws `file-not-gguf`, `file-truncated` or `file-malformed`.
 */
export async function readGgufHeader(
  source: ByteSource,
  signal?: AbortSignal,
): Promise<GgufHeader> {
  let length = Math.min(FIRST_READ, source.size);
  for (;;) {
    const bytes = await source.read(0, length, signal);
    try {
      return parse(bytes, source);
    } catch (error) {
      if (!(error instanceof NeedMore)) throw error;
      length = Math.min(source.size, Math.max(error.end, length * 2));
    }
  }
}
