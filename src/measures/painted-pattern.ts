import { sampleCorrelation } from 'simple-statistics';
import { type CellPattern, createPattern } from '../tensor/cell-pattern.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import { causalCellsOfTile } from '../tensor/summary-rows.ts';

/** The largest matrix that can be painted, cells a side. */
export const LARGEST_PAINTED = 16;

/**
 * A small matrix that a person painted: rows are parts of the text that look, columns parts that are
 * looked at. Values [row, column] row-major, 0 to 1; what lies above the diagonal does not count.
 */
export interface PaintedMatrix {
  readonly side: number;
  readonly values: Float32Array;
}

/** How a head agrees with what was painted; our operationalisation. */
export interface PaintedScore {
  /** Pearson, -1 to 1; NaN where the painting or the head is even. */
  readonly correlation: number;
  /** Share of attention on what was painted, 0 to 1, paler cells counting in part. */
  readonly mass: number;
}

/** The part of `side` that position `index` of `count` falls into, by its middle. */
function partOf(index: number, count: number, side: number): number {
  return Math.floor(((index + 0.5) * side) / count);
}

/**
 * A painted matrix stretched over a text: the cells whose painted part is at least `threshold`. Token i
 * of n belongs to part floor((i + .5) s / n) of a side of s.
 */
export function createPaintedPattern(
  { side, values }: PaintedMatrix,
  size: number,
  threshold = 0.5,
): CellPattern {
  return createPattern(size, (query) => {
    const row = partOf(query, size, side) * side;
    const keys = [];
    for (let key = 0; key <= query; key++)
      if (values[row + partOf(key, size, side)] >= threshold) keys.push(key);
    return keys;
  });
}

/** A head's attention summed over the parts of a side, [row, column], from its tiles. */
export function poolTiles(summary: LayerSummary, head: number, side: number): Float64Array {
  const { tokensPerTile, count, mean } = summary.tiles;
  const masses = new Float64Array(side * side);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column <= row; column++) {
      const cells = causalCellsOfTile(row, column, tokensPerTile, summary.queryCount);
      masses[partOf(row, count, side) * side + partOf(column, count, side)] +=
        cells * mean[(head * count + row) * count + column];
    }
  }
  return masses;
}

/**
 * Compares a painting with a head on one text. The head's tiles are summed to the painting's parts (a
 * tile belongs to the part of its middle) and each row of parts is divided by its sum: how the queries of
 * that part share their attention out. `correlation` is Pearson's over the cells below and on the
 * diagonal; `mass` = Σ attention x painted / Σ attention. Parts without tokens (texts shorter than the
 * side) are left out. With `skipsFirst` the first column of parts, where sinks are, is left out of the
 * correlation.
 */
export function comparePainted(
  { side, values }: PaintedMatrix,
  summary: LayerSummary,
  head: number,
  skipsFirst = false,
): PaintedScore {
  const masses = poolTiles(summary, head, side);
  const { count } = summary.tiles;
  const filled = new Set(Array.from({ length: count }, (_, tile) => partOf(tile, count, side)));
  const painted: number[] = [];
  const shares: number[] = [];
  let onPainted = 0;
  let all = 0;
  for (let row = 0; row < side; row++) {
    const own = masses.subarray(row * side, row * side + row + 1);
    const sum = own.reduce((total, mass) => total + mass, 0);
    if (!(sum > 0)) continue;
    own.forEach((mass, column) => {
      onPainted += mass * values[row * side + column];
      if (!filled.has(column) || (skipsFirst && column === 0)) return;
      painted.push(values[row * side + column]);
      shares.push(mass / sum);
    });
    all += sum;
  }
  return {
    correlation: painted.length > 1 ? sampleCorrelation(painted, shares) : Number.NaN,
    mass: all > 0 ? onPainted / all : Number.NaN,
  };
}
