import { assertSizes } from '../check-sizes.ts';
import type { RawConfig } from '../raw-config.ts';
import { withDefaults } from './config-defaults.ts';
import { type ConfigReader, createReader, type Json } from './config-reader.ts';
import { readRotation } from './read-rotation.ts';
import { refuseFeatures } from './refuse-features.ts';

const isString = (item: unknown): item is string => typeof item === 'string';
const isFlag = (item: unknown): item is number | boolean =>
  item === 0 || item === 1 || typeof item === 'boolean';

/** What a config.json says: sizes, and what stands only in this format. */
export interface HfConfig {
  readonly raw: RawConfig;
  /** Rows that the embedding must have; null where the file does not say. */
  readonly vocabularySize: number | null;
  /** Whether the unembedding is the embedding where the file has none of its own. */
  readonly isTied: boolean;
}

/** For each layer whether it rotates; null where all do. */
function readRotatingLayers(reader: ConfigReader, layerCount: number): readonly boolean[] | null {
  const said = reader.list('no_rope_layers', isFlag);
  if (said !== null) return said.map(Boolean);
  const interval = reader.whole('no_rope_layer_interval');
  if (interval === null) return null;
  return Array.from({ length: layerCount }, (_, layer) => (layer + 1) % interval !== 0);
}

/**
 * Which layers have the window: said layer by layer, from some layer on, all but every so many, those
 * that do not rotate, or left to the architecture.
 */
function readSlidingLayers(
  reader: ConfigReader,
  layerCount: number,
  rotating: readonly boolean[] | null,
): readonly boolean[] | null {
  const each = (isSliding: (layer: number) => boolean) =>
    Array.from({ length: layerCount }, (_, layer) => isSliding(layer));
  const types = reader.list('layer_types', isString);
  if (types !== null) return types.map((type) => type === 'sliding_attention');
  const first = reader.real('max_window_layers');
  if (first !== null) return each((layer) => layer >= first);
  const pattern = reader.whole('sliding_window_pattern');
  if (pattern !== null) return each((layer) => (layer + 1) % pattern !== 0);
  return rotating?.map((rotates) => !rotates) ?? null;
}

/**
 * Reads a model's sizes from a config.json of Hugging Face transformers, with the defaults of its kind.
 * Throws `file-malformed` or `architecture-unknown` naming the value that is senseless or not known.
 */
export function readHfConfig(
  whole: Json,
  modelType: string,
  fileName: string,
  tensorCount: number,
): HfConfig {
  refuseFeatures(whole, fileName);
  const config = withDefaults(whole, modelType);
  const reader = createReader(config, fileName);
  const hiddenSize = reader.needed('hidden_size', 'n_embd');
  const headCount = reader.needed('num_attention_heads', 'n_head');
  const headSize = reader.whole('head_dim') ?? hiddenSize / headCount;
  const layerCount = reader.needed('num_hidden_layers', 'n_layer');
  const contextLength = reader.needed('max_position_embeddings', 'n_positions');
  if (layerCount > tensorCount) {
    reader.fail(`${layerCount} layers, but only ${tensorCount} tensors`);
  }
  const rotatingLayers = readRotatingLayers(reader, layerCount);
  const slidingLayers = readSlidingLayers(reader, layerCount, rotatingLayers);
  for (const [key, list] of Object.entries({
    no_rope_layers: rotatingLayers,
    layer_types: slidingLayers,
  })) {
    if (list !== null && list.length !== layerCount) {
      reader.fail(`${key} has ${list.length} entries for ${layerCount} layers`);
    }
  }
  const { partialFactor, rotaryBase, ...rotation } = readRotation(
    config,
    reader,
    contextLength,
    fileName,
    modelType === 'phi3',
  );
  const odd = Math.trunc(headSize * partialFactor);
  // Half a pair is a pair whose frequency is still that of the odd size, but for kinds that cannot do it.
  const rotarySize = modelType === 'stablelm' ? odd : odd + (odd % 2);
  // Where a kind has this switch, nothing stands for off.
  const usesWindow =
    !Object.hasOwn(config, 'use_sliding_window') || reader.flag('use_sliding_window') === true;
  const queryScalar = reader.positive('query_pre_attn_scalar');
  const ownScale =
    reader.flag('scale_attn_weights') === false ? 1 : reader.positive('attention_multiplier');
  const raw: RawConfig = {
    format: 'safetensors',
    fileName,
    layerCount,
    headCount,
    keyValueHeadCount: reader.whole('num_key_value_heads') ?? headCount,
    headSize,
    hiddenSize,
    mlpSize: reader.whole('intermediate_size', 'n_inner') ?? 4 * hiddenSize,
    contextLength,
    normEpsilon:
      reader.real('rms_norm_eps', 'layer_norm_eps', 'layer_norm_epsilon', 'norm_epsilon') ?? 1e-5,
    ...rotation,
    rotaryBase: rotarySize === odd ? rotaryBase : rotaryBase ** (rotarySize / odd),
    rotarySize,
    rotatingLayers,
    window: usesWindow ? reader.whole('sliding_window') : null,
    slidingLayers,
    scoreCap: reader.positive('attn_logit_softcapping'),
    logitCap: reader.positive('final_logit_softcapping'),
    attentionScale: queryScalar === null ? ownScale : queryScalar ** -0.5,
    embeddingScale: reader.real('embedding_multiplier'),
    residualScale: reader.real('residual_multiplier'),
    logitDivisor: reader.positive('logits_scaling'),
    activation: reader.text('hidden_activation', 'hidden_act', 'activation_function'),
    isParallel: reader.flag('use_parallel_residual'),
  };
  assertSizes(raw, tensorCount, headSize);
  return {
    raw,
    vocabularySize: reader.whole('vocab_size'),
    isTied: reader.flag('tie_word_embeddings') ?? true,
  };
}
