import type { RotationScaling } from './rotation.ts';

/** Formats that a model's files come in. */
export type ModelFormat = 'gguf' | 'safetensors';

/**
 * What a model's files say of themselves, in one vocabulary for all formats; null where they are silent.
 * An architecture reads this and says what its layers are made of.
 */
export interface RawConfig {
  readonly format: ModelFormat;
  /** The file or folder, for messages. */
  readonly fileName: string;
  readonly layerCount: number;
  readonly headCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
  readonly hiddenSize: number;
  readonly mlpSize: number;
  readonly contextLength: number;
  readonly normEpsilon: number;
  readonly rotaryBase: number;
  /** Base of layers with a window, where it differs. */
  readonly rotaryBaseSliding: number | null;
  /** Dimensions of each head that are rotated. */
  readonly rotarySize: number;
  readonly rotaryScaling: RotationScaling;
  /** For each layer whether it rotates at all. */
  readonly rotatingLayers: readonly boolean[] | null;
  readonly window: number | null;
  /** For each layer whether it has the window. */
  readonly slidingLayers: readonly boolean[] | null;
  readonly scoreCap: number | null;
  readonly logitCap: number | null;
  /** Factor of q·k as the file gives it. */
  readonly attentionScale: number | null;
  readonly embeddingScale: number | null;
  readonly residualScale: number | null;
  readonly logitDivisor: number | null;
  readonly activation: string | null;
  readonly isParallel: boolean | null;
}
