import type { HeadVectors } from '../protocol/run.ts';
import type { CausalSlice } from '../tensor/causal-slice.ts';
import { createBlockInputs } from './block-inputs.ts';
import { type LayerStack, runLayerBlock } from './layer-stack.ts';
import type { PackedRows } from './packed-rows.ts';
import { cutBlocks } from './run-layers.ts';
import { floatsOf } from './runtime.ts';
import { createPackedHeads, type SequenceCache } from './sequence-cache.ts';

/**
 * The exact rows of one layer's heads, computed again from the layer's cached input. Costs what the
 * layer cost in the run.
 */
export async function recomputeRows(
  stack: LayerStack,
  cache: SequenceCache,
  layer: number,
): Promise<readonly PackedRows[]> {
  const cached = cache.layers[layer];
  const heads = createPackedHeads(stack.config.headCount);
  for (const block of cutBlocks(0, cached.ids.length, Math.max(1, cached.ids.length))) {
    const attention = await readBlockAttention(stack, cache, layer, block);
    const keys = block.start + block.count;
    heads.forEach((rows, head) => {
      for (let t = 0; t < block.count; t++) {
        const at = (head * block.count + t) * keys;
        rows.setRow(block.start + t, attention.subarray(at, at + block.start + t + 1));
      }
    });
  }
  return heads;
}

async function readBlockAttention(
  stack: LayerStack,
  cache: SequenceCache,
  layer: number,
  block: { readonly start: number; readonly count: number; readonly tokensPerTile: number },
): Promise<Float32Array> {
  const cached = cache.layers[layer];
  const fetched = await runLayerBlock(
    stack,
    layer,
    block,
    createBlockInputs(stack.runtime, stack.config, block, cached.ids.length)(layer),
    cached.inputs.rows(block.start, block.start + block.count),
    { keys: cached.keys.rows(0, block.start), values: cached.values.rows(0, block.start) },
    ['attention'],
  );
  return floatsOf(fetched, 'attention');
}

/** One head's rows as a slice. */
export function toSlice(rows: PackedRows, count: number): CausalSlice {
  return { size: count, packed: rows.toPacked(count) };
}

/** The inner vectors of one head for one query, from the cached input, keys and values. */
export async function readHeadVectors(
  stack: LayerStack,
  cache: SequenceCache,
  layer: number,
  head: number,
  query: number,
): Promise<HeadVectors> {
  const { headSize: d, headCount, keyValueHeadCount } = stack.config;
  const cached = cache.layers[layer];
  const block = { start: query, count: 1, tokensPerTile: 1 };
  const fetched = await runLayerBlock(
    stack,
    layer,
    block,
    createBlockInputs(stack.runtime, stack.config, block, cached.ids.length)(layer),
    cached.inputs.rows(query, query + 1),
    { keys: cached.keys.rows(0, query), values: cached.values.rows(0, query) },
    ['query_scaled', 'attention'],
  );
  const scaled = floatsOf(fetched, 'query_scaled').subarray(head * d, (head + 1) * d);
  const keyValueHead = Math.floor(head / (headCount / keyValueHeadCount));
  const width = keyValueHeadCount * d;
  const ofHead = (rows: Float32Array): Float32Array => {
    const own = new Float32Array((query + 1) * d);
    for (let k = 0; k <= query; k++) {
      const at = k * width + keyValueHead * d;
      own.set(rows.subarray(at, at + d), k * d);
    }
    return own;
  };
  const keyVectors = ofHead(cached.keys.rows(0, query + 1));
  const valueVectors = ofHead(cached.values.rows(0, query + 1));
  const weights = floatsOf(fetched, 'attention').slice(
    head * (query + 1),
    (head + 1) * (query + 1),
  );
  const { scale, scoreCap, window } = stack.config.layers[layer].attention;
  const scores = new Float32Array(query + 1);
  const output = new Float32Array(d);
  for (let k = 0; k <= query; k++) {
    for (let i = 0; i < d; i++) {
      scores[k] += scaled[i] * keyVectors[k * d + i];
      output[i] += weights[k] * valueVectors[k * d + i];
    }
    if (scoreCap !== null) scores[k] = scoreCap * Math.tanh(scores[k] / scoreCap);
    if (window !== null && query - k >= window) scores[k] = Number.NEGATIVE_INFINITY;
  }
  const queryVector = scaled.map((value) => value / scale);
  return {
    query,
    headSize: d,
    queryVector,
    keyVectors,
    valueVectors,
    attentionScale: scale,
    scoreCap,
    scores,
    weights,
    output,
  };
}
