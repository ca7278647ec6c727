import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createRandom } from '../../lib/random.ts';
import { tensorBytes, tensorTypeByName } from '../../model/tensor-types.ts';
import { createTinyModel, type GgufFileTensor, writeGguf } from '../../testing/gguf-file.ts';

/** Sizes of a llama of some hundred million parameters; its vocabulary is the tiny model's. */
const SHAPE = { hidden: 2048, mlp: 5632, heads: 32, keyValueHeads: 8, headSize: 64 };

export type LargeFileType = 'Q4_0' | 'F16' | 'F32';

/** Random small weights in a file's own form. Layers share them: only their number counts here. */
function createData(typeName: LargeFileType, values: number): Uint8Array {
  const type = tensorTypeByName(typeName);
  if (type === null) throw new Error(`${typeName} is not known`);
  const bytes = new Uint8Array(tensorBytes(type, values));
  const random = createRandom(values);
  if (typeName === 'F32') {
    const floats = new Float32Array(bytes.buffer);
    for (let i = 0; i < floats.length; i++) floats[i] = (random() - 0.5) / 16;
    return bytes;
  }
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(random() * 256);
  // The high byte of a half: about 0.004 as a scale, below 0.03 as a value.
  const step = typeName === 'F16' ? 2 : type.blockBytes;
  for (let i = 1; i < bytes.length; i += step)
    bytes[i] = typeName === 'F16' ? 0x20 | (bytes[i] & 0x87) : 0x1c;
  return bytes;
}

/** A GGUF file of about `size` bytes on this machine's disk; `remove` deletes it. */
export async function writeLargeFile(
  typeName: LargeFileType,
  size: number,
): Promise<{ readonly path: string; readonly bytes: number; remove(): Promise<void> }> {
  const { hidden: D, mlp: M, heads, keyValueHeads, headSize } = SHAPE;
  const type = tensorTypeByName(typeName);
  const tiny = createTinyModel();
  const vocabulary = 258;
  const shapes = {
    attn_q: [heads * headSize, D],
    attn_k: [keyValueHeads * headSize, D],
    attn_v: [keyValueHeads * headSize, D],
    attn_output: [D, heads * headSize],
    ffn_gate: [M, D],
    ffn_up: [M, D],
    ffn_down: [D, M],
  } as const;
  const matrices = Object.entries(shapes).map(([name, shape]) => ({
    name,
    shape,
    data: createData(typeName, shape[0] * shape[1]),
  }));
  const layerBytes = matrices.reduce((sum, { data }) => sum + data.length, 0);
  const layerCount = Math.max(1, Math.round(size / layerBytes));
  const gains = new Uint8Array(new Float32Array(D).fill(1).buffer);
  const vector = (name: string): GgufFileTensor => ({ name, shape: [D], typeId: 0, data: gains });
  const typeId = type?.id ?? 0;
  const tensors: GgufFileTensor[] = [
    {
      name: 'token_embd.weight',
      shape: [vocabulary, D],
      typeId,
      data: createData(typeName, vocabulary * D),
    },
    ...Array.from({ length: layerCount }, (_, layer) => [
      vector(`blk.${layer}.attn_norm.weight`),
      vector(`blk.${layer}.ffn_norm.weight`),
      ...matrices.map(({ name, shape, data }) => ({
        name: `blk.${layer}.${name}.weight`,
        shape,
        typeId,
        data,
      })),
    ]).flat(),
    vector('output_norm.weight'),
  ];
  const uint32 = (value: number) => ({ type: 'uint32', value }) as const;
  const { bytes } = writeGguf({
    ...tiny,
    metadata: {
      ...tiny.metadata,
      'llama.block_count': uint32(layerCount),
      'llama.context_length': uint32(1024),
      'llama.embedding_length': uint32(D),
      'llama.feed_forward_length': uint32(M),
      'llama.attention.head_count': uint32(heads),
      'llama.attention.head_count_kv': uint32(keyValueHeads),
    },
    tensors,
  });
  const folder = await mkdtemp(join(tmpdir(), 'headlight-bench-'));
  const path = join(folder, `large.${typeName}.gguf`);
  await pipeline(Readable.from([bytes]), createWriteStream(path));
  return { path, bytes: bytes.byteLength, remove: () => rm(folder, { recursive: true }) };
}
