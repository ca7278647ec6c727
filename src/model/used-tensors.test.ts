import { describe, expect, it } from 'vitest';
import {
  createTinyModel,
  type GgufEntry,
  type GgufFileTensor,
  writeGguf,
} from '../testing/gguf-file.ts';
import {
  openFolder,
  readReferenceFolder,
  readStoredTensors,
  type StoredTensors,
  toJson,
  writeStoredTensors,
} from '../testing/hf-folder.ts';
import { loadUnrun, refusalOf } from '../testing/load-model.ts';
import { createMemorySource } from './memory-source.ts';
import { openModel } from './open-model.ts';

const tiny = createTinyModel();
const floats = (count: number) => new Uint8Array(new Float32Array(count).fill(1).buffer);

/** Loads the small GGUF model with other tensors and entries beside its own. */
async function loadGguf(
  tensors: readonly GgufFileTensor[],
  entries: Readonly<Record<string, GgufEntry>> = {},
) {
  const { bytes } = writeGguf({
    ...tiny,
    metadata: { ...tiny.metadata, ...entries },
    tensors: [...tiny.tensors, ...tensors],
  });
  return loadUnrun(await openModel('tiny.gguf', [createMemorySource('tiny.gguf', bytes)]));
}

/** Loads a reference folder with tensors added or changed, and other values in its config. */
async function loadFolder(
  name: string,
  change: (tensors: StoredTensors) => StoredTensors,
  config: object = {},
) {
  const files = readReferenceFolder(name);
  return loadUnrun(
    await openFolder({
      ...files,
      'config.json': { ...toJson(files['config.json']), ...config },
      'model.safetensors': writeStoredTensors(
        change(readStoredTensors(files['model.safetensors'])),
      ),
    }),
  );
}
const adding =
  (name: string, shape: readonly number[], dtype = 'F32') =>
  (tensors: StoredTensors) => ({
    ...tensors,
    [name]: { dtype, shape, data: floats(shape.reduce((product, size) => product * size, 1)) },
  });

describe('a GGUF file with tensors that nothing uses', () => {
  const tensor = (name: string, count: number, typeId = 0): GgufFileTensor => ({
    name,
    shape: [count],
    typeId,
    data: floats(count),
  });
  it.each([
    'blk.0.attn_q_norm.weight',
    'blk.0.attn_sinks.weight',
    'blk.0.ffn_gate_inp.weight',
    'blk.0.post_attention_norm.weight',
    'blk.0.attn_norm.bias',
    'blk.1.attn_norm.weight',
    'output_norm.bias',
    'position_embd.weight',
    'token_embd_norm.weight',
    'cls.weight',
  ])('is refused for %s by name', async (name) => {
    const refused = await refusalOf(loadGguf([tensor(name, 8)]));
    expect(refused.code).toBe('tensor-unused');
    expect(refused.message).toContain(name);
    expect(refused.details).toMatchObject({ tensor: name, count: 1 });
  });
  it('names some and counts the others', async () => {
    const many = Array.from({ length: 9 }, (_, i) => tensor(`blk.0.extra_${i}.weight`, 8));
    const refused = await refusalOf(loadGguf(many));
    expect(refused.message).toMatch(/extra_0.*extra_3\.weight and 5 more\.$/);
  });
  it.each([0, 16, 99])('is read with tables that change nothing, also of type %i', async (type) => {
    const { facts } = await loadGguf([tensor('blk.0.attn_rot_embd.weight', 8, type)]);
    expect(facts.fileType).toBe('F32 (11)');
    expect(facts.parameterCount).toBe((await loadGguf([])).facts.parameterCount);
  });
  it('is refused when factors of its rotation are of a type that is not read, or too many', async () => {
    const strange = await refusalOf(loadGguf([tensor('rope_freqs.weight', 2, 24)]));
    expect([strange.code, strange.details.type]).toEqual(['tensor-type-unknown', 'I8']);
    const long = await refusalOf(loadGguf([tensor('rope_freqs.weight', 3)]));
    expect(long.message).toMatch(/3 factors for 2 pairs/);
    const endless = await refusalOf(loadGguf([tensor('rope_freqs.weight', 5000)]));
    expect(endless.code).toBe('tensor-shape');
  });
});

describe('a GGUF file that asks for what is not known', () => {
  const uint32 = (value: number): GgufEntry => ({ type: 'uint32', value });
  const float32 = (value: number): GgufEntry => ({ type: 'float32', value });
  it.each<[string, GgufEntry]>([
    ['expert_count', uint32(8)],
    ['attention.clamp_kqv', float32(8)],
    ['attention.max_alibi_bias', float32(8)],
    ['attention.kv_lora_rank', uint32(512)],
    ['attention.causal', { type: 'bool', value: false }],
    ['attention.temperature_length', uint32(4096)],
    ['attention.key_length_swa', uint32(4)],
    ['rope.dimension_sections', { type: 'int32s', value: [1, 1, 0, 0] }],
    ['rope.scaling.type', { type: 'string', value: 'spiral' }],
    ['rope.scaling.yarn_log_multiplier', float32(0.1)],
  ])('in %s is refused by key', async (key, entry) => {
    const refused = await refusalOf(loadGguf([], { [`llama.${key}`]: entry }));
    expect(refused.code).toBe('architecture-unknown');
    expect(refused.message).toContain(`llama.${key}`);
  });
  it.each<[string, GgufEntry]>([
    ['expert_count', uint32(0)],
    ['attention.clamp_kqv', float32(0)],
    ['attention.causal', { type: 'bool', value: true }],
    ['attention.head_count_kv', { type: 'int32s', value: [1] }],
    ['vocab_size', uint32(258)],
  ])('is read with %s that says nothing', async (key, entry) => {
    const { facts } = await loadGguf([], { [`llama.${key}`]: entry });
    expect(facts.keyValueHeadCount).toBe(1);
  });
  it('says that layers differ in size', async () => {
    const entry: GgufEntry = { type: 'int32s', value: [1, 2] };
    const refused = await refusalOf(loadGguf([], { 'llama.attention.head_count_kv': entry }));
    expect(refused.message).toMatch(/layers of different sizes \(llama.attention.head_count_kv\)/);
  });
});

describe('a folder with tensors that nothing uses', () => {
  it.each([
    ['llama', 'model.layers.0.self_attn.q_norm.weight'],
    ['llama', 'model.layers.0.self_attn.q_proj.lora_A.weight'],
    ['llama', 'model.layers.0.input_layernorm.bias'],
    ['llama', 'model.layers.9.mlp.down_proj.weight'],
    ['qwen2', 'model.layers.0.self_attn.sinks'],
    ['gptneox', 'gpt_neox.layers.0.attention.extra'],
    ['gpt2', 'transformer.h.0.crossattention.c_attn.weight'],
  ])('of kind %s is refused for %s by name', async (kind, name) => {
    const refused = await refusalOf(loadFolder(kind, adding(name, [64])));
    expect(refused.code).toBe('tensor-unused');
    expect(refused.message).toContain(name);
  });
  it.each([
    ['llama', 'model.layers.0.self_attn.rotary_emb.inv_freq', 'F32'],
    ['llama', 'model.position_ids', 'I64'],
    ['gpt2', 'transformer.h.0.attn.bias', 'BOOL'],
    ['gpt2', 'h.0.attn.masked_bias', 'F64'],
    ['gptneox', 'gpt_neox.layers.0.attention.bias', 'U8'],
    ['gptneox', 'gpt_neox.layers.1.attention.masked_bias', 'I8'],
    ['gemma3', 'vision_tower.encoder.weight', 'F8_E4M3'],
  ])('of kind %s is read with %s of type %s', async (kind, name, dtype) => {
    const { facts } = await loadFolder(kind, adding(name, [8], dtype));
    expect(facts.fileType).toMatch(/^F32 \(\d+\)$/);
  });
});

describe('a folder with a tensor of a type that is not read', () => {
  const { 'model.safetensors': file } = readReferenceFolder('llama');
  const names = Object.keys(readStoredTensors(file));
  it.each(names.filter((name) => !/layers\.[12]/.test(name)))(
    'is refused for %s when it is needed, by name and type',
    async (name) => {
      const refused = await refusalOf(
        loadFolder('llama', (tensors) => ({
          ...tensors,
          [name]: { ...tensors[name], dtype: 'F8_E4M3' },
        })),
      );
      expect(refused.code).toBe('tensor-type-unknown');
      expect(refused.message).toMatch(/is stored as F8_E4M3, which this program cannot read/);
      expect(refused.details).toMatchObject({ tensor: name, type: 'F8_E4M3' });
    },
  );
  it.each(names)('or one that is missing is named: %s', async (name) => {
    const refused = await refusalOf(loadFolder('llama', ({ [name]: _, ...others }) => others));
    expect(refused.code).toBe('tensor-missing');
    expect(refused.message).toContain(name);
  });
  it('or of a shape that its config contradicts is named', async () => {
    const refused = await refusalOf(loadFolder('llama', (all) => all, { vocab_size: 401 }));
    expect(refused.code).toBe('tensor-shape');
    expect(refused.message).toMatch(/embed_tokens.weight has shape \[400,64\].*\[401,64\]/);
  });
});

describe('a matrix that is embedding and unembedding', () => {
  const untied = (tensors: StoredTensors): StoredTensors => {
    const { 'model.embed_tokens.weight': embedding, ...others } = tensors;
    return { ...others, 'lm_head.weight': embedding };
  };
  it('may be stored under either name', async () => {
    const one = await loadFolder('llama3-rope', (tensors) => tensors);
    const other = await loadFolder('llama3-rope', untied);
    const ids = Int32Array.of(3, 399);
    expect(other.embedding.lookUp(ids, 0)).toEqual(one.embedding.lookUp(ids, 0));
  });
  it('is missing where config.json says that there are two', async () => {
    const config = { tie_word_embeddings: false };
    const refused = await refusalOf(loadFolder('llama3-rope', (tensors) => tensors, config));
    expect(refused.message).toMatch(/no tensor lm_head.weight/);
  });
});
