import { type Architecture, describeModel, ggufStorage, hfStorage } from '../architecture.ts';

/** Rotation, LayerNorm, biases, a plain GELU MLP (Lozhkov et al. 2024). */
export const STARCODER2: Architecture = {
  id: 'starcoder2',
  modelTypes: ['starcoder2'],
  storage: {
    gguf: ggufStorage(),
    safetensors: hfStorage({
      gate: null,
      gate_up: null,
      up: 'model.layers.{layer}.mlp.c_fc',
      down: 'model.layers.{layer}.mlp.c_proj',
    }),
  },
  describe: (raw) =>
    describeModel(raw, { normKind: 'layer', mlpKind: 'plain', activation: 'gelu-tanh' }),
};
