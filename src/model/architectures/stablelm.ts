import { type Architecture, describeModel, ggufStorage, hfStorage } from '../architecture.ts';

/** Partial rotation, LayerNorm, gated SiLU MLP, optional parallel residual (Bellagente et al. 2024). */
export const STABLELM: Architecture = {
  id: 'stablelm',
  modelTypes: ['stablelm'],
  storage: { gguf: ggufStorage(), safetensors: hfStorage() },
  describe: (raw) => describeModel(raw, { normKind: 'layer', isParallel: raw.isParallel ?? false }),
};
