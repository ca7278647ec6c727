import { HeadlightError } from '../lib/headlight-error.ts';
import type { Activation, LayerConfig, ModelConfig, NormConfig } from './model-config.ts';
import type { ModelFormat, RawConfig } from './raw-config.ts';
import type { Rotation } from './rotation.ts';

/** Parts of a layer that have weights; each may have a bias beside it. */
export type LayerPart =
  | 'attention_norm'
  | 'query'
  | 'key'
  | 'value'
  | 'query_key_value'
  | 'query_norm'
  | 'key_norm'
  | 'attention_output'
  | 'attention_post_norm'
  | 'mlp_norm'
  | 'gate'
  | 'up'
  | 'gate_up'
  | 'down'
  | 'mlp_post_norm';

/** Parts of a model outside its layers. */
export type ModelPart = 'embedding' | 'positions' | 'output_norm' | 'output';

/** How files name weights, without ".weight" and ".bias"; `{layer}` stands for the layer's number. */
export interface TensorNames {
  readonly layer: Readonly<Partial<Record<LayerPart, string>>>;
  readonly model: Readonly<Partial<Record<ModelPart, string>>>;
}

/** How a format of this architecture stores weights otherwise than the graph wants them. */
export interface StorageRules {
  readonly names: TensorNames;
  /** Query and key rows alternate between the first and second half of each rotated pair. */
  readonly isRotationInterleaved?: boolean;
  /** Rows of a fused query-key-value matrix lie head by head, not part by part. */
  readonly isFusedByHead?: boolean;
  /** Matrices are stored [in, out]. */
  readonly isTransposed?: boolean;
  /** Norm gains are stored minus one. */
  readonly isNormMinusOne?: boolean;
}

/** A kind of model: what its layers are made of and how files store them. One file each. */
export interface Architecture {
  /** The name that GGUF files give in `general.architecture`. */
  readonly id: string;
  /** Names that config.json gives in `model_type`. */
  readonly modelTypes: readonly string[];
  readonly storage: Readonly<Record<ModelFormat, StorageRules>>;
  /** Parts of a layer that have a bias in every model of this kind; others have one where the file does. */
  readonly neededBiases?: readonly LayerPart[];
  describe(raw: RawConfig): ModelDescription;
}

/** A model's whole config: its sizes, and what its architecture makes of them. */
export function toModelConfig(
  architecture: Architecture,
  raw: RawConfig,
  vocabularySize: number,
): ModelConfig {
  return {
    ...architecture.describe(raw),
    architecture: architecture.id,
    layerCount: raw.layerCount,
    headCount: raw.headCount,
    keyValueHeadCount: raw.keyValueHeadCount,
    headSize: raw.headSize,
    hiddenSize: raw.hiddenSize,
    mlpSize: raw.mlpSize,
    contextLength: raw.contextLength,
    vocabularySize,
  };
}

/** The parts of a ModelConfig that an architecture decides. */
export type ModelDescription = Pick<ModelConfig, 'layers' | 'embedding' | 'output'>;

const GGUF_NAMES: TensorNames = {
  layer: {
    attention_norm: 'blk.{layer}.attn_norm',
    query: 'blk.{layer}.attn_q',
    key: 'blk.{layer}.attn_k',
    value: 'blk.{layer}.attn_v',
    query_key_value: 'blk.{layer}.attn_qkv',
    query_norm: 'blk.{layer}.attn_q_norm',
    key_norm: 'blk.{layer}.attn_k_norm',
    attention_output: 'blk.{layer}.attn_output',
    attention_post_norm: 'blk.{layer}.post_attention_norm',
    mlp_norm: 'blk.{layer}.ffn_norm',
    gate: 'blk.{layer}.ffn_gate',
    up: 'blk.{layer}.ffn_up',
    // Where gate and up are one matrix, GGUF files call it "up".
    gate_up: 'blk.{layer}.ffn_up',
    down: 'blk.{layer}.ffn_down',
    mlp_post_norm: 'blk.{layer}.post_ffw_norm',
  },
  model: {
    embedding: 'token_embd',
    positions: 'position_embd',
    output_norm: 'output_norm',
    output: 'output',
  },
};

const HF_NAMES: TensorNames = {
  layer: {
    attention_norm: 'model.layers.{layer}.input_layernorm',
    query: 'model.layers.{layer}.self_attn.q_proj',
    key: 'model.layers.{layer}.self_attn.k_proj',
    value: 'model.layers.{layer}.self_attn.v_proj',
    query_key_value: 'model.layers.{layer}.self_attn.qkv_proj',
    query_norm: 'model.layers.{layer}.self_attn.q_norm',
    key_norm: 'model.layers.{layer}.self_attn.k_norm',
    attention_output: 'model.layers.{layer}.self_attn.o_proj',
    mlp_norm: 'model.layers.{layer}.post_attention_layernorm',
    gate: 'model.layers.{layer}.mlp.gate_proj',
    up: 'model.layers.{layer}.mlp.up_proj',
    gate_up: 'model.layers.{layer}.mlp.gate_up_proj',
    down: 'model.layers.{layer}.mlp.down_proj',
  },
  model: { embedding: 'model.embed_tokens', output_norm: 'model.norm', output: 'lm_head' },
};

/** GGUF files name all architectures alike. */
export function ggufStorage(rules: Omit<StorageRules, 'names'> = {}): StorageRules {
  return { names: GGUF_NAMES, ...rules };
}

/** The names of llama's safetensors, with what differs; null removes a part. */
export function hfStorage(
  layer: Readonly<Partial<Record<LayerPart, string | null>>> = {},
  rules: Omit<StorageRules, 'names'> = {},
  model: TensorNames['model'] = HF_NAMES.model,
): StorageRules {
  const named = Object.entries({ ...HF_NAMES.layer, ...layer }).filter(([, name]) => name !== null);
  return { names: { layer: Object.fromEntries(named), model }, ...rules };
}

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  silu: 'silu',
  swish: 'silu',
  gelu: 'gelu',
  gelu_new: 'gelu-tanh',
  gelu_pytorch_tanh: 'gelu-tanh',
  gelu_fast: 'gelu-tanh',
  relu: 'relu',
};

/** The activation that a file names, or the usual one. Throws `architecture-unknown` naming another. */
export function toActivation(raw: RawConfig, usual: Activation): Activation {
  if (raw.activation === null) return usual;
  const known = ACTIVATIONS[raw.activation];
  if (known === undefined) {
    throw new HeadlightError(
      'architecture-unknown',
      `${raw.fileName} uses the activation "${raw.activation}", which this program does not know.`,
      {
        name: raw.fileName,
        architecture: raw.activation,
        known: Object.keys(ACTIVATIONS).join(', '),
      },
    );
  }
  return known;
}

/** The rotation of a layer; `isSliding` layers may have a base of their own and are not stretched then. */
export function toRotation(raw: RawConfig, isSliding = false): Rotation {
  const ownBase = isSliding ? raw.rotaryBaseSliding : null;
  return {
    size: raw.rotarySize,
    base: ownBase ?? raw.rotaryBase,
    scaling: ownBase === null ? raw.rotaryScaling : { kind: 'none' },
  };
}

/** What differs from a llama layer: RMS norms before attention and MLP, rotation, gated SiLU MLP. */
export interface LayerDifferences {
  readonly normKind?: NormConfig['kind'];
  readonly norms?: LayerConfig['norms'];
  readonly headNorm?: LayerConfig['attention']['headNorm'];
  readonly mlpKind?: LayerConfig['mlp']['kind'];
  readonly activation?: Activation;
  readonly isParallel?: boolean;
  /** For each layer: whether it has the window, and whether it rotates. */
  readonly isSliding?: (layer: number) => boolean;
  readonly isRotating?: (layer: number) => boolean;
  readonly embedding?: Partial<ModelConfig['embedding']>;
}

/** Describes a model that is llama but for what is given. */
export function describeModel(raw: RawConfig, differs: LayerDifferences = {}): ModelDescription {
  const norm: NormConfig = { kind: differs.normKind ?? 'rms', epsilon: raw.normEpsilon };
  const layer = (index: number): LayerConfig => {
    const isSliding =
      raw.window !== null && (raw.slidingLayers?.[index] ?? differs.isSliding?.(index) ?? true);
    const isRotating = raw.rotatingLayers?.[index] ?? differs.isRotating?.(index) ?? true;
    return {
      norm,
      norms: differs.norms ?? 'before',
      attention: {
        scale: raw.attentionScale ?? 1 / Math.sqrt(raw.headSize),
        headNorm: differs.headNorm ?? 'none',
        rotation: isRotating ? toRotation(raw, isSliding) : null,
        scoreCap: raw.scoreCap,
        window: isSliding ? raw.window : null,
      },
      mlp: {
        kind: differs.mlpKind ?? 'gated',
        activation: toActivation(raw, differs.activation ?? 'silu'),
      },
      isParallel: differs.isParallel ?? false,
      residualScale: raw.residualScale ?? 1,
    };
  };
  return {
    layers: Array.from({ length: raw.layerCount }, (_, index) => layer(index)),
    embedding: { scale: raw.embeddingScale ?? 1, hasPositions: false, ...differs.embedding },
    output: { norm, logitCap: raw.logitCap, logitDivisor: raw.logitDivisor ?? 1 },
  };
}
