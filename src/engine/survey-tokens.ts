import { HeadlightError } from '../lib/headlight-error.ts';
import {
  type StreamPoint,
  SURVEY_LIMIT,
  type SurveyEnd,
  type SurveyedLayer,
  type SurveyRequest,
} from '../protocol/survey.ts';
import { SurveyCollector, toStreamPoint } from './collect-survey.ts';
import type { Embedding } from './embedding.ts';
import type { LayerStack } from './layer-stack.ts';
import { runOutputBlocks } from './predict.ts';
import { planRun, runLayers } from './run-layers.ts';
import { SequenceCache } from './sequence-cache.ts';

function assertRequest({ ids, patterns = [], columns = [] }: SurveyRequest): void {
  const n = ids.length;
  if (n > SURVEY_LIMIT) {
    throw new HeadlightError(
      'text-too-long',
      `The text has ${n} tokens; surveys take ${SURVEY_LIMIT} at most.`,
      { tokens: n, limit: SURVEY_LIMIT },
    );
  }
  const isOutside = columns.some((key) => !(key >= 0 && key < n));
  if (isOutside || patterns.some(({ size }) => size !== n)) {
    throw new HeadlightError(
      'argument-invalid',
      `What is asked of the text does not fit its ${n} tokens.`,
      { tokens: n },
    );
  }
}

/**
 * Runs ids through a model with a cache of its own and gives what its attention adds up to, layer by
 * layer, as `SurveyRequest` asks. Throws `text-too-long` beyond `SURVEY_LIMIT` tokens and
 * `argument-invalid` for patterns or columns that do not fit.
 */
export async function surveyTokens(
  stack: LayerStack,
  embedding: Embedding,
  request: SurveyRequest,
  onLayer: (layer: SurveyedLayer) => void,
  pause: () => Promise<void>,
  signal?: AbortSignal,
): Promise<SurveyEnd> {
  assertRequest(request);
  const { config } = stack;
  const ids = new Int32Array(request.ids);
  const cache = new SequenceCache(config);
  const collectors = config.layers.map(
    ({ attention }) => new SurveyCollector(request, config.headCount, attention.window),
  );
  const streamOf = (layer: number): StreamPoint | null =>
    request.takesStream
      ? toStreamPoint(cache.layers[layer].inputs.rows(0, ids.length), config.hiddenSize)
      : null;
  await runLayers(
    stack,
    cache,
    ids,
    planRun(cache, ids),
    (part, start) => embedding.lookUp(part, start),
    {
      signal,
      keepsRows: () => false,
      onMatrix: (layer, block, attention) => collectors[layer].take(block, attention),
      onLayer(summary) {
        const { patterns, columns, corner, weightCounts } = collectors[summary.layer];
        const { layer } = summary;
        const stream = streamOf(layer);
        onLayer({ layer, summary, patterns, columns, corner, weightCounts, stream });
      },
      pause,
    },
  );
  if (!request.takesStream) return { stream: null };
  const normed = new Float32Array(ids.length * config.hiddenSize);
  let at = 0;
  for await (const block of runOutputBlocks(stack, cache, ids.length, ['normed'])) {
    normed.set(block.normed, at);
    at += block.normed.length;
  }
  return { stream: toStreamPoint(normed, config.hiddenSize) };
}
