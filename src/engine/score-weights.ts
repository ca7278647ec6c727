import { HeadlightError } from '../lib/headlight-error.ts';
import { BLOCK_QUERIES } from '../model/block-limits.ts';
import type { ModelFile } from '../model/model-file.ts';
import {
  listScoreKinds,
  type ScoreProgress,
  type WeightScoreKind,
  type WeightScoreRequest,
  type WeightScores,
} from '../protocol/weight-scores.ts';
import { readCircuit, readOutputNorm } from './head-circuit.ts';
import type { LoadedModel } from './loaded-model.ts';
import { Products } from './products.ts';
import type { ScoreContext, Scorer } from './score-context.ts';
import { createNameCopyingScorer } from './score-name-copying.ts';
import { createOvCopyingScorer } from './score-ov-copying.ts';
import {
  createSuccessorScorer,
  createSuppressionScorer,
  createTokenCopyingScorer,
} from './score-token-logits.ts';

/** Throws `argument-invalid` for what could not be computed; ids are checked where they are looked up. */
function assertScorable(
  { names, ordinals, suppression, copying }: WeightScoreRequest,
  limit: number,
): void {
  const check = (isRight: boolean, what: string, details = {}): void => {
    if (!isRight) throw new HeadlightError('argument-invalid', what, details);
  };
  const checkLength = (tokens: number): void =>
    check(
      tokens > 0 && tokens <= limit,
      `A sequence of ${tokens} tokens was given; between 1 and ${limit} are taken.`,
      { tokens, limit },
    );
  for (const { ids, positions } of names?.prompts ?? []) {
    checkLength(ids.length);
    for (const position of positions)
      check(ids[position] !== undefined, `A prompt has no token at position ${position}.`, {
        position,
      });
  }
  for (const { ids, successors } of ordinals ?? []) {
    check(
      ids.length > 0 &&
        successors.length === ids.length &&
        successors.every((each) => each === -1 || ids[each] !== undefined),
      'An ordinal list needs a successor, or -1, for each token, within the list.',
    );
  }
  check(suppression?.ids.length !== 0, 'A sample of tokens needs at least one.');
  for (const sequence of copying?.sequences ?? []) checkLength(sequence.length);
}

async function createScorers(
  context: ScoreContext,
  request: WeightScoreRequest,
): Promise<readonly Scorer[]> {
  const scorers: Scorer[] = [];
  if (request.ovCopying === true) scorers.push(await createOvCopyingScorer(context));
  if (request.names) scorers.push(await createNameCopyingScorer(context, request.names));
  if (request.ordinals) scorers.push(await createSuccessorScorer(context, request.ordinals));
  if (request.suppression)
    scorers.push(await createSuppressionScorer(context, request.suppression));
  if (request.copying)
    scorers.push(await createTokenCopyingScorer(context, request.copying.sequences));
  return scorers;
}

/** The engine around the scoring: it lets short pieces of work have the model to themselves. */
export interface ScoreHost {
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Lets messages in between two steps. */
  pause(): Promise<void>;
  /** Throws when the model that is scored is no longer the engine's. */
  assertHeld(): void;
}

/**
 * Scores heads by their weights, layer by layer: value and output weights are read from the model's file
 * once more and let go with their layer. Work with the model is done in short steps, between which others get
 * in. Throws `argument-invalid`, `token-id-out-of-range`, and the readers' errors.
 */
export async function scoreWeights(
  host: ScoreHost,
  model: LoadedModel,
  file: ModelFile,
  request: WeightScoreRequest,
  onProgress: (progress: ScoreProgress) => void,
  signal: AbortSignal | undefined,
): Promise<WeightScores> {
  const { layerCount, headCount, contextLength } = file.config;
  assertScorable(request, Math.min(BLOCK_QUERIES, contextLength));
  const products = new Products(model.stack.runtime);
  const scores: WeightScores = Object.fromEntries(
    listScoreKinds(request).map((kind) => [
      kind,
      new Float32Array(layerCount * headCount).fill(Number.NaN),
    ]),
  );
  const step: ScoreContext['step'] = async (work) => {
    const result = await host.alone(async () => {
      signal?.throwIfAborted();
      host.assertHeld();
      return work();
    });
    await host.pause();
    return result;
  };
  try {
    const outputNorm = await readOutputNorm(file, model.embedding.held, signal);
    const context = { model, file, products, outputNorm, step, signal };
    const scorers = await createScorers(context, request);
    onProgress({ doneLayers: 0, layerCount });
    for (let layer = 0; layer < layerCount; layer++) {
      const circuit = await readCircuit(file, layer, signal);
      for (const scorer of scorers) {
        const scoreHead = await scorer(circuit);
        for (let head = 0; head < headCount; head++) {
          for (const [kind, value] of Object.entries(await scoreHead(head)))
            scores[kind as WeightScoreKind]?.set([value], layer * headCount + head);
        }
      }
      onProgress({ doneLayers: layer + 1, layerCount });
    }
    return scores;
  } catch (error) {
    // A file that was closed under the reading is no failure of its own.
    host.assertHeld();
    throw error;
  } finally {
    await host.alone(() => products.release());
  }
}
