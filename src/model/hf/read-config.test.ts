import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeadlightError } from '../../lib/headlight-error.ts';
import { readGoldenJson } from '../../testing/golden.ts';
import { toModelConfig } from '../architecture.ts';
import { findArchitecture } from '../architectures/index.ts';
import type { ModelConfig } from '../model-config.ts';
import { computeFrequencies } from '../rotation.ts';
import { CONFIG_DEFAULTS } from './config-defaults.ts';
import type { Json } from './config-reader.ts';
import { readHfConfig } from './read-config.ts';

const { cases } = readGoldenJson<{ cases: { given: Json; resolved: Json }[] }>('configs.json');
const read = (config: Json) =>
  readHfConfig(config, String(config.model_type), 'config.json', 10_000);

function refusal(config: Json): HeadlightError {
  try {
    read(config);
  } catch (error) {
    expect(error).toBeInstanceOf(HeadlightError);
    return error as HeadlightError;
  }
  throw new Error(`${JSON.stringify(config)} was read`);
}

describe('a config that leaves out what equals a default', () => {
  it('is tested for every kind', () => {
    const tested = new Set(cases.map(({ given }) => given.model_type));
    expect(tested).toEqual(new Set(Object.keys(CONFIG_DEFAULTS)));
  });
  it.each(
    cases.map(({ given, resolved }) => [JSON.stringify(given).slice(0, 90), given, resolved]),
  )('%s is read as the reference resolves it', (_, given, resolved) => {
    const describeFile = (config: Json) => {
      const { raw, isTied } = read(config);
      const architecture = findArchitecture('safetensors', String(given.model_type), '');
      return { ...toModelConfig(architecture, raw, 1), isTied };
    };
    expect(describeFile(given)).toEqual(describeFile(resolved));
  });
});

describe('a config of one kind', () => {
  it.each<[Json, object]>([
    [{ model_type: 'granite', hidden_size: 64, num_attention_heads: 4 }, { attentionScale: 1 }],
    [
      { model_type: 'gemma2' },
      { attentionScale: 1 / 16, scoreCap: 50, logitCap: 30, window: 4096 },
    ],
    [{ model_type: 'gemma3' }, { rotaryBase: 1e6, rotaryBaseSliding: 1e4, scoreCap: null }],
    [{ model_type: 'gpt2', scale_attn_weights: false }, { attentionScale: 1 }],
    [{ model_type: 'gpt_neox' }, { rotarySize: 24, headSize: 96, isParallel: true }],
    [{ model_type: 'stablelm' }, { rotarySize: 20, headSize: 80, isParallel: false }],
    [{ model_type: 'qwen2', sliding_window: 100 }, { window: null }],
    // A key of another kind is not read: the reference does not read it either.
    [
      { model_type: 'llama', sliding_window: 7, attention_multiplier: 3 },
      { window: null, attentionScale: null },
    ],
    [
      { model_type: 'mistral', layer_types: ['full_attention'] },
      { slidingLayers: null, window: 4096 },
    ],
    [
      {
        model_type: 'llama',
        rope_scaling: { type: 'dynamic', factor: 2, original_max_position_embeddings: 9 },
      },
      { rotaryScaling: { kind: 'dynamic', factor: 2, originalLength: 2048 } },
    ],
  ])('%j is read with %j', (config, wanted) => {
    expect(read(config).raw).toMatchObject(wanted);
  });
});

describe('a config that asks for what is not known', () => {
  it.each<[Json, string, RegExp]>([
    [{ num_experts: 8 }, 'architecture-unknown', /num_experts 8/],
    [{ n_routed_experts: 64 }, 'architecture-unknown', /n_routed_experts 64/],
    [{ kv_lora_rank: 512 }, 'architecture-unknown', /kv_lora_rank 512/],
    [{ alibi: true }, 'architecture-unknown', /alibi true/],
    [{ qk_layernorm: true }, 'architecture-unknown', /qk_layernorm true/],
    [
      { use_bidirectional_attention: 'all' },
      'architecture-unknown',
      /use_bidirectional_attention "all"/,
    ],
    [{ scale_attn_by_inverse_layer_idx: true }, 'architecture-unknown', /scale_attn_by_inverse/],
    [
      { layer_types: ['full_attention', 'linear_attention'] },
      'architecture-unknown',
      /linear_attention/,
    ],
    [{ quantization_config: { quant_method: 'gptq', bits: 4 } }, 'tensor-type-unknown', /"gptq"/],
    [{ rope_parameters: { rope_type: 'spiral' } }, 'architecture-unknown', /"spiral"/],
    [{ rope_scaling: { type: 'constructor', factor: 2 } }, 'architecture-unknown', /"constructor"/],
  ])('%j is refused by name', (part, code, message) => {
    const refused = refusal({ model_type: 'llama', ...part });
    expect(refused.message).toMatch(message);
    expect(refused.code).toBe(code);
  });

  it.each<Json>([
    { num_experts: 0, quantization_config: null, use_bidirectional_attention: false },
    { attention_bias: true, mlp_bias: true, pretraining_tp: 2 },
  ])('%j is read', (part) => {
    expect(read({ model_type: 'llama', ...part }).raw.layerCount).toBe(32);
  });
});

describe('a number that makes no sense', () => {
  const COUNTS = [
    'hidden_size',
    'num_attention_heads',
    'num_key_value_heads',
    'num_hidden_layers',
    'intermediate_size',
    'max_position_embeddings',
    'head_dim',
  ];
  const BAD = [0, -1, 1.5, 1e18, Number.NaN, '4', [4], {}, true];
  it.each(COUNTS.flatMap((key) => BAD.map((value) => [key, value] as const)))(
    'as %s %j is refused by key',
    (key, value) => {
      const refused = refusal({ model_type: 'llama', [key]: value });
      expect(refused.code).toBe('file-malformed');
      expect(refused.message).toContain(key);
    },
  );

  it.each<[Json, RegExp]>([
    [{ rms_norm_eps: -1 }, /rms_norm_eps is -1/],
    [{ rope_theta: 0 }, /rope_theta is 0/],
    [{ hidden_act: 3 }, /hidden_act is 3/],
    [{ num_hidden_layers: 1e9 }, /1000000000 layers, but only 10000/],
    [{ model_type: 'gemma2', attn_logit_softcapping: 0 }, /attn_logit_softcapping is 0/],
    [{ model_type: 'gemma2', query_pre_attn_scalar: -4 }, /query_pre_attn_scalar is -4/],
    [{ model_type: 'gpt_neox', rotary_pct: -0.5 }, /rotary_pct is -0.5/],
    [{ model_type: 'gpt_neox', rotary_pct: 2 }, /192 rotated dimensions of 96/],
    [{ model_type: 'qwen2', layer_types: ['full_attention'] }, /layer_types has 1 entries for 32/],
    [{ model_type: 'smollm3', no_rope_layers: [1, 'no'] }, /no_rope_layers is not a list/],
    [{ rope_scaling: { type: 'linear' } }, /factor of linear is missing/],
    [{ rope_scaling: { type: 'linear', factor: -2 } }, /factor is -2/],
    [
      { rope_scaling: { type: 'llama3', factor: 8, low_freq_factor: 4, high_freq_factor: 4 } },
      /high_freq_factor 4 not above/,
    ],
    [
      {
        model_type: 'phi3',
        rope_scaling: { type: 'longrope', short_factor: [1], long_factor: [1] },
      },
      /1 factors for 48 pairs/,
    ],
  ])('%j is refused by name', (part, message) => {
    const refused = refusal({ model_type: 'llama', ...part });
    expect(refused.message).toMatch(message);
    expect(refused.code).toBe('file-malformed');
  });
});

describe('a rotation with odd values', () => {
  const keys = [
    'rope_theta',
    'factor',
    'partial_rotary_factor',
    'original_max_position_embeddings',
    'low_freq_factor',
    'high_freq_factor',
    'attention_factor',
    'beta_fast',
    'beta_slow',
    'mscale',
    'mscale_all_dim',
  ];
  const value = fc.oneof(
    fc.constantFrom(1e-300, 1e-9, 0.01, 0.5, 1, 1.5, 2, 3, 8, 64, 1e6, 1e15),
    fc.double({ min: 0, max: 100, noNaN: true }),
  );
  it('is refused, or has frequencies and factors that are numbers at any length', () => {
    let readable = 0;
    fc.assert(
      fc.property(
        fc.constantFrom('llama', 'gemma3_text', 'phi3', 'gpt_neox'),
        fc.constantFrom('default', 'linear', 'dynamic', 'llama3', 'yarn'),
        fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 5 }),
        fc.boolean(),
        (model_type, rope_type, parameters, truncate) => {
          const rope_scaling = { rope_type, factor: 2, truncate, ...parameters };
          let config: ModelConfig;
          try {
            const { raw } = read({ model_type, rope_scaling });
            config = toModelConfig(findArchitecture('safetensors', model_type, ''), raw, 1);
          } catch (error) {
            expect(error).toBeInstanceOf(HeadlightError);
            return;
          }
          readable++;
          for (const { attention } of config.layers.slice(0, 6)) {
            if (attention.rotation === null) continue;
            for (const length of [1, 100, 5000, 100_000]) {
              const { values, magnitude } = computeFrequencies(attention.rotation, length);
              expect(values.every((each) => Number.isFinite(each) && each >= 0)).toBe(true);
              expect(Number.isFinite(magnitude) && magnitude > 0).toBe(true);
            }
          }
        },
      ),
      { numRuns: 1500, seed: 20_261_124 },
    );
    expect(readable).toBeGreaterThan(300);
  });
});
