import { type LayerSummary, STRONGEST_KEYS } from '../tensor/layer-summary.ts';
import { causalCellsOfTile } from '../tensor/summary-rows.ts';
import type { TokenCopies } from '../text/token-copies.ts';
import type { Block } from './block-inputs.ts';
import type { PackedRows } from './packed-rows.ts';
import { type Fetched, floatsOf, integersOf } from './runtime.ts';

/** Outputs of a layer graph that a summary is made of. */
export const SUMMARY_OUTPUTS = [
  'mass',
  'entropy',
  'picked',
  'strongest_weights',
  'strongest_keys',
  'tile_max',
  'tile_sum',
] as const;

/** Writes one block's reductions into the summary's rows. */
export function collectReductions(summary: LayerSummary, block: Block, fetched: Fetched): void {
  const { headCount, queryCount } = summary;
  const mass = floatsOf(fetched, 'mass');
  const entropy = floatsOf(fetched, 'entropy');
  const picked = floatsOf(fetched, 'picked');
  const weights = floatsOf(fetched, 'strongest_weights');
  const keys = integersOf(fetched, 'strongest_keys');
  const kept = fetched.strongest_keys.dims[2];
  for (let head = 0; head < headCount; head++) {
    for (let t = 0; t < block.count; t++) {
      const query = block.start + t;
      const from = head * block.count + t;
      const to = head * queryCount + query;
      summary.entropy[to] = Math.max(0, entropy[2 * from]);
      summary.tailEntropy[to] = Math.max(0, entropy[2 * from + 1]);
      summary.distance[to] = Math.max(0, query - mass[3 * from]);
      summary.tailMass[to] = mass[3 * from + 1];
      // The first key adds nothing to Σ a j: no large numbers cancel where nearly all is on it.
      summary.tailDistance[to] = Math.max(0, query * mass[3 * from + 1] - mass[3 * from]);
      summary.firstFourMass[to] = mass[3 * from + 2];
      summary.currentWeight[to] = picked[2 * from];
      summary.previousWeight[to] = query > 0 ? picked[2 * from + 1] : 0;
      for (let k = 0; k < kept; k++) {
        const key = Number(keys[from * kept + k]);
        if (key > query) continue;
        summary.strongestKeys[to * STRONGEST_KEYS + k] = key;
        summary.strongestWeights[to * STRONGEST_KEYS + k] = weights[from * kept + k];
      }
    }
  }
  collectTiles(summary, block, fetched);
}

function collectTiles(summary: LayerSummary, block: Block, fetched: Fetched): void {
  const { tiles, headCount, queryCount } = summary;
  const max = floatsOf(fetched, 'tile_max');
  const sum = floatsOf(fetched, 'tile_sum');
  const [, rows, columns] = fetched.tile_max.dims;
  const firstRow = Math.floor(block.start / tiles.tokensPerTile);
  for (let head = 0; head < headCount; head++) {
    for (let r = 0; r < rows; r++) {
      const row = firstRow + r;
      for (let column = 0; column < columns; column++) {
        const cells = causalCellsOfTile(row, column, tiles.tokensPerTile, queryCount);
        if (cells === 0) continue;
        const from = (head * rows + r) * columns + column;
        const to = (head * tiles.count + row) * tiles.count + column;
        tiles.max[to] = Math.max(tiles.max[to], max[from]);
        tiles.mean[to] += sum[from] / cells;
      }
    }
  }
}

/** Takes what needs the matrix itself: attention to copies of the token, and exact rows to keep. */
export function collectMatrix(
  summary: LayerSummary,
  block: Block,
  attention: Float32Array,
  copies: TokenCopies,
  keep: readonly PackedRows[] | null,
): void {
  const keys = block.start + block.count;
  for (let head = 0; head < summary.headCount; head++) {
    for (let t = 0; t < block.count; t++) {
      const query = block.start + t;
      const at = (head * block.count + t) * keys;
      let duplicate = 0;
      let induction = 0;
      for (const key of copies.duplicates[query]) {
        duplicate += attention[at + key];
        induction += attention[at + key + 1];
      }
      const to = head * summary.queryCount + query;
      summary.duplicateWeight[to] = duplicate;
      summary.inductionWeight[to] = induction;
      keep?.[head].setRow(query, attention.subarray(at, at + query + 1));
    }
  }
}
