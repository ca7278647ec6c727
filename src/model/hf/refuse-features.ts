import { HeadlightError } from '../../lib/headlight-error.ts';
import { isObject, type Json, showValue, unknownFeature } from './config-reader.ts';

const isOn = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && value !== 0;

/** Keys that mean another computation than this program runs, whenever they are on. */
const REFUSED_WHEN_ON: readonly string[] = [
  // Several experts in place of one MLP.
  'num_experts',
  'num_local_experts',
  'n_routed_experts',
  'moe_num_experts',
  // Keys and values through a narrow middle.
  'kv_lora_rank',
  'q_lora_rank',
  // Positions by a slope a head.
  'alibi',
  'use_alibi',
  // Other scores and streams.
  'scale_attn_by_inverse_layer_idx',
  'use_bidirectional_attention',
  'add_cross_attention',
  'is_encoder_decoder',
  'qk_layernorm',
  'use_qk_norm',
  'clip_qkv',
  'attn_temperature_tuning',
  'rope_interleave',
  'num_kv_shared_layers',
  'hidden_size_per_layer_input',
];
/** What layers may be called. */
const LAYER_TYPES = ['full_attention', 'sliding_attention'];

/**
 * Refuses by name what a config.json asks for and this program would compute otherwise: its numbers
 * would be wrong. Throws `architecture-unknown`, or `tensor-type-unknown` for quantised weights.
 */
export function refuseFeatures(config: Json, fileName: string): void {
  const on = REFUSED_WHEN_ON.find((key) => Object.hasOwn(config, key) && isOn(config[key]));
  if (on !== undefined) throw unknownFeature(fileName, `${on} ${showValue(config[on])}`);
  const types = Array.isArray(config.layer_types) ? config.layer_types : [];
  const strange = types.find((type) => typeof type !== 'string' || !LAYER_TYPES.includes(type));
  if (strange !== undefined) {
    const what = `layers of the type ${showValue(strange)}`;
    throw unknownFeature(fileName, what, LAYER_TYPES.join(', '));
  }
  const quantised = ['quantization_config', 'compression_config'].find((key) => isOn(config[key]));
  if (quantised === undefined) return;
  const said = config[quantised];
  const named = isObject(said) ? (said.quant_method ?? said.format) : said;
  const method = typeof named === 'string' ? named : showValue(named);
  throw new HeadlightError(
    'tensor-type-unknown',
    `${fileName} says that the weights are quantised by "${method}", which this program cannot read.`,
    { name: fileName, type: method, known: 'F32, F16, BF16' },
  );
}
