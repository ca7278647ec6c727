import { type Architecture, describeModel, ggufStorage, hfStorage } from '../architecture.ts';

/** Llama with multipliers on embedding, scores, residuals and logits (IBM 2024). */
export const GRANITE: Architecture = {
  id: 'granite',
  modelTypes: ['granite'],
  storage: { gguf: ggufStorage({ isRotationInterleaved: true }), safetensors: hfStorage() },
  describe: (raw) => describeModel(raw),
};
