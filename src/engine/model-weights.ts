import type { ModelConfig } from '../model/architecture.ts';
import type { ByteSource } from '../model/byte-source.ts';
import type { GgufHeader, GgufTensor } from '../model/gguf/header.ts';
import { dequantiseTensor, findTensor, readTensors } from '../model/gguf/read-tensor.ts';
import {
  type LayerWeightName,
  layerWeightShapes,
  placeLayerWeights,
} from '../model/onnx/layer-graph.ts';
import { elementCount } from '../tensor/named-array.ts';

/** How GGUF files name a layer's tensors. */
const TENSOR_NAMES: Readonly<Record<LayerWeightName, string>> = {
  attention_norm: 'attn_norm',
  query: 'attn_q',
  key: 'attn_k',
  value: 'attn_v',
  attention_output: 'attn_output',
  mlp_norm: 'ffn_norm',
  gate: 'ffn_gate',
  up: 'ffn_up',
  down: 'ffn_down',
};

/**
 * Undoes the order in which GGUF files of llama models keep query and key rows: within a head the file
 * alternates first and second half of each rotated pair; the graph rotates halves.
 */
function toHalves(rows: Float32Array, headSize: number, width: number): void {
  const headLength = headSize * width;
  const copy = new Float32Array(headLength);
  for (let start = 0; start < rows.length; start += headLength) {
    copy.set(rows.subarray(start, start + headLength));
    for (let row = 0; row < headSize; row++) {
      const stored = row < headSize / 2 ? 2 * row : 2 * (row - headSize / 2) + 1;
      rows.set(copy.subarray(stored * width, (stored + 1) * width), start + row * width);
    }
  }
}

/** One layer's weights as float32 in one buffer, laid out as `placeLayerWeights` says. */
export async function readLayerWeights(
  source: ByteSource,
  header: GgufHeader,
  config: ModelConfig,
  layer: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const { places, bytes } = placeLayerWeights(config);
  const shapes = layerWeightShapes(config);
  const found = [...places].map(([name, place]) => {
    const shape = shapes[name];
    const tensor = findTensor(header, `blk.${layer}.${TENSOR_NAMES[name]}.weight`, shape);
    return { name, place, tensor, length: elementCount(shape) };
  });
  // Not before all tensors are known to be there: a false size would ask for any amount of memory.
  const buffer = new ArrayBuffer(bytes);
  const wanted = found.map(({ name, place, tensor, length }) => ({
    name,
    tensor,
    out: new Float32Array(buffer, place.offset, length),
  }));
  await readTensors(source, wanted, signal);
  if (config.architecture.storedRotation === 'interleaved') {
    for (const { name, out } of wanted) {
      if (name === 'query' || name === 'key') toHalves(out, config.headSize, config.hiddenSize);
    }
  }
  return new Uint8Array(buffer);
}

/** The token embedding, kept as the file stores it; rows are dequantised as they are looked up. */
export class Embedding {
  private readonly rowBytes: number;

  private constructor(
    private readonly tensor: GgufTensor,
    private readonly bytes: Uint8Array,
    private readonly width: number,
  ) {
    this.rowBytes = tensor.bytes / tensor.shape[0];
  }

  static async read(
    source: ByteSource,
    header: GgufHeader,
    config: ModelConfig,
    signal?: AbortSignal,
  ): Promise<Embedding> {
    const { vocabularySize, hiddenSize } = config;
    const tensor = findTensor(header, 'token_embd.weight', [vocabularySize, hiddenSize]);
    return new Embedding(
      tensor,
      await source.read(tensor.offset, tensor.bytes, signal),
      hiddenSize,
    );
  }

  /** [ids, hidden size] */
  lookUp(ids: Int32Array): Float32Array {
    const rows = new Float32Array(ids.length * this.width);
    ids.forEach((id, i) => {
      const start = id * this.rowBytes;
      dequantiseTensor(
        this.tensor,
        this.bytes.subarray(start, start + this.rowBytes),
        rows,
        i * this.width,
      );
    });
    return rows;
  }

  /** Writes the whole matrix as float32. */
  dequantiseInto(out: Float32Array): void {
    dequantiseTensor(this.tensor, this.bytes, out);
  }
}

/** Final norm and unembedding as float32 in one buffer, as the output graph wants them. */
export async function readOutputWeights(
  source: ByteSource,
  header: GgufHeader,
  config: ModelConfig,
  embedding: Embedding,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const { vocabularySize: V, hiddenSize: D } = config;
  const normTensor = findTensor(header, 'output_norm.weight', [D]);
  const output = config.isOutputTied ? null : findTensor(header, 'output.weight', [V, D]);
  const buffer = new ArrayBuffer(4 * D * (V + 1));
  const norm = { tensor: normTensor, out: new Float32Array(buffer, 0, D) };
  const unembedding = new Float32Array(buffer, 4 * D, V * D);
  if (output === null) {
    await readTensors(source, [norm], signal);
    embedding.dequantiseInto(unembedding);
  } else {
    await readTensors(source, [norm, { tensor: output, out: unembedding }], signal);
  }
  return new Uint8Array(buffer);
}
