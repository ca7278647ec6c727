import { BLOCK_POSITIONS } from '../model/block-limits.ts';
import { planLayerWeights } from '../model/layer-weights.ts';
import type { NormConfig } from '../model/model-config.ts';
import type { ModelFile } from '../model/model-file.ts';
import { readParts } from '../model/read-parts.ts';
import { createBlockInputs } from './block-inputs.ts';
import { runLayerBlock } from './layer-stack.ts';
import type { LoadedModel } from './loaded-model.ts';
import { floatsOf } from './runtime.ts';
import type { ScoreContext } from './score-context.ts';

const NO_PAST = { keys: new Float32Array(0), values: new Float32Array(0) };

/**
 * Tokens as they leave the first layer without its attention, x + MLP(norm x), [ids, hidden size]: the
 * embedding "through MLP 0" of methods 5.8 and 5.9. Learned positions are left out. The heads are
 * silenced; what the attention's own bias would still add is taken out again.
 */
export async function computeEffectiveEmbedding(
  { model, file, step, signal }: ScoreContext,
  ids: Int32Array,
): Promise<Float32Array> {
  const { stack, embedding } = model;
  const { hiddenSize: D, headCount } = stack.config;
  const { isParallel } = stack.config.layers[0];
  const silent = await readSilentAttention(file, signal);
  const stream = new Float32Array(ids.length * D);
  for (let start = 0; start < ids.length; start += BLOCK_POSITIONS) {
    const part = ids.subarray(start, start + BLOCK_POSITIONS);
    const block = { start: 0, count: part.length, tokensPerTile: part.length };
    await step(async () => {
      const x = embedding.lookUpTokens(part);
      // One after the other, the MLP reads the stream after attention; side by side, the one before.
      if (!isParallel) subtractFromRows(x, silent);
      const inputs = createBlockInputs(stack.runtime, stack.config, block, part.length)(0);
      const headMask = new stack.runtime.Tensor('float32', new Float32Array(headCount), [
        headCount,
        1,
        1,
      ]);
      const fetched = await runLayerBlock(
        stack,
        0,
        block,
        { ...inputs, head_mask: headMask },
        x,
        NO_PAST,
        ['y'],
      );
      const y = floatsOf(fetched, 'y').slice();
      if (isParallel) subtractFromRows(y, silent);
      stream.set(y, start * D);
    });
  }
  return stream;
}

/** What the first layer's attention adds to each token while its heads are silent, [hidden size]. */
async function readSilentAttention(
  file: ModelFile,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const { hiddenSize, layers } = file.config;
  const { norm, residualScale } = layers[0];
  const parts = await readParts(
    planLayerWeights(file, 0),
    ['attention_output_bias', 'attention_post_norm', 'attention_post_norm_bias'],
    signal,
  );
  const bias = parts.get('attention_output_bias') ?? new Float32Array(hiddenSize);
  const gain = parts.get('attention_post_norm');
  const added =
    gain === undefined ? bias : applyNorm(bias, gain, parts.get('attention_post_norm_bias'), norm);
  return added.map((value) => value * residualScale);
}

/** A norm of one vector, as the graph has it (`model/onnx/norm.ts`). */
function applyNorm(
  x: Float32Array,
  gain: Float32Array,
  bias: Float32Array | undefined,
  { kind, epsilon }: NormConfig,
): Float32Array {
  const mean = kind === 'layer' ? x.reduce((sum, value) => sum + value, 0) / x.length : 0;
  const square = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  const factor = 1 / Math.sqrt(square + epsilon);
  return x.map((value, i) => (value - mean) * factor * gain[i] + (bias?.[i] ?? 0));
}

function subtractFromRows(rows: Float32Array, vector: Float32Array): void {
  for (let i = 0; i < rows.length; i++) rows[i] -= vector[i % vector.length];
}

/** The values that a layer makes of some streams [n, hidden size], biases included: [n, KV · head size]. */
export async function readValuesOf(
  { stack }: LoadedModel,
  layer: number,
  streams: Float32Array,
): Promise<Float32Array> {
  const { hiddenSize: D, keyValueHeadCount, headSize } = stack.config;
  const count = streams.length / D;
  const width = keyValueHeadCount * headSize;
  const values = new Float32Array(count * width);
  for (let start = 0; start < count; start += BLOCK_POSITIONS) {
    const part = streams.subarray(start * D, (start + BLOCK_POSITIONS) * D);
    const block = { start: 0, count: part.length / D, tokensPerTile: part.length / D };
    const inputs = createBlockInputs(stack.runtime, stack.config, block, block.count)(layer);
    const fetched = await runLayerBlock(stack, layer, block, inputs, part, NO_PAST, ['new_value']);
    values.set(floatsOf(fetched, 'new_value'), start * width);
  }
  return values;
}
