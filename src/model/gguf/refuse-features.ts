import { HeadlightError } from '../../lib/headlight-error.ts';
import type { GgufHeader, GgufValue } from './header.ts';

/** Keys of attention and rotation that are read, or that change no number (after the architecture's name). */
const KNOWN: ReadonlySet<string> = new Set([
  'attention.head_count',
  'attention.head_count_kv',
  'attention.key_length',
  'attention.value_length',
  'attention.layer_norm_epsilon',
  'attention.layer_norm_rms_epsilon',
  'attention.group_norm_epsilon',
  'attention.group_norm_groups',
  'attention.scale',
  'attention.sliding_window',
  'attention.sliding_window_pattern',
  'rope.dimension_count',
  'rope.freq_base',
  'rope.freq_base_swa',
  'rope.scale_linear',
  'rope.scaling.type',
  'rope.scaling.factor',
  'rope.scaling.attn_factor',
  'rope.scaling.original_context_length',
  'rope.scaling.finetuned',
  'rope.scaling.yarn_attn_factor',
  'rope.scaling.yarn_beta_fast',
  'rope.scaling.yarn_beta_slow',
]);
/** Other keys that mean another computation than this program runs, whenever they are on. */
const REFUSED_WHEN_ON: readonly string[] = [
  'expert_count',
  'expert_shared_count',
  'nextn_predict_layers',
  'pooling_type',
  'embedding_length_per_layer_input',
  'decoder_block_count',
];
/** Sizes in layers with a window: the same as elsewhere, or not to be run. */
const SAME_AS: Readonly<Record<string, string>> = {
  'attention.key_length_swa': 'attention.key_length',
  'attention.value_length_swa': 'attention.value_length',
  'rope.dimension_count_swa': 'rope.dimension_count',
};
const SCALINGS = ['none', 'linear', 'yarn', 'longrope'];

const isOn = (value: GgufValue | undefined): boolean => {
  if (typeof value === 'object') return Array.from(value as readonly GgufValue[]).some(isOn);
  return Boolean(value) && value !== 'none';
};

/**
 * Refuses by name what a file asks for and this program would compute otherwise: experts, keys of
 * attention and rotation that it does not know. Throws `architecture-unknown`.
 */
export function refuseFeatures({ metadata }: GgufHeader, id: string, fileName: string): void {
  const refuse = (key: string, known = 'none'): never => {
    const value = metadata.get(`${id}.${key}`);
    const what = `${id}.${key} = ${String(value).slice(0, 40)}`;
    throw new HeadlightError(
      'architecture-unknown',
      `${fileName} has ${what}, which this program cannot run.`,
      { name: fileName, architecture: what, known },
    );
  };
  for (const [full, value] of metadata) {
    if (!full.startsWith(`${id}.`)) continue;
    const key = full.slice(id.length + 1);
    // A file may say that its attention is causal, as all that are read here are.
    if (
      key === 'attention.causal' ? value === false : REFUSED_WHEN_ON.includes(key) && isOn(value)
    ) {
      refuse(key);
    }
    if (!/^(attention|rope)\./.test(key) || KNOWN.has(key) || key === 'attention.causal') continue;
    const twin = SAME_AS[key];
    if (twin !== undefined ? value !== metadata.get(`${id}.${twin}`) : isOn(value)) refuse(key);
  }
  const scaling = metadata.get(`${id}.rope.scaling.type`);
  if (scaling !== undefined && !SCALINGS.includes(String(scaling))) {
    refuse('rope.scaling.type', SCALINGS.join(', '));
  }
}
