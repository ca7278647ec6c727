import { rowStart } from '../tensor/causal-slice.ts';

const ROWS = 64;

/**
 * One head's causal rows, growing at the end: chunks of 64 rows, so that a longer text moves nothing
 * that is there already.
 */
export class PackedRows {
  private readonly chunks: Float32Array[] = [];

  /** Writes row `query` from its first query + 1 values. */
  setRow(query: number, row: Float32Array): void {
    const index = Math.floor(query / ROWS);
    const base = rowStart(index * ROWS);
    this.chunks[index] ??= new Float32Array(rowStart((index + 1) * ROWS) - base);
    this.chunks[index].set(row, rowStart(query) - base);
  }

  /** The row of a query as a view. */
  row(query: number): Float32Array {
    const index = Math.floor(query / ROWS);
    const at = rowStart(query) - rowStart(index * ROWS);
    return this.chunks[index].subarray(at, at + query + 1);
  }

  /** A packed copy of the first `count` rows. */
  toPacked(count: number): Float32Array<ArrayBuffer> {
    const packed = new Float32Array(rowStart(count));
    this.chunks.forEach((chunk, index) => {
      const at = rowStart(index * ROWS);
      if (at < packed.length) packed.set(chunk.subarray(0, packed.length - at), at);
    });
    return packed;
  }
}
