import { type Architecture, describeModel, ggufStorage, hfStorage } from '../architecture.ts';

/** Llama with biases on query, key and value (Qwen team 2024); biases are found in the file. */
export const QWEN2: Architecture = {
  id: 'qwen2',
  modelTypes: ['qwen2'],
  storage: { gguf: ggufStorage(), safetensors: hfStorage() },
  describe: (raw) => describeModel(raw),
};
