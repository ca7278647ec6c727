import type { LoadedModel } from '../engine/loaded-model.ts';
import { runOutputBlocks } from '../engine/predict.ts';
import { planRun, runLayers } from '../engine/run-layers.ts';
import { SequenceCache } from '../engine/sequence-cache.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';

/** A finished run with all that it left behind. */
export interface CompleteRun {
  readonly ids: Int32Array<ArrayBuffer>;
  readonly cache: SequenceCache;
  readonly summaries: readonly LayerSummary[];
}

/** Runs a text from the beginning, or continues what `cache` holds; keeps every exact row. */
export async function runText(
  model: LoadedModel,
  ids: Int32Array<ArrayBuffer>,
  cache: SequenceCache = new SequenceCache(model.stack.config),
): Promise<CompleteRun> {
  const summaries: LayerSummary[] = [];
  await runLayers(
    model.stack,
    cache,
    ids,
    planRun(cache, ids),
    (part, start) => model.embedding.lookUp(part, start),
    {
      keepsRows: () => true,
      onLayer: (summary) => summaries.push(summary),
      pause: async () => undefined,
    },
  );
  return { ids, cache, summaries };
}

/** One head's full matrix [T, T] written into `out` from `at` on. */
export function writeFullMatrix(
  run: CompleteRun,
  layer: number,
  head: number,
  out: Float32Array,
  at: number,
): void {
  const rows = run.cache.layers[layer].attention;
  if (rows === null) throw new Error(`layer ${layer} kept no rows`);
  for (let query = 0; query < run.ids.length; query++) {
    out.set(rows[head].row(query), at + query * run.ids.length);
  }
}

/** The streams [L+1, T, D]: row 0 the embedding, row L after the final norm; and logits [T, V]. */
export async function readStreams(
  model: LoadedModel,
  run: CompleteRun,
): Promise<{ readonly hidden: Float32Array; readonly logits: Float32Array }> {
  const { layerCount, hiddenSize, vocabularySize } = model.stack.config;
  const n = run.ids.length;
  const hidden = new Float32Array((layerCount + 1) * n * hiddenSize);
  run.cache.layers.forEach((layer, l) => {
    hidden.set(layer.inputs.rows(0, n), l * n * hiddenSize);
  });
  const logits = new Float32Array(n * vocabularySize);
  let at = 0;
  for await (const part of runOutputBlocks(model.stack, run.cache, n, ['normed', 'logits'])) {
    hidden.set(part.normed, layerCount * n * hiddenSize + at * hiddenSize);
    logits.set(part.logits, at * vocabularySize);
    at += part.normed.length / hiddenSize;
  }
  return { hidden, logits };
}
