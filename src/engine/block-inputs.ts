import type { Tensor } from 'onnxruntime-common';
import type { ModelConfig } from '../model/architecture.ts';
import { STRONGEST_KEYS } from '../tensor/layer-summary.ts';
import { computeRotaryTables } from './rotary.ts';
import type { Runtime } from './runtime.ts';

/** A block of queries: positions [start, start + count) of a text cut into tiles of `tokensPerTile`. */
export interface Block {
  readonly start: number;
  readonly count: number;
  readonly tokensPerTile: number;
}

/** Hidden future keys get this instead of -infinity, which softmax kernels may turn into NaN. */
const MASKED = -1e9;

/** What a layer graph needs beside the stream and the cache; the same for every layer. */
export function createBlockInputs(
  runtime: Runtime,
  config: ModelConfig,
  { start, count, tokensPerTile: size }: Block,
): Readonly<Record<string, Tensor>> {
  const { Tensor } = runtime;
  const { headCount: H, headSize: d } = config;
  const keys = start + count;
  const { cos, sin } = computeRotaryTables(config, start, count);

  const mask = new Float32Array(count * keys);
  const picks = new BigInt64Array(count * 2);
  for (let t = 0; t < count; t++) {
    mask.fill(MASKED, t * keys + start + t + 1, (t + 1) * keys);
    picks[2 * t] = BigInt(start + t);
    picks[2 * t + 1] = BigInt(Math.max(0, start + t - 1));
  }
  const massFeatures = new Float32Array(keys * 3);
  const entropyFeatures = new Float32Array(keys * 2);
  for (let k = 0; k < keys; k++) {
    massFeatures[3 * k] = k;
    massFeatures[3 * k + 1] = k > 0 ? 1 : 0;
    massFeatures[3 * k + 2] = k < 4 ? 1 : 0;
    entropyFeatures[2 * k] = -1;
    entropyFeatures[2 * k + 1] = k > 0 ? -1 : 0;
  }
  const firstTileRow = Math.floor(start / size);
  const rows = Math.floor((keys - 1) / size) - firstTileRow + 1;
  const columns = Math.ceil(keys / size);
  const above = start - firstTileRow * size;
  const below = rows * size - above - count;
  const int64 = (values: readonly number[], shape = [values.length]) =>
    new Tensor('int64', new BigInt64Array(values.map(BigInt)), shape);
  return {
    cos: new Tensor('float32', cos, [count, d]),
    sin: new Tensor('float32', sin, [count, d]),
    mask: new Tensor('float32', mask, [count, keys]),
    head_mask: new Tensor('float32', new Float32Array(H).fill(1), [H, 1, 1]),
    mass_features: new Tensor('float32', massFeatures, [keys, 3]),
    entropy_features: new Tensor('float32', entropyFeatures, [keys, 2]),
    picks: new Tensor('int64', picks, [count, 2]),
    strongest: int64([Math.min(STRONGEST_KEYS, keys)]),
    tile_padding: int64([0, above, 0, 0, below, columns * size - keys]),
    tile_columns: int64([H, rows * size, columns, size]),
    tile_rows: int64([H, rows, size, columns]),
  };
}
