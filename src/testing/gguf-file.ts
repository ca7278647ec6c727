import { createRandom } from '../lib/random.ts';

/** Metadata as GGUF has it: a type and a value; `array` holds elements of one type. */
export type GgufEntry =
  | { readonly type: 'uint32' | 'float32'; readonly value: number }
  | { readonly type: 'uint64'; readonly value: bigint }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'int32s'; readonly value: readonly number[] };

export interface GgufFileTensor {
  readonly name: string;
  /** [out, in] or [n], as this program says it; the file has them the other way round. */
  readonly shape: readonly number[];
  readonly typeId: number;
  readonly data: Uint8Array;
  /** Where the header says that it lies; after the one before it when absent. */
  readonly offset?: number;
}

export interface GgufFile {
  readonly version: number;
  readonly metadata: Readonly<Record<string, GgufEntry>>;
  readonly tensors: readonly GgufFileTensor[];
  readonly alignment: number;
  /** Counts as the header claims them; the true ones when absent. */
  readonly claimedTensors?: bigint;
  readonly claimedValues?: bigint;
}

const TYPE_IDS = { uint32: 4, float32: 6, bool: 7, string: 8, uint64: 10, array: 9, int32: 5 };

/** Bytes that grow; remembers where each field begins. */
class Writer {
  private readonly parts: Uint8Array[] = [];
  readonly boundaries: number[] = [];
  length = 0;

  bytes(part: Uint8Array): this {
    this.boundaries.push(this.length);
    this.parts.push(part);
    this.length += part.length;
    return this;
  }
  private number(size: number, write: (view: DataView) => void): this {
    const part = new Uint8Array(size);
    write(new DataView(part.buffer));
    return this.bytes(part);
  }
  uint32 = (value: number): this => this.number(4, (view) => view.setUint32(0, value, true));
  int32 = (value: number): this => this.number(4, (view) => view.setInt32(0, value, true));
  float32 = (value: number): this => this.number(4, (view) => view.setFloat32(0, value, true));
  uint64 = (value: bigint): this => this.number(8, (view) => view.setBigUint64(0, value, true));
  string(text: string): this {
    const part = new TextEncoder().encode(text);
    return this.uint64(BigInt(part.length)).bytes(part);
  }
  padTo(multiple: number): this {
    const missing = (multiple - (this.length % multiple)) % multiple;
    return missing > 0 ? this.bytes(new Uint8Array(missing)) : this;
  }
  finish(): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
}

function writeEntry(w: Writer, entry: GgufEntry): void {
  switch (entry.type) {
    case 'uint32':
      w.uint32(TYPE_IDS.uint32).uint32(entry.value);
      break;
    case 'float32':
      w.uint32(TYPE_IDS.float32).float32(entry.value);
      break;
    case 'uint64':
      w.uint32(TYPE_IDS.uint64).uint64(entry.value);
      break;
    case 'bool':
      w.uint32(TYPE_IDS.bool).bytes(Uint8Array.of(entry.value ? 1 : 0));
      break;
    case 'string':
      w.uint32(TYPE_IDS.string).string(entry.value);
      break;
    case 'strings':
      w.uint32(TYPE_IDS.array).uint32(TYPE_IDS.string).uint64(BigInt(entry.value.length));
      for (const each of entry.value) w.string(each);
      break;
    case 'int32s':
      w.uint32(TYPE_IDS.array).uint32(TYPE_IDS.int32).uint64(BigInt(entry.value.length));
      for (const each of entry.value) w.int32(each);
      break;
  }
}

/** Writes a GGUF file as ggml's docs/gguf.md has it, also one that lies; with where its fields begin. */
export function writeGguf(file: GgufFile): {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly boundaries: readonly number[];
} {
  const w = new Writer();
  const entries = Object.entries(file.metadata);
  w.bytes(new TextEncoder().encode('GGUF')).uint32(file.version);
  w.uint64(file.claimedTensors ?? BigInt(file.tensors.length));
  w.uint64(file.claimedValues ?? BigInt(entries.length));
  for (const [key, entry] of entries) {
    w.string(key);
    writeEntry(w, entry);
  }
  const align = (at: number): number => Math.ceil(at / file.alignment) * file.alignment;
  let next = 0;
  for (const { name, shape, typeId, data, offset } of file.tensors) {
    w.string(name).uint32(shape.length);
    for (const size of shape.toReversed()) w.uint64(BigInt(size));
    w.uint32(typeId).uint64(BigInt(offset ?? next));
    next = align(next + data.length);
  }
  w.padTo(file.alignment);
  for (const { data } of file.tensors) w.bytes(data).padTo(file.alignment);
  return { bytes: w.finish(), boundaries: w.boundaries };
}

const F32 = 0;

/** The 256 characters that byte-level BPE spells bytes with, in the order of the bytes. */
function byteCharacters(): string[] {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const isPrintable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    return String.fromCharCode(isPrintable ? byte : next++);
  });
}

/**
 * A whole llama model small enough to be mutated byte by byte: one layer of two heads (one key-value
 * head) of size 4, a vocabulary of the 256 bytes, " t" and a control token. Weights are seeded noise.
 */
export function createTinyModel(): GgufFile {
  const [D, M, d, V] = [8, 8, 4, 258];
  const random = createRandom(7);
  const tensor = (name: string, ...shape: number[]): GgufFileTensor => {
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
    for (let i = 0; i < values.length; i++) values[i] = random() * 2 - 1;
    return { name, shape, typeId: F32, data: new Uint8Array(values.buffer) };
  };
  const uint32 = (value: number): GgufEntry => ({ type: 'uint32', value });
  return {
    version: 3,
    alignment: 32,
    metadata: {
      'general.architecture': { type: 'string', value: 'llama' },
      'llama.block_count': uint32(1),
      'llama.context_length': uint32(64),
      'llama.embedding_length': uint32(D),
      'llama.feed_forward_length': uint32(M),
      'llama.attention.head_count': uint32(2),
      'llama.attention.head_count_kv': uint32(1),
      'llama.attention.layer_norm_rms_epsilon': { type: 'float32', value: 1e-5 },
      'tokenizer.ggml.model': { type: 'string', value: 'gpt2' },
      'tokenizer.ggml.pre': { type: 'string', value: 'gpt-2' },
      'tokenizer.ggml.tokens': { type: 'strings', value: [...byteCharacters(), 'Ġt', '<end>'] },
      'tokenizer.ggml.token_type': {
        type: 'int32s',
        value: Array.from({ length: V }, (_, id) => (id === V - 1 ? 3 : 1)),
      },
      'tokenizer.ggml.merges': { type: 'strings', value: ['Ġ t'] },
      'tokenizer.ggml.bos_token_id': uint32(V - 1),
      'tokenizer.ggml.eos_token_id': uint32(V - 1),
      'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
    },
    tensors: [
      tensor('token_embd.weight', V, D),
      tensor('blk.0.attn_norm.weight', D),
      tensor('blk.0.attn_q.weight', 2 * d, D),
      tensor('blk.0.attn_k.weight', d, D),
      tensor('blk.0.attn_v.weight', d, D),
      tensor('blk.0.attn_output.weight', D, 2 * d),
      tensor('blk.0.ffn_norm.weight', D),
      tensor('blk.0.ffn_gate.weight', M, D),
      tensor('blk.0.ffn_up.weight', M, D),
      tensor('blk.0.ffn_down.weight', D, M),
      tensor('output_norm.weight', D),
    ],
  };
}
