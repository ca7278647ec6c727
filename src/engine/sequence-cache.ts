import type { ModelConfig } from '../model/model-config.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import { GrowingRows } from './growing-rows.ts';
import { PackedRows } from './packed-rows.ts';

/** What is held of one layer for one text. Rows are valid for the tokens in `ids`. */
export interface LayerCache {
  ids: Int32Array<ArrayBuffer>;
  /** The length of the text that keys were turned for: some rotations depend on it. */
  turnedFor: number;
  /** The stream that enters the layer, [n, D]. */
  readonly inputs: GrowingRows;
  /** Rotated keys and values, [n, KV*d]. */
  readonly keys: GrowingRows;
  readonly values: GrowingRows;
  /** Exact rows of each head, or null where memory does not hold them. */
  attention: readonly PackedRows[] | null;
  summary: LayerSummary | null;
}

/** How many tokens two texts share from the beginning. */
export function commonPrefix(a: Int32Array, b: Int32Array): number {
  const end = Math.min(a.length, b.length);
  let length = 0;
  while (length < end && a[length] === b[length]) length++;
  return length;
}

/** What one text's run leaves behind, so that an edit re-runs only what follows its first change. */
export class SequenceCache {
  readonly layers: readonly LayerCache[];
  /** The stream after the last layer, before the final norm, [n, D]; valid for `outputIds`. */
  readonly outputs: GrowingRows;
  outputIds = new Int32Array(0);

  constructor(readonly config: ModelConfig) {
    const width = config.keyValueHeadCount * config.headSize;
    this.outputs = new GrowingRows(config.hiddenSize);
    this.layers = Array.from({ length: config.layerCount }, () => ({
      ids: new Int32Array(0),
      turnedFor: 0,
      inputs: new GrowingRows(config.hiddenSize),
      keys: new GrowingRows(width),
      values: new GrowingRows(width),
      attention: null,
      summary: null,
    }));
  }

  /** Tokens that every layer has in common with `ids`. */
  sharedPrefix(ids: Int32Array): number {
    return this.layers.reduce(
      (least, layer) => Math.min(least, commonPrefix(layer.ids, ids)),
      commonPrefix(this.outputIds, ids),
    );
  }
}

/** Exact rows for each head, empty. */
export function createPackedHeads(headCount: number): readonly PackedRows[] {
  return Array.from({ length: headCount }, () => new PackedRows());
}
