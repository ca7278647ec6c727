import { findCopies } from '../text/token-copies.ts';
import { type AttentionTiles, type LayerSummary, STRONGEST_KEYS } from './layer-summary.ts';

/** The per-row measures of a summary, [head, query] each. */
export const ROW_MEASURES = [
  'entropy',
  'tailEntropy',
  'tailMass',
  'firstFourMass',
  'distance',
  'tailDistance',
  'currentWeight',
  'previousWeight',
  'duplicateWeight',
  'inductionWeight',
] as const satisfies readonly (keyof LayerSummary)[];

type Rows = { -readonly [Name in keyof LayerSummary]: LayerSummary[Name] };

/**
 * How many tokens a tile's side holds for a text of `count` tokens: the smallest power of two that
 * leaves at most 64 tiles a side, so that short texts (64 tokens and fewer) are shown cell by cell.
 */
export function getTokensPerTile(count: number): number {
  let size = 1;
  while (Math.ceil(count / size) > 64) size *= 2;
  return size;
}

/** An empty summary for `queryCount` queries; measures are NaN until they are written. */
export function createLayerSummary(
  layer: number,
  headCount: number,
  queryCount: number,
  tokensPerTile: number,
  window: number | null = null,
): LayerSummary {
  const rows = () => new Float32Array(headCount * queryCount).fill(Number.NaN);
  const count = Math.ceil(queryCount / tokensPerTile);
  return {
    layer,
    headCount,
    queryCount,
    window,
    entropy: rows(),
    tailEntropy: rows(),
    tailMass: rows(),
    firstFourMass: rows(),
    distance: rows(),
    tailDistance: rows(),
    currentWeight: rows(),
    previousWeight: rows(),
    duplicateWeight: rows(),
    inductionWeight: rows(),
    strongestKeys: new Int32Array(headCount * queryCount * STRONGEST_KEYS).fill(-1),
    strongestWeights: new Float32Array(headCount * queryCount * STRONGEST_KEYS),
    tiles: {
      tokensPerTile,
      count,
      max: new Float32Array(headCount * count * count),
      mean: new Float32Array(headCount * count * count),
    },
  };
}

/** How many causal cells a tile holds in a text of `queryCount` tokens. */
export function causalCellsOfTile(
  row: number,
  column: number,
  tokensPerTile: number,
  queryCount: number,
): number {
  if (column > row) return 0;
  const first = row * tokensPerTile;
  const rows = Math.min(tokensPerTile, queryCount - first);
  return column < row ? rows * tokensPerTile : (rows * (rows + 1)) / 2;
}

/** Tiles of twice the side (once or more), from finer ones: largest of maxima, means by cell count. */
function coarsen(
  tiles: AttentionTiles,
  heads: number,
  queries: number,
  size: number,
): AttentionTiles {
  const factor = size / tiles.tokensPerTile;
  if (factor === 1) return tiles;
  const count = Math.ceil(queries / size);
  const max = new Float32Array(heads * count * count);
  const mean = new Float32Array(heads * count * count);
  for (let head = 0; head < heads; head++) {
    for (let row = 0; row < tiles.count; row++) {
      for (let column = 0; column <= row; column++) {
        const from = (head * tiles.count + row) * tiles.count + column;
        const wideRow = Math.floor(row / factor);
        const wideColumn = Math.floor(column / factor);
        const to = (head * count + wideRow) * count + wideColumn;
        max[to] = Math.max(max[to], tiles.max[from]);
        mean[to] +=
          (tiles.mean[from] * causalCellsOfTile(row, column, tiles.tokensPerTile, queries)) /
          causalCellsOfTile(wideRow, wideColumn, size, queries);
      }
    }
  }
  return { tokensPerTile: size, count, max, mean };
}

/**
 * The summary of a longer text from one that shares its beginning. The first `kept` queries are taken
 * over; room is made for `queryCount`. `kept` must lie on a tile's edge or be all queries of `base`;
 * tiles may only grow coarser. The tiles of rows that are not kept are empty.
 */
export function extendSummary(
  base: LayerSummary,
  kept: number,
  queryCount: number,
  tokensPerTile: number,
): LayerSummary {
  const { headCount: heads } = base;
  const summary: Rows = createLayerSummary(
    base.layer,
    heads,
    queryCount,
    tokensPerTile,
    base.window,
  );
  const copy = <T extends Float32Array | Int32Array>(from: T, to: T, width: number): void => {
    for (let head = 0; head < heads; head++) {
      const start = head * base.queryCount * width;
      to.set(from.subarray(start, start + kept * width), head * queryCount * width);
    }
  };
  for (const name of ROW_MEASURES) copy(base[name], summary[name], 1);
  copy(base.strongestKeys, summary.strongestKeys, STRONGEST_KEYS);
  copy(base.strongestWeights, summary.strongestWeights, STRONGEST_KEYS);

  const wide = coarsen(base.tiles, heads, base.queryCount, tokensPerTile);
  const rows = Math.ceil(kept / tokensPerTile);
  const { count } = summary.tiles;
  for (let head = 0; head < heads; head++) {
    for (let row = 0; row < rows; row++) {
      const from = (head * wide.count + row) * wide.count;
      const to = (head * count + row) * count;
      summary.tiles.max.set(wide.max.subarray(from, from + row + 1), to);
      summary.tiles.mean.set(wide.mean.subarray(from, from + row + 1), to);
    }
  }
  return rescaleLastRow(summary, kept);
}

/** A tile row that is only begun keeps its sums: its means are restated for the cells of the new text. */
function rescaleLastRow(summary: LayerSummary, kept: number): LayerSummary {
  const { tiles, headCount, queryCount } = summary;
  if (kept % tiles.tokensPerTile === 0) return summary;
  const row = Math.floor(kept / tiles.tokensPerTile);
  for (let column = 0; column <= row; column++) {
    const before = causalCellsOfTile(row, column, tiles.tokensPerTile, kept);
    const after = causalCellsOfTile(row, column, tiles.tokensPerTile, queryCount);
    for (let head = 0; head < headCount; head++) {
      const at = (head * tiles.count + row) * tiles.count + column;
      tiles.mean[at] = before === 0 ? 0 : (tiles.mean[at] * before) / after;
    }
  }
  return summary;
}

/**
 * Fills one head's part of a summary with one tile a token from its rows of weights: all that is a sum
 * or a choice of weights. Entropies, distances and masses are left as they are.
 */
export function summariseRows(
  summary: LayerSummary,
  head: number,
  ids: Int32Array,
  rowOfQuery: (query: number) => Float32Array,
): void {
  const { queryCount: n, tiles } = summary;
  const { duplicates } = findCopies(ids);
  for (let query = 0; query < n; query++) {
    const row = rowOfQuery(query);
    const at = head * n + query;
    const sum = (keys: readonly number[], shift: number): number =>
      keys.reduce((total, key) => total + row[key + shift], 0);
    summary.firstFourMass[at] = row.subarray(0, 4).reduce((total, weight) => total + weight, 0);
    summary.currentWeight[at] = row[query];
    summary.previousWeight[at] = query > 0 ? row[query - 1] : 0;
    summary.duplicateWeight[at] = sum(duplicates[query], 0);
    summary.inductionWeight[at] = sum(duplicates[query], 1);
    tiles.max.set(row, at * n);
    tiles.mean.set(row, at * n);
    const strongest = Array.from(row.keys())
      .filter((key) => row[key] > 0)
      .sort((a, b) => row[b] - row[a] || a - b)
      .slice(0, STRONGEST_KEYS);
    strongest.forEach((key, k) => {
      summary.strongestKeys[at * STRONGEST_KEYS + k] = key;
      summary.strongestWeights[at * STRONGEST_KEYS + k] = row[key];
    });
  }
}
