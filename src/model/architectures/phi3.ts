import { type Architecture, describeModel, ggufStorage, hfStorage } from '../architecture.ts';

/** Llama with query, key, value in one matrix and gate, up in another (Abdin et al. 2024). */
export const PHI3: Architecture = {
  id: 'phi3',
  modelTypes: ['phi3'],
  storage: { gguf: ggufStorage(), safetensors: hfStorage() },
  describe: (raw) => describeModel(raw),
};
