/**
 * What one layer of a kind of model is made of: which norms, which rotation, which names, which MLP.
 * One graph writer reads this description; a new architecture is a new description.
 */
export interface Architecture {
  /** The name that GGUF files give in `general.architecture`. */
  readonly id: string;
  readonly norm: 'rms';
  /** How pairs for the rotation lie in query and key rows as the file stores them. */
  readonly storedRotation: 'interleaved' | 'halves';
  readonly mlp: 'gated-silu';
}

/** Sizes and constants of one model; `ModelConfig` + `Architecture` say everything but the weights. */
export interface ModelConfig {
  readonly architecture: Architecture;
  readonly layerCount: number;
  readonly headCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
  readonly hiddenSize: number;
  readonly mlpSize: number;
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly normEpsilon: number;
  readonly rotaryBase: number;
  readonly isOutputTied: boolean;
}

/** Decoder with RMS norms before attention and MLP, rotary positions and a gated SiLU MLP. */
const LLAMA: Architecture = {
  id: 'llama',
  norm: 'rms',
  storedRotation: 'interleaved',
  mlp: 'gated-silu',
};

export const ARCHITECTURES: readonly Architecture[] = [LLAMA];
