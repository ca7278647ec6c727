import { freeBuffer } from '../lib/free-buffer.ts';
import { BLOCK_QUERIES } from '../model/block-limits.ts';
import { dependsOnLength } from '../model/rotation.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import { createLayerSummary, extendSummary, getTokensPerTile } from '../tensor/summary-rows.ts';
import { findCopies } from '../text/token-copies.ts';
import { type Block, createBlockInputs } from './block-inputs.ts';
import { collectMatrix, collectReductions, SUMMARY_OUTPUTS } from './collect-block.ts';
import { type LayerStack, runLayerBlock } from './layer-stack.ts';
import { floatsOf } from './runtime.ts';
import { createPackedHeads, type LayerCache, type SequenceCache } from './sequence-cache.ts';

/** Beyond this many tokens the matrices stay inside the graph; only its reductions come out. */
export const MATRIX_LIMIT = 2048;

/** Where a run starts and how it is cut. */
export interface RunPlan {
  /** Queries taken over from the cache. */
  readonly kept: number;
  readonly tokensPerTile: number;
}

/**
 * Decides what can be taken over from the cache for a text. Tiles may only grow coarser, and a tile row
 * that is cut in the middle must run again, so `kept` lies on a tile's edge unless the cached text is
 * merely continued.
 */
export function planRun(cache: SequenceCache, ids: Int32Array): RunPlan {
  const wanted = getTokensPerTile(ids.length);
  const shared = cache.sharedPrefix(ids);
  const summaries = cache.layers.map((layer) => layer.summary);
  const isTurnedOtherwise = cache.layers.some(({ turnedFor }, layer) =>
    dependsOnLength(cache.config.layers[layer].attention.rotation, turnedFor, ids.length),
  );
  // Copies of tokens are counted in matrices, which long texts do not give: a text that became short
  // enough must be run again to have them.
  const lacksCopies =
    ids.length <= MATRIX_LIMIT &&
    summaries.some((summary) => (summary?.queryCount ?? 0) > MATRIX_LIMIT);
  if (shared === 0 || isTurnedOtherwise || lacksCopies || summaries.includes(null)) {
    return { kept: 0, tokensPerTile: wanted };
  }
  const size = summaries.reduce(
    (largest, summary) => Math.max(largest, summary?.tiles.tokensPerTile ?? 1),
    wanted,
  );
  if (size > wanted && Math.ceil(ids.length / size) < 16) {
    return { kept: 0, tokensPerTile: wanted };
  }
  const isContinued = summaries.every((summary) => summary?.queryCount === shared);
  const edge = Math.floor(shared / size) * size;
  return { kept: isContinued ? shared : edge, tokensPerTile: size };
}

/** Blocks of queries from `start` to `end`. */
export function cutBlocks(start: number, end: number, tokensPerTile: number): Block[] {
  const blocks: Block[] = [];
  let at = start;
  while (at < end) {
    // After a partial beginning, blocks end on multiples of the block size and so on tiles' edges.
    const stop = Math.min(end, (Math.floor(at / BLOCK_QUERIES) + 1) * BLOCK_QUERIES);
    blocks.push({ start: at, count: stop - at, tokensPerTile });
    at = stop;
  }
  return blocks;
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether a layer's exact rows are kept. */
  readonly keepsRows: (layer: number) => boolean;
  readonly onLayer: (summary: LayerSummary) => void;
  /** Sees a block's weights, [head, query, key], before they are let go; never called for long texts. */
  readonly onMatrix?: (layer: number, block: Block, attention: Float32Array) => void;
  /** Lets messages in between layers. */
  readonly pause: () => Promise<void>;
}

function startSummary(
  cached: LayerCache,
  heads: number,
  ids: Int32Array,
  layer: number,
  plan: RunPlan,
  window: number | null,
) {
  return cached.summary === null || plan.kept === 0
    ? createLayerSummary(layer, heads, ids.length, plan.tokensPerTile, window)
    : extendSummary(cached.summary, plan.kept, ids.length, plan.tokensPerTile);
}

/**
 * Runs all layers for the tokens after `plan.kept`, layer by layer, block by block. The cache holds the
 * whole text afterwards; when it is cancelled between layers, each layer still says which tokens it holds.
 */
export async function runLayers(
  stack: LayerStack,
  cache: SequenceCache,
  ids: Int32Array<ArrayBuffer>,
  plan: RunPlan,
  embed: (ids: Int32Array, start: number) => Float32Array,
  options: RunOptions,
): Promise<void> {
  const { headCount } = stack.config;
  const blocks = cutBlocks(plan.kept, ids.length, plan.tokensPerTile);
  const inputs = blocks.map((block) =>
    createBlockInputs(stack.runtime, stack.config, block, ids.length),
  );
  const takesMatrix = ids.length <= MATRIX_LIMIT;
  const copies = takesMatrix ? findCopies(ids) : null;
  const outputs = [
    'y',
    'new_key',
    'new_value',
    ...SUMMARY_OUTPUTS,
    ...(takesMatrix ? ['attention'] : []),
  ];
  let stream = embed(ids.subarray(plan.kept), plan.kept);
  const width = stack.config.hiddenSize;

  for (const [layer, cached] of cache.layers.entries()) {
    options.signal?.throwIfAborted();
    const { window } = stack.config.layers[layer].attention;
    const summary = startSummary(cached, headCount, ids, layer, plan, window);
    const next = new Float32Array(stream.length);
    const canExtend = cached.attention !== null || plan.kept === 0;
    const rows =
      takesMatrix && canExtend && options.keepsRows(layer)
        ? plan.kept > 0 && cached.attention
          ? cached.attention
          : createPackedHeads(headCount)
        : null;
    cached.ids = ids.slice(0, plan.kept);
    cached.turnedFor = ids.length;
    cached.attention = rows;
    cached.inputs.set(plan.kept, stream);
    for (const [index, block] of blocks.entries()) {
      const at = (block.start - plan.kept) * width;
      const fetched = await runLayerBlock(
        stack,
        layer,
        block,
        inputs[index](layer),
        stream.subarray(at, at + block.count * width),
        { keys: cached.keys.rows(0, block.start), values: cached.values.rows(0, block.start) },
        outputs,
      );
      next.set(floatsOf(fetched, 'y'), at);
      cached.keys.set(block.start, floatsOf(fetched, 'new_key'));
      cached.values.set(block.start, floatsOf(fetched, 'new_value'));
      collectReductions(summary, block, fetched);
      if (copies !== null) {
        const attention = floatsOf(fetched, 'attention');
        collectMatrix(summary, block, attention, copies, rows);
        options.onMatrix?.(layer, block, attention);
      }
      for (const name of outputs) freeBuffer((fetched[name].data as Float32Array).buffer);
    }
    cached.summary = summary;
    cached.ids = ids;
    freeBuffer(stream.buffer);
    stream = next;
    options.onLayer(summary);
    await options.pause();
  }
  cache.outputs.set(plan.kept, stream);
  cache.outputIds = ids;
}
