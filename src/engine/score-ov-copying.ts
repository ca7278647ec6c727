import { foldIntoWriter } from '../measures/fold-norm.ts';
import { findUnembedding } from '../model/output-weights.ts';
import { readRowRange } from '../model/tensor-rows.ts';
import { foldHeadOutput, foldValues, keyValueHeadOf, takeHeadOutput } from './head-circuit.ts';
import { type Matrix, toMatrix } from './products.ts';
import type { ScoreContext, Scorer } from './score-context.ts';

/** Rows of the vocabulary that are opened at once take this much, bytes. */
const BLOCK_BYTES = 8 << 20;

/**
 * Uᵀ·E over the vocabulary, [hidden size, hidden size]: what a direction of the stream says about tokens,
 * times what tokens put into it. Blocks of the vocabulary are multiplied in float32 and summed in float64.
 */
export async function computeVocabularyProduct(context: ScoreContext): Promise<Matrix> {
  const { model, file, products, step, signal } = context;
  const { hiddenSize: D, vocabularySize: V } = file.config;
  const embedding = model.embedding.held;
  const unembedding = findUnembedding(file, embedding);
  const sum = new Float64Array(D * D);
  const count = Math.max(1, Math.min(V, Math.floor(BLOCK_BYTES / (4 * D))));
  for (let first = 0; first < V; first += count) {
    const rows = Math.min(count, V - first);
    const e = toMatrix(await readRowRange(embedding, first, rows, signal), D);
    const u =
      unembedding === embedding
        ? e
        : toMatrix(await readRowRange(unembedding, first, rows, signal), D);
    await step(async () => {
      const { values } = await products.multiply(u, e, { turnsA: true });
      for (let i = 0; i < sum.length; i++) sum[i] += values[i];
    });
  }
  return toMatrix(Float32Array.from(sum), D);
}

/**
 * Copying by eigenvalues of O·Uᵀ·E·V (methods 5.6): plain, from the matrices as they are; and with the norms
 * folded in that lie on the way: before attention, after it, and the final one, each with its gains and,
 * for LayerNorm, with the mean taken off, which is linear too. Divisions by a norm's size are positive
 * factors of each token and left out, and so are biases, which are the same for all tokens.
 */
export async function createOvCopyingScorer(context: ScoreContext): Promise<Scorer> {
  const { file, products, step, outputNorm } = context;
  const { config } = file;
  const { headSize: d, hiddenSize: D } = config;
  // In a chunk of its own: bundled into the worker's entry, a CommonJS package draws the bundler's runtime
  // there, which the runtime's threads import, and so start the worker's script once more each.
  const { computeEigenvalueScore } = await import('../measures/ov-copying.ts');
  const vocabulary = await computeVocabularyProduct(context);
  return async (circuit) => {
    // [key-value heads · head size, hidden size]: V · (Uᵀ·E)ᵀ.
    const mix = (values: Float32Array) =>
      step(() => products.multiply(toMatrix(values, D), vocabulary, { turnsB: true }));
    const plain = await mix(circuit.values);
    const folded = await mix(foldValues(config, circuit));
    return (head) =>
      step(async () => {
        const keyValueHead = keyValueHeadOf(config, head);
        const score = async (output: Float32Array, mixed: Matrix): Promise<number> => {
          const from = keyValueHead * d * D;
          const own = mixed.values.subarray(from, from + d * D);
          const { values } = await products.multiply(toMatrix(output, D), toMatrix(own, D), {
            turnsB: true,
          });
          return computeEigenvalueScore(values, d);
        };
        const output = takeHeadOutput(config, circuit, head);
        const written = foldHeadOutput(config, circuit, output);
        return {
          'ov-copying': await score(output, plain),
          'ov-copying-folded': await score(foldIntoWriter(written, D, outputNorm.norm), folded),
        };
      });
  };
}
