import { foldIntoReader, foldIntoWriter, type LinearNorm, NO_NORM } from '../measures/fold-norm.ts';
import { planLayerWeights } from '../model/layer-weights.ts';
import type { ModelConfig } from '../model/model-config.ts';
import type { ModelFile } from '../model/model-file.ts';
import { planOutputWeights } from '../model/output-weights.ts';
import { readParts } from '../model/read-parts.ts';
import type { FileTensor } from '../model/tensor-file.ts';

/** A layer's value and output weights, read from the file as float32, and the norms around them. */
export interface LayerCircuit {
  readonly layer: number;
  /** [key-value heads · head size, hidden size] */
  readonly values: Float32Array;
  /** [hidden size, heads · head size] */
  readonly outputs: Float32Array;
  /** What the stream goes through before it is read; `NO_NORM` where the layer has none there. */
  readonly normBefore: LinearNorm;
  /** What the heads' sum goes through before it is added to the stream. */
  readonly normAfter: LinearNorm;
}

/** Reads what `LayerCircuit` holds; nothing else of the layer is read. */
export async function readCircuit(
  file: ModelFile,
  layer: number,
  signal?: AbortSignal,
): Promise<LayerCircuit> {
  const { kind } = file.config.layers[layer].norm;
  const parts = await readParts(
    planLayerWeights(file, layer),
    ['value', 'attention_output', 'attention_norm', 'attention_post_norm'],
    signal,
  );
  const [values, outputs] = [parts.get('value'), parts.get('attention_output')];
  if (values === undefined || outputs === undefined)
    throw new Error('the plan of a layer has no values or outputs');
  const norm = (gain: Float32Array | undefined): LinearNorm =>
    gain === undefined ? NO_NORM : { gain, isCentred: kind === 'layer' };
  return {
    layer,
    values,
    outputs,
    normBefore: norm(parts.get('attention_norm')),
    normAfter: norm(parts.get('attention_post_norm')),
  };
}

/** The final norm, and whether it or the unembedding adds a bias. */
export interface OutputNorm {
  readonly norm: LinearNorm;
  readonly hasBias: boolean;
}

export async function readOutputNorm(
  file: ModelFile,
  embedding: FileTensor,
  signal?: AbortSignal,
): Promise<OutputNorm> {
  const plan = planOutputWeights(file, embedding);
  const parts = await readParts(plan, ['norm'], signal);
  const isCentred = file.config.output.norm.kind === 'layer';
  return {
    norm: { gain: parts.get('norm') ?? null, isCentred },
    hasBias: plan.weights.has('norm_bias') || plan.weights.has('unembedding_bias'),
  };
}

/** One head's output weights, [head size, hidden size]: a row for each value that it mixes. */
export function takeHeadOutput(
  { headCount, headSize, hiddenSize }: ModelConfig,
  { outputs }: LayerCircuit,
  head: number,
): Float32Array {
  const rows = new Float32Array(headSize * hiddenSize);
  for (let i = 0; i < hiddenSize; i++) {
    const from = i * headCount * headSize + head * headSize;
    for (let row = 0; row < headSize; row++) rows[row * hiddenSize + i] = outputs[from + row];
  }
  return rows;
}

/** The key-value head that a head reads. */
export function keyValueHeadOf(
  { headCount, keyValueHeadCount }: ModelConfig,
  head: number,
): number {
  return Math.floor(head / (headCount / keyValueHeadCount));
}

/** A key-value head's columns of rows [n, key-value heads · head size]: [n, head size]. */
export function takeHeadValues(
  config: ModelConfig,
  rows: Float32Array,
  keyValueHead: number,
): Float32Array {
  const { headSize } = config;
  const width = config.keyValueHeadCount * headSize;
  const count = rows.length / width;
  const own = new Float32Array(count * headSize);
  for (let row = 0; row < count; row++) {
    const from = row * width + keyValueHead * headSize;
    own.set(rows.subarray(from, from + headSize), row * headSize);
  }
  return own;
}

/** Value weights as they read the stream itself, the layer's norm folded in. */
export function foldValues({ hiddenSize }: ModelConfig, circuit: LayerCircuit): Float32Array {
  return foldIntoReader(circuit.values, hiddenSize, circuit.normBefore);
}

/** Output weights of a head [head size, hidden size] as they come out of the norm after attention. */
export function foldHeadOutput(
  { hiddenSize }: ModelConfig,
  { normAfter }: LayerCircuit,
  output: Float32Array,
): Float32Array {
  return foldIntoWriter(output, hiddenSize, normAfter);
}
