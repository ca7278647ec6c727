import { type Architecture, describeModel, ggufStorage, hfStorage } from '../architecture.ts';

/** Llama whose every fourth layer has no rotation (Hugging Face 2025). */
export const SMOLLM3: Architecture = {
  id: 'smollm3',
  modelTypes: ['smollm3'],
  storage: { gguf: ggufStorage({ isRotationInterleaved: true }), safetensors: hfStorage() },
  describe: (raw) => describeModel(raw, { isRotating: (layer) => layer % 4 !== 3 }),
};
