import type { Rotation } from './rotation.ts';

/** RMS norm (Zhang & Sennrich 2019) or LayerNorm (Ba et al. 2016). */
export interface NormConfig {
  readonly kind: 'rms' | 'layer';
  readonly epsilon: number;
}

export type Activation = 'silu' | 'gelu' | 'gelu-tanh' | 'relu';

/** Everything but the weights of one layer; the graph writer reads nothing else. */
export interface LayerConfig {
  readonly norm: NormConfig;
  /** Whether attention and MLP have a norm before them, after them, or both. */
  readonly norms: 'before' | 'after' | 'both';
  readonly attention: {
    /** Factor of q·k, usually 1 / √d. */
    readonly scale: number;
    /** Norm of queries and keys before the rotation: of each head, or of all heads as one row. */
    readonly headNorm: 'none' | 'head' | 'whole';
    readonly rotation: Rotation | null;
    /** Scores become cap · tanh(score / cap). */
    readonly scoreCap: number | null;
    /** A query sees this many keys, itself included. */
    readonly window: number | null;
  };
  readonly mlp: { readonly kind: 'gated' | 'plain'; readonly activation: Activation };
  /** Attention and MLP read the same stream and are added together. */
  readonly isParallel: boolean;
  /** Factor of what attention and MLP add to the stream. */
  readonly residualScale: number;
}

/** Sizes and constants of one model. */
export interface ModelConfig {
  readonly architecture: string;
  readonly layerCount: number;
  readonly headCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
  readonly hiddenSize: number;
  readonly mlpSize: number;
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly layers: readonly LayerConfig[];
  /** Factor of token embeddings; `hasPositions`: learned position vectors are added. */
  readonly embedding: { readonly scale: number; readonly hasPositions: boolean };
  readonly output: {
    readonly norm: NormConfig;
    readonly logitCap: number | null;
    /** Logits are divided by this. */
    readonly logitDivisor: number;
  };
}
