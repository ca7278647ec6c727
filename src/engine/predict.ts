import type { Tensor } from 'onnxruntime-common';
import { BLOCK_POSITIONS } from '../model/block-limits.ts';
import { PREDICTIONS } from '../protocol/run.ts';
import type { LayerStack } from './layer-stack.ts';
import { type Fetched, floatsOf, integersOf } from './runtime.ts';
import { commonPrefix, type SequenceCache } from './sequence-cache.ts';

/** Predictions of a text as numbers; shapes as in protocol's `Predictions`. */
export interface PredictionRows {
  readonly sequence: Int32Array;
  readonly ids: Int32Array;
  readonly logProbabilities: Float32Array;
  readonly surprise: Float32Array;
}

/** The output graph on some positions of the stream. */
export async function runOutput(
  stack: LayerStack,
  x: Float32Array,
  targets: readonly number[],
  candidates: number,
  outputs: readonly string[],
): Promise<Fetched> {
  const { Tensor } = stack.runtime;
  const feeds: Record<string, Tensor> = {
    x: new Tensor('float32', x, [targets.length, stack.config.hiddenSize]),
    targets: new Tensor('int64', new BigInt64Array(targets.map(BigInt)), [targets.length, 1]),
    candidates: new Tensor('int64', new BigInt64Array([BigInt(candidates)]), [1]),
  };
  return stack.output.run(feeds, outputs);
}

/** The output graph over all positions, some at a time; yields the named float outputs of each block. */
export async function* runOutputBlocks<Name extends string>(
  stack: LayerStack,
  cache: SequenceCache,
  count: number,
  names: readonly Name[],
): AsyncGenerator<Readonly<Record<Name, Float32Array>>> {
  for (let start = 0; start < count; start += BLOCK_POSITIONS) {
    const end = Math.min(count, start + BLOCK_POSITIONS);
    const targets = Array.from({ length: end - start }, () => 0);
    const fetched = await runOutput(stack, cache.outputs.rows(start, end), targets, 1, names);
    yield Object.fromEntries(names.map((name) => [name, floatsOf(fetched, name)])) as Record<
      Name,
      Float32Array
    >;
  }
}

/**
 * The best next tokens after each position and the surprise of each token, for a text that the cache
 * holds. Positions that `before` has in common with the text are taken over.
 */
export async function computePredictions(
  stack: LayerStack,
  cache: SequenceCache,
  ids: Int32Array,
  before: PredictionRows | null,
  pause: () => Promise<void>,
  signal?: AbortSignal,
): Promise<PredictionRows> {
  const n = ids.length;
  const candidates = Math.min(PREDICTIONS, stack.config.vocabularySize);
  const rows = {
    sequence: ids,
    ids: new Int32Array(n * PREDICTIONS).fill(-1),
    logProbabilities: new Float32Array(n * PREDICTIONS).fill(Number.NaN),
    surprise: new Float32Array(n).fill(Number.NaN),
  };
  const shared = before === null ? 0 : commonPrefix(before.sequence, ids);
  // The last shared position predicts a token that may have changed: it is run again.
  const kept = Math.max(0, shared - 1);
  if (before !== null) {
    rows.ids.set(before.ids.subarray(0, kept * PREDICTIONS));
    rows.logProbabilities.set(before.logProbabilities.subarray(0, kept * PREDICTIONS));
    rows.surprise.set(before.surprise.subarray(0, kept + 1));
  }
  for (let start = kept; start < n; start += BLOCK_POSITIONS) {
    signal?.throwIfAborted();
    const end = Math.min(n, start + BLOCK_POSITIONS);
    const targets = Array.from(
      { length: end - start },
      (_, t) => ids[Math.min(n - 1, start + t + 1)],
    );
    const fetched = await runOutput(stack, cache.outputs.rows(start, end), targets, candidates, [
      'log_total',
      'target_logits',
      'top_logits',
      'top_ids',
    ]);
    const total = floatsOf(fetched, 'log_total');
    const target = floatsOf(fetched, 'target_logits');
    const logits = floatsOf(fetched, 'top_logits');
    const best = integersOf(fetched, 'top_ids');
    for (let t = 0; t < end - start; t++) {
      for (let k = 0; k < candidates; k++) {
        rows.ids[(start + t) * PREDICTIONS + k] = Number(best[t * candidates + k]);
        rows.logProbabilities[(start + t) * PREDICTIONS + k] =
          logits[t * candidates + k] - total[t];
      }
      if (start + t + 1 < n) rows.surprise[start + t + 1] = total[t] - target[t];
    }
    await pause();
  }
  return rows;
}
