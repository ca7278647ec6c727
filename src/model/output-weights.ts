import type { ModelFile } from './model-file.ts';
import type { OutputWeightName } from './onnx/output-graph.ts';
import { type FileTensor, findTensor } from './tensor-file.ts';
import { getMatrixForm, type Precision } from './weight-form.ts';
import { inFileOrder, type TensorUse, toWeightPlan, type WeightPlan } from './weight-plan.ts';

/** The token embeddings, [vocabulary, hidden size]. Throws `tensor-missing` or `tensor-shape`. */
export function findEmbedding({ config, storage, tensors }: ModelFile): FileTensor {
  const shape = [config.vocabularySize, config.hiddenSize];
  return findTensor(tensors, `${storage.names.model.embedding}.weight`, shape);
}

/** Whether the unembedding is the embedding: the file has no other. */
export function isOutputTied({ storage, tensors }: ModelFile): boolean {
  return !tensors.has(`${storage.names.model.output}.weight`);
}

/**
 * The unembedding, [vocabulary, hidden size]; `embedding` where the file has no other. Throws `tensor-missing`
 * or `tensor-shape`.
 */
export function findUnembedding(file: ModelFile, embedding: FileTensor): FileTensor {
  const { config, storage, tensors } = file;
  if (isOutputTied(file)) return embedding;
  const shape = [config.vocabularySize, config.hiddenSize];
  return findTensor(tensors, `${storage.names.model.output}.weight`, shape);
}

/**
 * Final norm and unembedding; `embedding` takes the unembedding's place where the file has none. Throws
 * `tensor-missing` or `tensor-shape` naming what is wrong.
 */
export function planOutputWeights(
  file: ModelFile,
  embedding: FileTensor,
  precision: Precision = 'dequantised',
): WeightPlan<OutputWeightName> {
  const { config, storage, tensors } = file;
  const { vocabularySize: V, hiddenSize: D } = config;
  const names = storage.names.model;
  const uses: TensorUse<OutputWeightName>[] = [];
  const vector = (name: OutputWeightName, stored: string, size: number, plus = 0): void => {
    uses.push({
      tensor: findTensor(tensors, stored, [size]),
      targets: [{ name, form: { kind: 'float', shape: [size] }, order: inFileOrder, plus }],
      isTransposed: false,
    });
  };
  vector('norm', `${names.output_norm}.weight`, D, storage.isNormMinusOne ? 1 : 0);
  const normBias = `${names.output_norm}.bias`;
  if (config.output.norm.kind === 'layer' && tensors.has(normBias))
    vector('norm_bias', normBias, D);
  const tensor = findUnembedding(file, embedding);
  const form = getMatrixForm(tensor, [V, D], precision);
  uses.push({
    tensor,
    targets: [{ name: 'unembedding', form, order: inFileOrder }],
    isTransposed: false,
  });
  const bias = `${names.output}.bias`;
  if (tensors.has(bias)) vector('unembedding_bias', bias, V);
  return toWeightPlan(uses);
}
