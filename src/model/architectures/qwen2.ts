import { type Architecture, describeModel, ggufStorage, hfStorage } from '../architecture.ts';

/** Llama with biases on query, key and value (Qwen team 2024). */
export const QWEN2: Architecture = {
  id: 'qwen2',
  modelTypes: ['qwen2'],
  neededBiases: ['query', 'key', 'value'],
  storage: { gguf: ggufStorage(), safetensors: hfStorage() },
  describe: (raw) => describeModel(raw),
};
