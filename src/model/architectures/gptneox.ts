import { type Architecture, describeModel, ggufStorage, hfStorage } from '../architecture.ts';

/** Partial rotation, LayerNorm, attention and MLP side by side or not (Black et al. 2022; Pythia). */
export const GPTNEOX: Architecture = {
  id: 'gptneox',
  modelTypes: ['gpt_neox'],
  storage: {
    gguf: ggufStorage(),
    safetensors: hfStorage(
      {
        attention_norm: 'gpt_neox.layers.{layer}.input_layernorm',
        query: null,
        key: null,
        value: null,
        query_key_value: 'gpt_neox.layers.{layer}.attention.query_key_value',
        attention_output: 'gpt_neox.layers.{layer}.attention.dense',
        mlp_norm: 'gpt_neox.layers.{layer}.post_attention_layernorm',
        gate: null,
        gate_up: null,
        up: 'gpt_neox.layers.{layer}.mlp.dense_h_to_4h',
        down: 'gpt_neox.layers.{layer}.mlp.dense_4h_to_h',
      },
      { isFusedByHead: true },
      {
        embedding: 'gpt_neox.embed_in',
        output_norm: 'gpt_neox.final_layer_norm',
        output: 'embed_out',
      },
    ),
  },
  describe: (raw) =>
    describeModel(raw, {
      normKind: 'layer',
      mlpKind: 'plain',
      activation: 'gelu',
      isParallel: raw.isParallel ?? true,
    }),
};
