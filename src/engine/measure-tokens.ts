import type { MeasuredTokens } from '../protocol/engine.ts';
import { rowStart } from '../tensor/causal-slice.ts';
import type { Embedding } from './embedding.ts';
import type { LayerStack } from './layer-stack.ts';
import { runOutputBlocks } from './predict.ts';
import { planRun, runLayers } from './run-layers.ts';
import { SequenceCache } from './sequence-cache.ts';

/**
 * Runs ids through a model twice, at once and token by token, with caches of its own: the second run
 * takes the way that edits and generation take, so the two must agree. Meant for short sequences: all
 * exact rows are held.
 */
export async function measureTokens(
  stack: LayerStack,
  embedding: Embedding,
  ids: Int32Array<ArrayBuffer>,
  pause: () => Promise<void>,
  signal?: AbortSignal,
): Promise<MeasuredTokens> {
  const run = async (cache: SequenceCache, part: Int32Array<ArrayBuffer>): Promise<void> =>
    runLayers(
      stack,
      cache,
      part,
      planRun(cache, part),
      (tokens, start) => embedding.lookUp(tokens, start),
      { signal, keepsRows: () => true, onLayer: () => undefined, pause },
    );
  const whole = new SequenceCache(stack.config);
  await run(whole, ids);
  const growing = new SequenceCache(stack.config);
  for (let count = 1; count <= ids.length; count++) await run(growing, ids.slice(0, count));
  const { vocabularySize } = stack.config;
  const logits = new Float32Array(ids.length * vocabularySize);
  let at = 0;
  for await (const block of runOutputBlocks(stack, whole, ids.length, ['logits'])) {
    logits.set(block.logits, at);
    at += block.logits.length;
  }
  return {
    attention: collectAttention(whole, ids.length),
    attentionByToken: collectAttention(growing, ids.length),
    logits,
  };
}

function collectAttention(cache: SequenceCache, count: number): Float32Array {
  const { layerCount, headCount } = cache.config;
  const size = rowStart(count);
  const packed = new Float32Array(layerCount * headCount * size);
  cache.layers.forEach(({ attention }, layer) => {
    attention?.forEach((rows, head) => {
      packed.set(rows.toPacked(count), (layer * headCount + head) * size);
    });
  });
  return packed;
}
