import type { Tensor } from 'onnxruntime-common';
import type { ModelConfig } from '../model/model-config.ts';
import type { Rotation } from '../model/rotation.ts';
import { STRONGEST_KEYS } from '../tensor/layer-summary.ts';
import { computeRotaryTables } from './rotary.ts';
import type { Runtime } from './runtime.ts';

/** A block of queries: positions [start, start + count) of a text cut into tiles of `tokensPerTile`. */
export interface Block {
  readonly start: number;
  readonly count: number;
  readonly tokensPerTile: number;
}

/** Later keys and those beyond a window get this instead of -infinity, which softmax kernels may turn into NaN. */
const MASKED = -1e9;

/** Inputs of layer graphs by name. */
export type BlockInputs = Readonly<Record<string, Tensor>>;

/**
 * What each layer's graph needs beside the stream and the cache, for a block of a text of `length`
 * tokens. Layers with the same window and rotation share their mask and tables.
 */
export function createBlockInputs(
  runtime: Runtime,
  config: ModelConfig,
  block: Block,
  length: number,
): (layer: number) => BlockInputs {
  const shared = createSharedInputs(runtime, config, block);
  const known = new Map<string, BlockInputs>();
  return (layer) => {
    const { rotation, window } = config.layers[layer].attention;
    const key = JSON.stringify([rotation, window]);
    const inputs = known.get(key) ?? {
      ...shared,
      mask: createMask(runtime, block, window),
      ...(rotation === null ? {} : createTables(runtime, rotation, length, block)),
    };
    known.set(key, inputs);
    return inputs;
  };
}

/** Later keys, and those that a window no longer reaches, are masked. */
function createMask(runtime: Runtime, { start, count }: Block, window: number | null): Tensor {
  const keys = start + count;
  const mask = new Float32Array(count * keys);
  for (let t = 0; t < count; t++) {
    mask.fill(MASKED, t * keys + start + t + 1, (t + 1) * keys);
    const first = window === null ? 0 : start + t + 1 - window;
    if (first > 0) mask.fill(MASKED, t * keys, t * keys + first);
  }
  return new runtime.Tensor('float32', mask, [count, keys]);
}

function createTables(
  runtime: Runtime,
  rotation: Rotation,
  length: number,
  { start, count }: Block,
): BlockInputs {
  const { cos, sin } = computeRotaryTables(rotation, length, start, count);
  const table = (values: Float32Array) =>
    new runtime.Tensor('float32', values, [count, rotation.size]);
  return { cos: table(cos), sin: table(sin) };
}

/** Inputs that are the same for every layer. */
function createSharedInputs(
  { Tensor }: Runtime,
  { headCount: H }: ModelConfig,
  { start, count, tokensPerTile: size }: Block,
): BlockInputs {
  const keys = start + count;
  const picks = new BigInt64Array(count * 2);
  for (let t = 0; t < count; t++) {
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
