import { type Architecture, describeModel, ggufStorage, hfStorage } from '../architecture.ts';

const LAYER = {
  attention_norm: '{layer}.ln_1',
  query: null,
  key: null,
  value: null,
  query_key_value: '{layer}.attn.c_attn',
  query_norm: null,
  key_norm: null,
  attention_output: '{layer}.attn.c_proj',
  mlp_norm: '{layer}.ln_2',
  gate: null,
  gate_up: null,
  up: '{layer}.mlp.c_fc',
  down: '{layer}.mlp.c_proj',
} as const;
const prefixed = Object.fromEntries(
  Object.entries(LAYER).map(([part, name]) => [part, name && `transformer.h.${name}`]),
);

/** Learned positions, LayerNorm, biases everywhere (Radford et al. 2019). */
export const GPT2: Architecture = {
  id: 'gpt2',
  modelTypes: ['gpt2'],
  neededBiases: ['query', 'key', 'value', 'attention_output', 'up', 'down'],
  storage: {
    gguf: ggufStorage(),
    safetensors: hfStorage(
      prefixed,
      { isTransposed: true },
      {
        embedding: 'transformer.wte',
        positions: 'transformer.wpe',
        output_norm: 'transformer.ln_f',
        output: 'lm_head',
      },
    ),
  },
  describe: (raw) =>
    describeModel(raw, {
      normKind: 'layer',
      mlpKind: 'plain',
      activation: 'gelu-tanh',
      isRotating: () => false,
      embedding: { hasPositions: true },
    }),
};
