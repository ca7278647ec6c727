import { type Architecture, describeModel, ggufStorage, hfStorage } from '../architecture.ts';

/** Touvron et al. 2023; also Mistral (Jiang et al. 2023), whose GGUF files say "llama". */
export const LLAMA: Architecture = {
  id: 'llama',
  modelTypes: ['llama', 'mistral'],
  storage: { gguf: ggufStorage({ isRotationInterleaved: true }), safetensors: hfStorage() },
  describe: (raw) => describeModel(raw),
};
