import { type Architecture, describeModel, ggufStorage, hfStorage } from '../architecture.ts';

/** Llama with a norm on each head's queries and keys (Qwen team 2025). */
export const QWEN3: Architecture = {
  id: 'qwen3',
  modelTypes: ['qwen3'],
  storage: { gguf: ggufStorage(), safetensors: hfStorage() },
  describe: (raw) => describeModel(raw, { headNorm: 'head' }),
};
