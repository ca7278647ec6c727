import { freeBuffer } from '../lib/free-buffer.ts';

/** Rows of a fixed width that are appended to: hidden states, keys, values. */
export class GrowingRows {
  private data: Float32Array;

  constructor(
    readonly width: number,
    capacity = 64,
  ) {
    this.data = new Float32Array(capacity * width);
  }

  /** Writes rows from `start` on; grows when they do not fit. */
  set(start: number, rows: Float32Array): void {
    const end = start * this.width + rows.length;
    if (end > this.data.length) {
      const grown = new Float32Array(Math.max(end, Math.ceil(this.data.length * 1.5)));
      grown.set(this.data.subarray(0, start * this.width));
      freeBuffer(this.data.buffer);
      this.data = grown;
    }
    this.data.set(rows, start * this.width);
  }

  /** Rows [start, end) as a view, good until the next `set`. */
  rows(start: number, end: number): Float32Array {
    return this.data.subarray(start * this.width, end * this.width);
  }
}
