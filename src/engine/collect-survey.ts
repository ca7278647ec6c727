import type { PatternWeights, StreamPoint, SurveyRequest } from '../protocol/survey.ts';
import { rowStart } from '../tensor/causal-slice.ts';
import type { CellPattern } from '../tensor/cell-pattern.ts';
import { countWeights, WEIGHT_BINS } from '../tensor/weight-histogram.ts';
import type { Block } from './block-inputs.ts';

/** What a survey collects of one layer, block by block. */
export class SurveyCollector {
  readonly patterns: PatternWeights;
  readonly columns: Float32Array;
  readonly corner: Float32Array;
  readonly weightCounts: Float64Array | null;
  private readonly side: number;

  constructor(
    private readonly request: SurveyRequest,
    private readonly headCount: number,
    private readonly window: number | null,
  ) {
    const { ids, columns = [], patterns = [], corner = 0, countsWeights } = request;
    const size = patterns.length * headCount;
    this.patterns = {
      sums: new Float64Array(size),
      bestWeights: new Float32Array(size).fill(Number.NaN),
      bestQueries: new Int32Array(size).fill(-1),
      bestKeys: new Int32Array(size).fill(-1),
    };
    this.columns = new Float32Array(headCount * columns.length * ids.length);
    this.side = Math.min(corner, ids.length);
    this.corner = new Float32Array(headCount * rowStart(this.side));
    this.weightCounts = countsWeights ? new Float64Array(WEIGHT_BINS) : null;
  }

  /** Takes a block's weights, [head, query, key]. */
  take({ start, count }: Block, attention: Float32Array): void {
    const { ids, columns = [], patterns = [] } = this.request;
    const keyCount = start + count;
    for (let head = 0; head < this.headCount; head++) {
      for (let t = 0; t < count; t++) {
        const query = start + t;
        const at = (head * count + t) * keyCount;
        const row = attention.subarray(at, at + query + 1);
        columns.forEach((key, c) => {
          if (key <= query)
            this.columns[(head * columns.length + c) * ids.length + query] = row[key];
        });
        if (query < this.side) this.corner.set(row, head * rowStart(this.side) + rowStart(query));
        if (this.weightCounts !== null) countWeights(this.weightCounts, this.seenTail(row, query));
        patterns.forEach((pattern, p) => {
          this.takePattern(pattern, p * this.headCount + head, query, row);
        });
      }
    }
  }

  /** A row without its first key and without what a window hides. */
  private seenTail(row: Float32Array, query: number): Float32Array {
    const first = this.window === null ? 1 : Math.max(1, query + 1 - this.window);
    return row.subarray(first);
  }

  private takePattern(
    { starts, keys }: CellPattern,
    to: number,
    query: number,
    row: Float32Array,
  ): void {
    const { sums, bestWeights, bestQueries, bestKeys } = this.patterns;
    for (let k = starts[query]; k < starts[query + 1]; k++) {
      const weight = row[keys[k]];
      sums[to] += weight;
      if (weight <= bestWeights[to]) continue;
      bestWeights[to] = weight;
      bestQueries[to] = query;
      bestKeys[to] = keys[k];
    }
  }
}

/** The mean over rows and the last row of a stream [n, width]. */
export function toStreamPoint(rows: Float32Array, width: number): StreamPoint {
  const count = rows.length / width;
  const sums = new Float64Array(width);
  for (let i = 0; i < rows.length; i++) sums[i % width] += rows[i];
  return {
    mean: Float32Array.from(sums, (sum) => sum / count),
    last: rows.slice(rows.length - width),
  };
}
