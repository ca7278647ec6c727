import { HeadlightError } from '../lib/headlight-error.ts';
import { placeWeights } from '../model/layer-weights.ts';
import type { ModelFile } from '../model/model-file.ts';
import type { OutputPlaces, OutputWeightName } from '../model/onnx/output-graph.ts';
import {
  dequantiseTensor,
  type FileTensor,
  findTensor,
  readTensors,
  type WantedTensor,
} from '../model/tensor-file.ts';

/** Vocabulary rows that are checked at once. */
const CHECKED_ROWS = 256;

/**
 * Token embeddings, kept as the file stores them; rows are dequantised as they are looked up. Learned
 * positions, where the model has them, are added.
 */
export class Embedding {
  private readonly rowBytes: number;

  private constructor(
    private readonly tensor: FileTensor,
    private readonly bytes: Uint8Array,
    private readonly width: number,
    private readonly scale: number,
    /** [context length, width], or null. */
    private readonly positions: Float32Array | null,
  ) {
    this.rowBytes = tensor.bytes / tensor.shape[0];
  }

  /** Bytes that the token embeddings take in the file. */
  get fileBytes(): number {
    return this.bytes.length;
  }

  static async read(file: ModelFile, signal?: AbortSignal): Promise<Embedding> {
    const { config, storage, tensors } = file;
    const { vocabularySize, hiddenSize, contextLength } = config;
    const { names } = storage;
    const tensor = findTensor(tensors, `${names.model.embedding}.weight`, [
      vocabularySize,
      hiddenSize,
    ]);
    let positions: Float32Array | null = null;
    if (config.embedding.hasPositions) {
      const shape = [contextLength, hiddenSize];
      const stored = findTensor(tensors, `${names.model.positions}.weight`, shape);
      positions = new Float32Array(contextLength * hiddenSize);
      await readTensors([{ tensor: stored, out: positions }], signal);
    }
    const bytes = await tensor.source.read(tensor.offset, tensor.bytes, signal);
    return new Embedding(tensor, bytes, hiddenSize, config.embedding.scale, positions);
  }

  /** Vectors of tokens at positions `start` and later, [ids, hidden size]. */
  lookUp(ids: Int32Array, start: number): Float32Array {
    const { width, rowBytes } = this;
    const rows = new Float32Array(ids.length * width);
    ids.forEach((id, i) => {
      if (id >= this.tensor.shape[0]) {
        throw new HeadlightError(
          'token-id-out-of-range',
          `Token id ${id} has no embedding: the model has ${this.tensor.shape[0]}.`,
          { id, limit: this.tensor.shape[0] },
        );
      }
      const row = this.bytes.subarray(id * rowBytes, (id + 1) * rowBytes);
      dequantiseTensor(this.tensor, row, rows, i * width);
    });
    if (this.scale !== 1) for (let i = 0; i < rows.length; i++) rows[i] *= this.scale;
    if (this.positions !== null) {
      for (let i = 0; i < rows.length; i++) rows[i] += this.positions[start * width + i];
    }
    return rows;
  }

  /** Writes the whole matrix as float32, without scale and positions. */
  dequantiseInto(out: Float32Array): void {
    dequantiseTensor(this.tensor, this.bytes, out);
  }

  /** Reads every row once, for models whose output does not do so. Throws as `dequantiseTensor` does. */
  check(): void {
    const rows = new Float32Array(CHECKED_ROWS * this.width);
    const step = CHECKED_ROWS * this.rowBytes;
    for (let at = 0; at < this.bytes.length; at += step)
      dequantiseTensor(this.tensor, this.bytes.subarray(at, at + step), rows);
  }
}

/** Final norm and unembedding as float32 in one buffer, and where each lies in it. */
export interface OutputWeights {
  readonly places: OutputPlaces;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Reads what the output graph wants; the unembedding is the embedding where the file has none. */
export async function readOutputWeights(
  file: ModelFile,
  embedding: Embedding,
  signal?: AbortSignal,
): Promise<OutputWeights> {
  const { config, storage, tensors } = file;
  const { vocabularySize: V, hiddenSize: D } = config;
  const names = storage.names.model;
  const found = new Map<OutputWeightName, FileTensor | null>();
  const shapes = new Map<OutputWeightName, readonly number[]>();
  const add = (name: OutputWeightName, tensor: FileTensor | null, shape: readonly number[]) => {
    found.set(name, tensor);
    shapes.set(name, shape);
  };
  add('norm', findTensor(tensors, `${names.output_norm}.weight`, [D]), [D]);
  if (config.output.norm.kind === 'layer' && tensors.has(`${names.output_norm}.bias`))
    add('norm_bias', findTensor(tensors, `${names.output_norm}.bias`, [D]), [D]);
  const isTied = !tensors.has(`${names.output}.weight`);
  add('unembedding', isTied ? null : findTensor(tensors, `${names.output}.weight`, [V, D]), [V, D]);
  if (tensors.has(`${names.output}.bias`))
    add('unembedding_bias', findTensor(tensors, `${names.output}.bias`, [V]), [V]);

  const { places, bytes } = placeWeights(shapes);
  const buffer = new ArrayBuffer(bytes);
  const wanted: WantedTensor[] = [];
  for (const [name, tensor] of found) {
    const { offset, shape } = places.get(name) ?? { offset: 0, shape: [] };
    const out = new Float32Array(
      buffer,
      offset,
      shape.reduce((product, size) => product * size, 1),
    );
    if (tensor === null) embedding.dequantiseInto(out);
    else wanted.push({ tensor, out });
  }
  await readTensors(wanted, signal);
  if (storage.isNormMinusOne) {
    const gains = new Float32Array(buffer, places.get('norm')?.offset ?? 0, D);
    for (let i = 0; i < D; i++) gains[i] += 1;
  }
  if (!isTied) embedding.check();
  return { places, data: new Uint8Array(buffer) };
}
