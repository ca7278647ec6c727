import { HeadlightError } from '../lib/headlight-error.ts';
import { createMemorySource } from '../model/memory-source.ts';
import type { ModelFile } from '../model/model-file.ts';
import { findEmbedding } from '../model/output-weights.ts';
import {
  dequantiseTensor,
  type FileTensor,
  findTensor,
  readTensors,
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
    private readonly bytes: Uint8Array<ArrayBuffer>,
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
    const { hiddenSize, contextLength } = config;
    const tensor = findEmbedding(file);
    let positions: Float32Array | null = null;
    if (config.embedding.hasPositions) {
      const shape = [contextLength, hiddenSize];
      const stored = findTensor(tensors, `${storage.names.model.positions}.weight`, shape);
      positions = new Float32Array(contextLength * hiddenSize);
      await readTensors([{ tensor: stored, out: positions }], signal);
    }
    const bytes = await tensor.source.read(tensor.offset, tensor.bytes, signal);
    return new Embedding(tensor, bytes, hiddenSize, config.embedding.scale, positions);
  }

  /** Vectors of tokens at positions `start` and later, [ids, hidden size]. */
  lookUp(ids: Int32Array, start: number): Float32Array {
    const rows = this.lookUpTokens(ids);
    if (this.positions !== null) {
      const from = start * this.width;
      for (let i = 0; i < rows.length; i++) rows[i] += this.positions[from + i];
    }
    return rows;
  }

  /** Vectors of tokens without learned positions, [ids, hidden size]. */
  lookUpTokens(ids: Int32Array): Float32Array {
    const { width, rowBytes } = this;
    const rows = new Float32Array(ids.length * width);
    ids.forEach((id, i) => {
      if (!(id >= 0 && id < this.tensor.shape[0])) {
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
    return rows;
  }

  /** The tensor with its bytes read already, for an output that is tied to it. */
  get held(): FileTensor {
    const source = createMemorySource(this.tensor.name, this.bytes);
    return { ...this.tensor, source, offset: 0 };
  }

  /** Reads every row once, for models whose output does not do so. Throws as `dequantiseTensor` does. */
  check(): void {
    const rows = new Float32Array(CHECKED_ROWS * this.width);
    const step = CHECKED_ROWS * this.rowBytes;
    for (let at = 0; at < this.bytes.length; at += step)
      dequantiseTensor(this.tensor, this.bytes.subarray(at, at + step), rows);
  }
}
