import { HeadlightError } from '../lib/headlight-error.ts';
import type { ModelFile } from './model-file.ts';
import type { TensorMap } from './tensor-file.ts';
import type { WeightPlan } from './weight-plan.ts';

/**
 * Tensors that may be there without being used, as they change no number of a text: tables that are
 * computed anew (frequencies, positions, causal masks), and parts of models that see.
 */
const HARMLESS: Readonly<Record<ModelFile['tokenizer']['kind'], readonly RegExp[]>> = {
  gguf: [
    // Read when the file is opened, as part of the rotation.
    /^rope_(freqs|factors_(short|long))\.weight$/,
    /^blk\.\d+\.attn_rot_embd\.weight$/,
  ],
  json: [
    /(^|\.)rotary_emb\.inv_freq$/,
    /^(transformer\.)?h\.\d+\.attn\.(masked_)?bias$/,
    /^(gpt_neox\.)?layers\.\d+\.attention\.(masked_)?bias$/,
    /(^|\.)position_ids$/,
    /^(model\.)?(vision_tower|vision_model|multi_modal_projector|visual)\./,
  ],
};
/** So many of the tensors that are left over are named. */
const NAMED = 4;

/**
 * The tensors that a model's graphs are made of. Throws `tensor-unused` naming those that the file has
 * beside them: the model computes something with them that this program does not, so that every number
 * would be wrong.
 */
export function pickUsedTensors(file: ModelFile, plans: readonly WeightPlan<string>[]): TensorMap {
  const { tensors, storage, config, fileName } = file;
  const { embedding, positions, output_norm, output } = storage.names.model;
  const names = new Set(plans.flatMap(({ uses }) => uses.map(({ tensor }) => tensor.name)));
  for (const name of [embedding, output_norm, output]) names.add(`${name}.weight`);
  names.add(`${output}.bias`);
  if (config.output.norm.kind === 'layer') names.add(`${output_norm}.bias`);
  if (config.embedding.hasPositions) names.add(`${positions}.weight`);
  const harmless = HARMLESS[file.tokenizer.kind];
  const unused = [...tensors.keys()].filter(
    (name) => !names.has(name) && !harmless.some((pattern) => pattern.test(name)),
  );
  if (unused.length > 0) {
    const shown = unused.slice(0, NAMED).join(', ');
    const more = unused.length > NAMED ? ` and ${unused.length - NAMED} more` : '';
    throw new HeadlightError(
      'tensor-unused',
      `${fileName} has tensors that this program does not use in a model of kind "${config.architecture}": ${shown}${more}.`,
      { name: fileName, tensor: unused[0], count: unused.length },
    );
  }
  return new Map([...tensors].filter(([name]) => names.has(name)));
}
