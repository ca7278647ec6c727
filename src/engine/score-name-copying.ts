import { foldIntoWriter } from '../measures/fold-norm.ts';
import { countNameHits } from '../measures/token-logits.ts';
import { BLOCK_POSITIONS } from '../model/block-limits.ts';
import type { NamePrompt, WeightScoreRequest } from '../protocol/weight-scores.ts';
import { createBlockInputs } from './block-inputs.ts';
import { readValuesOf } from './effective-embedding.ts';
import { keyValueHeadOf, takeHeadOutput, takeHeadValues } from './head-circuit.ts';
import { runLayerBlock } from './layer-stack.ts';
import { runOutput } from './predict.ts';
import { toMatrix } from './products.ts';
import { floatsOf } from './runtime.ts';
import type { ScoreContext, Scorer } from './score-context.ts';

/** A name among this many best is a hit, as in the source. */
const TOP = 5;

/** The stream after the first layer at the positions of names, and the names' ids. */
async function readNameStreams(
  { model: { stack, embedding }, step }: ScoreContext,
  prompts: readonly NamePrompt[],
): Promise<{ readonly streams: Float32Array; readonly names: Int32Array }> {
  const { hiddenSize: D } = stack.config;
  const rows: Float32Array[] = [];
  const names: number[] = [];
  for (const { ids, positions } of prompts) {
    await step(async () => {
      const tokens = Int32Array.from(ids);
      const block = { start: 0, count: ids.length, tokensPerTile: ids.length };
      const fetched = await runLayerBlock(
        stack,
        0,
        block,
        createBlockInputs(stack.runtime, stack.config, block, ids.length)(0),
        embedding.lookUp(tokens, 0),
        { keys: new Float32Array(0), values: new Float32Array(0) },
        ['y'],
      );
      const y = floatsOf(fetched, 'y');
      for (const position of positions) {
        rows.push(y.slice(position * D, (position + 1) * D));
        names.push(ids[position]);
      }
    });
  }
  const streams = new Float32Array(rows.length * D);
  rows.forEach((row, i) => {
    streams.set(row, i * D);
  });
  return { streams, names: Int32Array.from(names) };
}

/**
 * Name mover copy score and its negative (methods 5.7): the stream after the first layer at each name goes
 * through the head's own norm, values and outputs with their biases, then through the final norm and the
 * unembedding over the whole vocabulary. The source applies the norm of layer 1, of weights that have each
 * layer's gains folded in, which is the head's own norm. Where attention's sum is normed before it is
 * added, the head's part is scaled by that norm's gains.
 */
export async function createNameCopyingScorer(
  context: ScoreContext,
  { prompts, top = TOP }: NonNullable<WeightScoreRequest['names']>,
): Promise<Scorer> {
  const { model, products, step, outputNorm } = context;
  const { config } = model.stack;
  const { hiddenSize: D, headSize: d } = config;
  const { streams, names } = await readNameStreams(context, prompts);

  /** Hits of streams [n, hidden size], as largest and as smallest. */
  const countHits = async (written: Float32Array) => {
    const hits = { largest: 0, smallest: 0 };
    for (let start = 0; start < names.length; start += BLOCK_POSITIONS) {
      const own = names.subarray(start, start + BLOCK_POSITIONS);
      const x = written.subarray(start * D, (start + own.length) * D);
      const targets = Array.from(own, () => 0);
      const counted = await step(async () => {
        const fetched = await runOutput(model.stack, x, targets, 1, ['logits']);
        const logits = floatsOf(fetched, 'logits');
        const columns = logits.length / own.length;
        return countNameHits({ rows: own.length, columns, logits }, own, top);
      });
      hits.largest += counted.largest;
      hits.smallest += counted.smallest;
    }
    return hits;
  };

  return async (circuit) => {
    const values = await step(() => readValuesOf(model, circuit.layer, streams));
    const { residualScale } = config.layers[circuit.layer];
    return async (head) => {
      const written = await step(async () => {
        const own = takeHeadValues(config, values, keyValueHeadOf(config, head));
        const output = toMatrix(takeHeadOutput(config, circuit, head), D);
        const product = await products.multiply(toMatrix(own, d), output);
        const normed = foldIntoWriter(product.values, D, circuit.normAfter);
        return normed.map((value) => value * residualScale);
      });
      const hits = await countHits(written);
      // Without biases the logits of the negated head are the negated logits.
      const negated = outputNorm.hasBias
        ? (await countHits(written.map((value) => -value))).largest
        : hits.smallest;
      return {
        'name-copying': hits.largest / names.length,
        'negative-name-copying': negated / names.length,
      };
    };
  };
}
