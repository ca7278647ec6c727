import { type Architecture, describeModel, ggufStorage, hfStorage } from '../architecture.ts';

/** Norms after attention and MLP, none before; queries and keys normed as whole rows (OLMo team 2024). */
export const OLMO2: Architecture = {
  id: 'olmo2',
  modelTypes: ['olmo2'],
  storage: {
    gguf: ggufStorage(),
    safetensors: hfStorage({
      attention_norm: null,
      attention_post_norm: 'model.layers.{layer}.post_attention_layernorm',
      mlp_norm: null,
      mlp_post_norm: 'model.layers.{layer}.post_feedforward_layernorm',
    }),
  },
  describe: (raw) =>
    describeModel(
      // With a window it is OLMo 3: three layers with it to one without, stretched only in the latter.
      raw.window === null ? raw : { ...raw, rotaryBaseSliding: raw.rotaryBase },
      { norms: 'after', headNorm: 'whole', isSliding: (layer) => layer % 4 !== 3 },
    ),
};
