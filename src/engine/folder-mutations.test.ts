import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  REFERENCE_FILES as files,
  loadChangedFolder as outcome,
} from '../testing/folder-outcome.ts';
import { readStoredTensors, toJson } from '../testing/hf-folder.ts';

const SEED = 20_261_124;
const MODEL = files['model.safetensors'];
/** Where the data of the model's file begins. */
const DATA = 8 + Number(new DataView(MODEL.buffer).getBigUint64(0, true));
const names = Object.keys(readStoredTensors(MODEL));
const config = toJson(files['config.json']);
const tokenizer = toJson(files['tokenizer.json']);

describe('a folder changed at random', () => {
  const flips = (limit: number) =>
    fc.array(
      fc.record({
        at: fc.nat(limit - 1),
        value: fc.oneof(fc.constantFrom(0, 1, 34, 44, 45, 48, 57, 91, 123, 255), fc.nat(255)),
      }),
      { minLength: 1, maxLength: 5 },
    );
  const flipped = (
    bytes: Uint8Array<ArrayBuffer>,
    changes: readonly { at: number; value: number }[],
    end: number | null,
  ) => {
    const copy = bytes.slice(0, end ?? bytes.length);
    for (const { at, value } of changes) if (at < copy.length) copy[at] = value;
    return copy;
  };

  it.each([
    ['model.safetensors', DATA, 250],
    ['config.json', files['config.json'].length, 250],
    ['tokenizer.json', files['tokenizer.json'].length, 250],
    ['tokenizer_config.json', files['tokenizer_config.json'].length, 60],
  ] as const)(
    'in bytes of %s is loaded or refused with a fitting code, within its size',
    async (name, limit, numRuns) => {
      const codes = new Set<string>();
      const whole = files[name];
      await fc.assert(
        fc.asyncProperty(
          flips(limit),
          fc.option(fc.nat(whole.length), { freq: 4 }),
          async (changes, end) => {
            codes.add(await outcome({ [name]: flipped(whole, changes, end) }));
          },
        ),
        { numRuns, seed: SEED },
      );
      expect(codes.size).toBeGreaterThan(1);
    },
    60_000,
  );

  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      0,
      -1,
      0.5,
      1e9,
      1e308,
      null,
      true,
      '',
      '7',
      'constructor',
      '__proto__',
    ),
    fc.constantFrom<unknown>([], {}, [[]], { __proto__: null }, ['a'], [1, 2, 3]),
    fc.jsonValue({ maxDepth: 2 }),
  );
  it('in values of config.json is loaded or refused with a fitting code, within its size', async () => {
    const keys = [
      ...Object.keys(config),
      'sliding_window',
      'rope_scaling',
      'text_config',
      'num_experts',
      'quantization_config',
      'layer_types',
    ];
    const kinds = [
      'llama',
      'mistral',
      'qwen2',
      'gemma2',
      'gemma3_text',
      'gpt2',
      'phi3',
      'smollm3',
      'granite',
    ];
    const codes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...kinds),
        fc.dictionary(fc.constantFrom(...keys), odd, { minKeys: 1, maxKeys: 3 }),
        async (kind, changes) => {
          codes.add(await outcome({ 'config.json': { ...config, model_type: kind, ...changes } }));
        },
      ),
      { numRuns: 300, seed: SEED },
    );
    expect([...codes]).toEqual(
      expect.arrayContaining(['loaded', 'file-malformed', 'tensor-shape', 'tensor-missing']),
    );
  }, 60_000);

  it('in rotations of config.json is loaded or refused with a fitting code', async () => {
    const keys = [
      'rope_type',
      'factor',
      'rope_theta',
      'partial_rotary_factor',
      'original_max_position_embeddings',
      'low_freq_factor',
      'high_freq_factor',
      'attention_factor',
      'beta_fast',
      'mscale',
      'short_factor',
      'long_factor',
      'truncate',
      'full_attention',
      'sliding_attention',
    ];
    const value = fc.oneof(
      fc.constantFrom<unknown>('linear', 'dynamic', 'llama3', 'yarn', 'longrope', 2, 8, 1),
      odd,
    );
    const codes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('linear', 'dynamic', 'llama3', 'yarn', 'longrope'),
        fc.dictionary(fc.constantFrom(...keys), value, { minKeys: 1, maxKeys: 6 }),
        async (type, parameters) => {
          const rope_parameters = { rope_type: type, factor: 2, ...parameters };
          codes.add(await outcome({ 'config.json': { ...config, rope_parameters } }));
        },
      ),
      { numRuns: 300, seed: SEED },
    );
    expect([...codes]).toEqual(expect.arrayContaining(['loaded', 'file-malformed']));
  }, 60_000);

  it('in values of tokenizer.json is loaded or refused with a fitting code, within its size', async () => {
    const step = fc.record({
      type: fc.constantFrom(
        'Split',
        'ByteLevel',
        'Digits',
        'Metaspace',
        'Punctuation',
        'Sequence',
        'NFC',
        'x',
      ),
      pattern: fc.oneof(
        fc.record({
          Regex: fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('(a+)+$', '[', '\\p{X}')),
        }),
        fc.record({ String: fc.string({ maxLength: 3 }) }),
        odd,
      ),
      behavior: fc.constantFrom('Isolated', 'Removed', 'MergedWithNext', 'Contiguous', 5),
      add_prefix_space: odd,
      pretokenizers: odd,
      normalizers: odd,
    });
    const sequence = fc.record({
      type: fc.constant('Sequence'),
      pretokenizers: fc.array(step, { maxLength: 3 }),
      normalizers: fc.array(step, { maxLength: 2 }),
    });
    const model = tokenizer.model as Record<string, unknown>;
    const token = fc.record(
      { id: odd, content: odd, special: odd, rstrip: odd },
      { requiredKeys: [] },
    );
    const change = fc.oneof(
      fc.record({ pre_tokenizer: fc.oneof(step, sequence, odd) }),
      fc.record({ normalizer: fc.oneof(step, sequence, odd) }),
      fc.record({ added_tokens: fc.oneof(fc.array(token, { maxLength: 3 }), odd) }),
      fc.record({ model: odd }),
      fc.record({ post_processor: odd, decoder: odd }),
      fc
        .dictionary(fc.constantFrom(...Object.keys(model)), odd, { minKeys: 1, maxKeys: 2 })
        .map((part) => ({ model: { ...model, ...part } })),
    );
    const codes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(change, async (part) => {
        codes.add(await outcome({ 'tokenizer.json': { ...tokenizer, ...part } }));
      }),
      { numRuns: 300, seed: SEED },
    );
    expect([...codes]).toEqual(
      expect.arrayContaining(['loaded', 'file-malformed', 'tokenizer-unknown']),
    );
  }, 60_000);

  it('by names of files in an index is opened or refused with a fitting code', async () => {
    const shards = { 'model.safetensors': null, 'model-00001-of-00001.safetensors': MODEL };
    const right = Object.fromEntries(
      names.map((name) => [name, 'model-00001-of-00001.safetensors']),
    );
    const index = (content: string | object) =>
      outcome({ ...shards, 'model.safetensors.index.json': content });
    expect(await index({ weight_map: right })).toBe('loaded');
    for (const content of ['[', '[]', '{}', { weight_map: [] }, { weight_map: 'all' }]) {
      expect(await index(content)).toBe('file-malformed');
    }
    await fc.assert(
      fc.asyncProperty(odd, fc.constantFrom(...names), async (value, name) => {
        await index({ weight_map: { ...right, [name]: value } });
        await index({ weight_map: value });
      }),
      { numRuns: 60, seed: SEED },
    );
  }, 60_000);
});
