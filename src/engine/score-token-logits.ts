import { foldIntoReader } from '../measures/fold-norm.ts';
import {
  computeCopySuppression,
  computeTokenCopying,
  countSuccessors,
  poolSums,
  type TokenLogits,
  toValue,
} from '../measures/token-logits.ts';
import { findUnembedding } from '../model/output-weights.ts';
import { readTensorRows } from '../model/tensor-rows.ts';
import type { OrdinalList, WeightScoreRequest } from '../protocol/weight-scores.ts';
import { createBlockInputs } from './block-inputs.ts';
import { computeEffectiveEmbedding } from './effective-embedding.ts';
import {
  foldHeadOutput,
  foldValues,
  keyValueHeadOf,
  takeHeadOutput,
  takeHeadValues,
} from './head-circuit.ts';
import { runLayerBlock } from './layer-stack.ts';
import { type Matrix, toMatrix } from './products.ts';
import { floatsOf } from './runtime.ts';
import type { ScoreContext, Scorer } from './score-context.ts';

/** A token among this many lowest counts as suppressed, as in the source. */
const LOWEST = 10;

/** Directions of the stream that raise tokens, the final norm folded in: [ids, hidden size]. */
async function readReadouts(context: ScoreContext, ids: Int32Array): Promise<Matrix> {
  const { model, file, outputNorm, signal } = context;
  const { hiddenSize } = file.config;
  const unembedding = findUnembedding(file, model.embedding.held);
  const rows = await readTensorRows(unembedding, ids, signal);
  return toMatrix(foldIntoReader(rows, hiddenSize, outputNorm.norm), hiddenSize);
}

/** What a head's values of tokens [rows, head size] add to the logits that `readouts` read. */
type LogitsOfHead = (values: Float32Array, readouts: Matrix) => Promise<TokenLogits>;

function prepareHead(
  { file: { config }, products }: ScoreContext,
  circuit: Parameters<Scorer>[0],
  head: number,
): LogitsOfHead {
  const output = foldHeadOutput(config, circuit, takeHeadOutput(config, circuit, head));
  return async (values, readouts) => {
    // Fewer products this way round: [tokens, hidden] · [hidden, head size], then [rows, tokens].
    const read = await products.multiply(readouts, toMatrix(output, config.hiddenSize), {
      turnsB: true,
    });
    const own = toMatrix(values, config.headSize);
    const { values: logits, rows, columns } = await products.multiply(own, read, { turnsB: true });
    return { rows, columns, logits };
  };
}

/**
 * Values that a layer's weights make of the effective embeddings: norms' gains folded in, biases and the
 * norms' divisions left out, [ids, KV · head size].
 */
const linearValues = (
  { file: { config }, products }: ScoreContext,
  circuit: Parameters<Scorer>[0],
  streams: Float32Array,
): Promise<Matrix> =>
  products.multiply(
    toMatrix(streams, config.hiddenSize),
    toMatrix(foldValues(config, circuit), config.hiddenSize),
    { turnsB: true },
  );

/** Successor score over ordinal lists (methods 5.9): likeliest within the token's own list. */
export async function createSuccessorScorer(
  context: ScoreContext,
  lists: readonly OrdinalList[],
): Promise<Scorer> {
  const { config } = context.file;
  const prepared: {
    readonly streams: Float32Array;
    readonly readouts: Matrix;
    readonly successors: readonly number[];
  }[] = [];
  for (const { ids, successors } of lists) {
    const own = Int32Array.from(ids);
    // Looks the ids up, and so refuses those that are none, before rows are read.
    const streams = await computeEffectiveEmbedding(context, own);
    prepared.push({ streams, readouts: await readReadouts(context, own), successors });
  }
  return async (circuit) => {
    const values: Matrix[] = [];
    for (const { streams } of prepared)
      values.push(await context.step(() => linearValues(context, circuit, streams)));
    return (head) =>
      context.step(async () => {
        const logitsOf = prepareHead(context, circuit, head);
        const sums = [];
        for (const [list, { readouts, successors }] of prepared.entries()) {
          const own = takeHeadValues(config, values[list].values, keyValueHeadOf(config, head));
          sums.push(countSuccessors(await logitsOf(own, readouts), successors));
        }
        return { successor: toValue(poolSums(sums)) };
      });
  };
}

/** Copy suppression within a sample of tokens (methods 5.8). A token that is named twice counts once. */
export async function createSuppressionScorer(
  context: ScoreContext,
  { ids, lowest = LOWEST }: NonNullable<WeightScoreRequest['suppression']>,
): Promise<Scorer> {
  const { config } = context.file;
  const sample = Int32Array.from(new Set(ids));
  const streams = await computeEffectiveEmbedding(context, sample);
  const readouts = await readReadouts(context, sample);
  return async (circuit) => {
    const { values } = await context.step(() => linearValues(context, circuit, streams));
    return (head) =>
      context.step(async () => {
        const own = takeHeadValues(config, values, keyValueHeadOf(config, head));
        const logits = await prepareHead(context, circuit, head)(own, readouts);
        const suppression = computeCopySuppression(logits, lowest);
        return {
          'copy-suppression': toValue(suppression.score),
          'copy-suppression-lowest': toValue(suppression.lowest),
        };
      });
  };
}

/**
 * Copying on random tokens (methods 5.3): the values are those of a run of each sequence, the logits those
 * of its distinct tokens, the final norm's division left out.
 */
export async function createTokenCopyingScorer(
  context: ScoreContext,
  sequences: readonly (readonly number[])[],
): Promise<Scorer> {
  const { config } = context.file;
  const prepared: {
    readonly values: readonly Float32Array[];
    readonly own: Int32Array;
    readonly readouts: Matrix;
  }[] = [];
  for (const sequence of sequences) {
    const ids = Int32Array.from(sequence);
    const values = await runForValues(context, ids);
    const distinct = [...new Set(sequence)];
    prepared.push({
      values,
      own: ids.map((id) => distinct.indexOf(id)),
      readouts: await readReadouts(context, Int32Array.from(distinct)),
    });
  }
  return async (circuit) => (head) =>
    context.step(async () => {
      const logitsOf = prepareHead(context, circuit, head);
      const sums = [];
      for (const { values, own, readouts } of prepared) {
        const rows = takeHeadValues(config, values[circuit.layer], keyValueHeadOf(config, head));
        sums.push(computeTokenCopying(await logitsOf(rows, readouts), own));
      }
      return { 'token-copying': toValue(poolSums(sums)) };
    });
}

/** The values of each layer on a text that nothing else knows of, [n, KV · head size] each; a step a layer. */
async function runForValues(
  { model: { stack, embedding }, step }: ScoreContext,
  ids: Int32Array,
): Promise<readonly Float32Array[]> {
  const block = { start: 0, count: ids.length, tokensPerTile: ids.length };
  const inputs = createBlockInputs(stack.runtime, stack.config, block, ids.length);
  const past = { keys: new Float32Array(0), values: new Float32Array(0) };
  const values: Float32Array[] = [];
  let stream = embedding.lookUp(ids, 0);
  for (let layer = 0; layer < stack.config.layerCount; layer++) {
    await step(async () => {
      const outputs = ['y', 'new_value'];
      const fetched = await runLayerBlock(
        stack,
        layer,
        block,
        inputs(layer),
        stream,
        past,
        outputs,
      );
      stream = floatsOf(fetched, 'y');
      values.push(floatsOf(fetched, 'new_value'));
    });
  }
  return values;
}
