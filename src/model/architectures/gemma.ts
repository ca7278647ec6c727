import { type Architecture, describeModel, ggufStorage, hfStorage } from '../architecture.ts';
import type { RawConfig } from '../raw-config.ts';

/** Norms before and after attention and MLP; gains are stored minus one in safetensors. */
const STORAGE: Architecture['storage'] = {
  gguf: ggufStorage(),
  safetensors: hfStorage(
    {
      attention_post_norm: 'model.layers.{layer}.post_attention_layernorm',
      mlp_norm: 'model.layers.{layer}.pre_feedforward_layernorm',
      mlp_post_norm: 'model.layers.{layer}.post_feedforward_layernorm',
    },
    { isNormMinusOne: true },
  ),
};
const embedding = (raw: RawConfig) => ({ scale: Math.fround(Math.sqrt(raw.hiddenSize)) });

/** GGUF files do not say that the 27B models scale scores by their width a head, not by their head size. */
function withScale(raw: RawConfig, layersOf27B: number): RawConfig {
  const isLarge = raw.attentionScale === null && raw.layerCount === layersOf27B;
  return isLarge ? { ...raw, attentionScale: (raw.hiddenSize / raw.headCount) ** -0.5 } : raw;
}

/** Caps and window of files that leave them out, as llama.cpp takes them. */
const withUsual = (raw: RawConfig): RawConfig =>
  raw.format === 'gguf'
    ? {
        ...raw,
        scoreCap: raw.scoreCap ?? 50,
        logitCap: raw.logitCap ?? 30,
        window: raw.window ?? 4096,
      }
    : raw;

/** Soft caps on scores and logits, every other layer with a window (Gemma team 2024). */
export const GEMMA2: Architecture = {
  id: 'gemma2',
  modelTypes: ['gemma2'],
  storage: STORAGE,
  describe: (raw) =>
    describeModel(withScale(withUsual(raw), 46), {
      norms: 'both',
      activation: 'gelu-tanh',
      isSliding: (layer) => layer % 2 === 0,
      embedding: embedding(raw),
    }),
};

/** Norms on queries and keys, five layers with a window and a base of their own to one without. */
export const GEMMA3: Architecture = {
  id: 'gemma3',
  modelTypes: ['gemma3_text', 'gemma3'],
  storage: STORAGE,
  describe: (raw) =>
    describeModel(
      { ...withScale(raw, 62), rotaryBaseSliding: raw.rotaryBaseSliding ?? 10_000 },
      {
        norms: 'both',
        headNorm: 'head',
        activation: 'gelu-tanh',
        isSliding: (layer) => layer % 6 !== 5,
        embedding: embedding(raw),
      },
    ),
};
