import { HeadlightError } from '../../lib/headlight-error.ts';
import { assertSizes } from '../check-sizes.ts';
import type { RawConfig } from '../raw-config.ts';
import type { RotationScaling } from '../rotation.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parses a JSON file's text to an object. Throws `file-malformed` naming the file. */
export function parseJsonObject(text: string, fileName: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HeadlightError('file-malformed', `${fileName} is no JSON.`, { name: fileName });
  }
  if (isObject(value)) return value;
  throw new HeadlightError('file-malformed', `${fileName} is not an object.`, { name: fileName });
}

function createReader(config: Json, fileName: string) {
  const fail = (what: string): never => {
    throw new HeadlightError('file-malformed', `${fileName}: ${what}.`, { name: fileName, what });
  };
  const real = (...keys: readonly string[]): number | null => {
    for (const key of keys) {
      const value = config[key];
      if (value === undefined || value === null) continue;
      if (typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 2 ** 31)
        return value;
      fail(`${key} is ${JSON.stringify(value)?.slice(0, 40)}`);
    }
    return null;
  };
  const whole = (...keys: readonly string[]): number | null => {
    const value = real(...keys);
    if (value !== null && (!Number.isInteger(value) || value < 1)) {
      fail(`${keys[0]} is ${value}, not a whole number above 0`);
    }
    return value;
  };
  const needed = (...keys: readonly string[]): number =>
    whole(...keys) ?? fail(`${keys[0]} is missing`);
  const list = <T>(key: string, isItem: (item: unknown) => item is T): readonly T[] | null => {
    const value = config[key];
    if (value === undefined || value === null) return null;
    if (Array.isArray(value) && value.every(isItem)) return value;
    return fail(`${key} is not a list of the right kind`);
  };
  return { fail, real, whole, needed, list };
}
type Reader = ReturnType<typeof createReader>;

const isString = (item: unknown): item is string => typeof item === 'string';
const isNumber = (item: unknown): item is number => typeof item === 'number';

function readScaling(
  parameters: Json,
  reader: Reader,
  contextLength: number,
  fileName: string,
): RotationScaling {
  const own = createReader(parameters, fileName);
  const type = parameters.rope_type ?? parameters.type ?? 'default';
  const originalLength =
    own.whole('original_max_position_embeddings') ??
    reader.whole('original_max_position_embeddings') ??
    contextLength;
  const factor = own.real('factor') ?? contextLength / originalLength;
  switch (type) {
    case 'default':
      return { kind: 'none' };
    case 'linear':
      return { kind: 'linear', factor };
    case 'dynamic':
      return { kind: 'dynamic', factor, originalLength };
    case 'llama3':
      return {
        kind: 'llama3',
        factor,
        originalLength,
        lowFrequencyFactor: own.real('low_freq_factor') ?? 1,
        highFrequencyFactor: own.real('high_freq_factor') ?? 4,
      };
    case 'yarn': {
      const magnitudeOf = (scale: number): number =>
        factor > 1 ? 0.1 * scale * Math.log(factor) + 1 : 1;
      const scale = own.real('mscale');
      const scaleAll = own.real('mscale_all_dim');
      const usual = scale && scaleAll ? magnitudeOf(scale) / magnitudeOf(scaleAll) : magnitudeOf(1);
      return {
        kind: 'yarn',
        factor,
        originalLength,
        betaFast: own.real('beta_fast') ?? 32,
        betaSlow: own.real('beta_slow') ?? 1,
        magnitude: own.real('attention_factor') ?? usual,
        isTruncated: parameters.truncate !== false,
      };
    }
    case 'longrope':
    case 'su': {
      const stretch = own.real('factor') ?? contextLength / originalLength;
      const usual = stretch > 1 ? Math.sqrt(1 + Math.log(stretch) / Math.log(originalLength)) : 1;
      const short = own.list('short_factor', isNumber);
      const long = own.list('long_factor', isNumber);
      if (short === null || long === null)
        return own.fail('short_factor or long_factor is missing');
      const magnitude = own.real('attention_factor') ?? usual;
      return { kind: 'long', short, long, originalLength, magnitude };
    }
    default:
      throw new HeadlightError(
        'architecture-unknown',
        `${fileName} stretches its rotation by "${type}", which this program does not know.`,
        {
          name: fileName,
          architecture: String(type),
          known: 'linear, dynamic, llama3, yarn, longrope',
        },
      );
  }
}

/** Rotation parameters of layers without and with a window, in the old spelling and the new. */
function readRotation(
  config: Json,
  reader: Reader,
  contextLength: number,
  fileName: string,
): Pick<RawConfig, 'rotaryBase' | 'rotaryBaseSliding' | 'rotaryScaling'> & {
  readonly partialFactor: number;
} {
  const both = isObject(config.rope_parameters) ? config.rope_parameters : null;
  const full = both && isObject(both.full_attention) ? both.full_attention : both;
  const sliding = both && isObject(both.sliding_attention) ? both.sliding_attention : null;
  const parameters = full ?? (isObject(config.rope_scaling) ? config.rope_scaling : {});
  const own = createReader(parameters, fileName);
  return {
    rotaryBase: own.real('rope_theta') ?? reader.real('rope_theta', 'rotary_emb_base') ?? 10_000,
    rotaryBaseSliding: sliding
      ? createReader(sliding, fileName).real('rope_theta')
      : reader.real('rope_local_base_freq'),
    rotaryScaling: readScaling(parameters, reader, contextLength, fileName),
    partialFactor:
      own.real('partial_rotary_factor') ?? reader.real('partial_rotary_factor', 'rotary_pct') ?? 1,
  };
}

/** Which layers have the window: said layer by layer, or from some layer on, or left to the architecture. */
function readSlidingLayers(
  config: Json,
  reader: Reader,
  layerCount: number,
): readonly boolean[] | null {
  const types = reader.list('layer_types', isString);
  if (types !== null) return types.map((type) => type === 'sliding_attention');
  const first = config.use_sliding_window === true ? reader.real('max_window_layers') : null;
  if (first !== null) return Array.from({ length: layerCount }, (_, layer) => layer >= first);
  const pattern = reader.whole('sliding_window_pattern');
  if (pattern === null) return null;
  return Array.from({ length: layerCount }, (_, layer) => (layer + 1) % pattern !== 0);
}

/**
 * Reads a model's sizes from a config.json of Hugging Face transformers. Throws `file-malformed` or
 * `architecture-unknown` naming the value that is missing or senseless.
 */
export function readHfConfig(config: Json, fileName: string, tensorCount: number): RawConfig {
  const reader = createReader(config, fileName);
  const { real, whole, needed, list } = reader;
  const hiddenSize = needed('hidden_size', 'n_embd');
  const headCount = needed('num_attention_heads', 'n_head');
  const headSize = whole('head_dim') ?? hiddenSize / headCount;
  const layerCount = needed('num_hidden_layers', 'n_layer');
  const contextLength = needed('max_position_embeddings', 'n_positions', 'n_ctx');
  if (layerCount > tensorCount) {
    reader.fail(`${layerCount} layers, but only ${tensorCount} tensors`);
  }
  if (config.scale_attn_by_inverse_layer_idx === true || config.alibi === true) {
    reader.fail('scores scaled by layer, or ALiBi, which this program cannot run');
  }
  const { partialFactor, ...rotation } = readRotation(config, reader, contextLength, fileName);
  const queryScalar = real('query_pre_attn_scalar');
  const activation = config.hidden_activation ?? config.hidden_act ?? config.activation_function;
  const window = config.use_sliding_window === false ? null : whole('sliding_window');
  const raw: RawConfig = {
    fileName,
    layerCount,
    headCount,
    keyValueHeadCount: whole('num_key_value_heads') ?? headCount,
    headSize,
    hiddenSize,
    mlpSize: whole('intermediate_size', 'n_inner') ?? 4 * hiddenSize,
    contextLength,
    normEpsilon:
      real('rms_norm_eps', 'layer_norm_eps', 'layer_norm_epsilon', 'norm_epsilon') ?? 1e-5,
    ...rotation,
    rotarySize: Math.trunc(headSize * partialFactor),
    rotatingLayers: list('no_rope_layers', isNumber)?.map((rotates) => rotates !== 0) ?? null,
    window,
    slidingLayers: readSlidingLayers(config, reader, layerCount),
    scoreCap: real('attn_logit_softcapping'),
    logitCap: real('final_logit_softcapping'),
    attentionScale: queryScalar === null ? real('attention_multiplier') : queryScalar ** -0.5,
    embeddingScale: real('embedding_multiplier'),
    residualScale: real('residual_multiplier'),
    logitDivisor: real('logits_scaling'),
    activation: isString(activation) ? activation : null,
    isParallel:
      typeof config.use_parallel_residual === 'boolean' ? config.use_parallel_residual : null,
  };
  assertSizes(raw, tensorCount, headSize);
  return raw;
}
