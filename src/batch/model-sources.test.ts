import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Tokenizer } from '../engine/tokenizer.ts';
import { HeadlightError } from '../lib/headlight-error.ts';
import { readGgufHeader } from '../model/gguf/header.ts';
import { createMemorySource } from '../model/memory-source.ts';
import { openModel } from '../model/open-model.ts';
import { createTinyModel, type GgufFile, writeGguf } from '../testing/gguf-file.ts';
import { openModelPath } from './model-sources.ts';

const LLAMA = 'src/testing/golden/architectures/llama';
const folder = mkdtempSync(join(tmpdir(), 'headlight-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function refusal(work: Promise<unknown>): Promise<HeadlightError> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(HeadlightError);
  return thrown as HeadlightError;
}

/** A folder of its own with some of llama's files. */
function folderWith(files: Readonly<Record<string, string | Uint8Array | null>>): string {
  const path = mkdtempSync(join(folder, 'hf-'));
  for (const [name, content] of Object.entries(files)) {
    if (content === null) copyFileSync(join(LLAMA, name), join(path, name));
    else writeFileSync(join(path, name), content);
  }
  return path;
}
const whole = {
  'config.json': null,
  'tokenizer.json': null,
  'tokenizer_config.json': null,
  'model.safetensors': null,
};

/** The tensors of a safetensors file cut into two files, with the index that names them. */
function shardsOf(file: Buffer): Record<string, string | Uint8Array> {
  const length = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.subarray(8, 8 + length).toString()) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  const names = Object.keys(header).filter((name) => name !== '__metadata__');
  const write = (own: readonly string[]): Uint8Array => {
    let at = 0;
    const entries: Record<string, unknown> = {};
    const parts: Buffer[] = [];
    for (const name of own) {
      const { dtype, shape, data_offsets: span } = header[name];
      const data = file.subarray(8 + length + span[0], 8 + length + span[1]);
      entries[name] = { dtype, shape, data_offsets: [at, at + data.length] };
      at += data.length;
      parts.push(data);
    }
    const json = Buffer.from(JSON.stringify(entries));
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(json.length));
    return Buffer.concat([size, json, ...parts]);
  };
  const half = Math.ceil(names.length / 2);
  const shards = {
    'model-00001-of-00002.safetensors': names.slice(0, half),
    'model-00002-of-00002.safetensors': names.slice(half),
  };
  const weight_map = Object.fromEntries(
    Object.entries(shards).flatMap(([shard, own]) => own.map((name) => [name, shard])),
  );
  return {
    ...Object.fromEntries(Object.entries(shards).map(([shard, own]) => [shard, write(own)])),
    'model.safetensors.index.json': JSON.stringify({ weight_map }),
  };
}

async function readTokenizer(path: string): Promise<Tokenizer> {
  const file = await openModelPath(path);
  await file.close();
  return new Tokenizer(file.tokenizer);
}

describe('a folder of safetensors', () => {
  it('is opened whole or in shards, with the same tensors', async () => {
    const one = await openModelPath(folderWith(whole));
    const { 'model.safetensors': _, ...rest } = whole;
    const shards = shardsOf(readFileSync(join(LLAMA, 'model.safetensors')));
    const many = await openModelPath(folderWith({ ...rest, ...shards }));
    expect([...many.tensors.keys()].sort()).toEqual([...one.tensors.keys()].sort());
    expect(many.config).toEqual(one.config);
    expect(many.weightSources).toHaveLength(2);
    await one.close();
    await many.close();
  });

  it.each([
    ['config.json', /has no config.json/],
    ['tokenizer.json', /has no tokenizer.json/],
    ['model.safetensors', /has no model.safetensors/],
  ] as const)('without %s says so', async (name, message) => {
    const { [name]: _, ...rest } = whole;
    const error = await refusal(openModelPath(folderWith(rest)));
    expect(error.message).toMatch(message);
  });

  it('without tokenizer_config.json takes begin and ends from the other files', async () => {
    const { 'tokenizer_config.json': _, ...rest } = whole;
    const generation = JSON.stringify({ eos_token_id: [5, 398, 7] });
    const path = folderWith({ ...rest, 'generation_config.json': generation });
    const { parts } = await readTokenizer(path);
    expect([parts.beginId, parts.beginText]).toEqual([397, '<|endoftext|>']);
    expect([...parts.endIds].sort()).toEqual([398, 5, 7]);
    expect(parts.endText).toBe('<|im_start|>');
    const map = JSON.stringify({ bos_token: '<|im_end|>', eos_token: { content: '<|im_end|>' } });
    const mapped = await readTokenizer(folderWith({ ...rest, 'special_tokens_map.json': map }));
    expect(mapped.parts.beginText).toBe('<|im_end|>');
    expect([...mapped.parts.endIds]).toEqual([mapped.parts.beginId, 398]);
  });

  it('that lacks a shard names it', async () => {
    const { 'model.safetensors': _, ...rest } = whole;
    const { 'model-00002-of-00002.safetensors': __, ...shards } = shardsOf(
      readFileSync(join(LLAMA, 'model.safetensors')),
    );
    const error = await refusal(openModelPath(folderWith({ ...rest, ...shards })));
    expect(error.message).toContain('model-00002-of-00002.safetensors');
  });

  const config = JSON.parse(readFileSync(join(LLAMA, 'config.json'), 'utf8')) as object;
  it.each([
    ['is no JSON', '{', 'file-malformed', /config.json is no JSON/],
    ['is a list', '[]', 'file-malformed', /not an object/],
    [
      'is of an unknown kind',
      { ...config, model_type: 'mamba' },
      'architecture-unknown',
      /mamba.*llama/s,
    ],
    ['has no layers', { ...config, num_hidden_layers: 0 }, 'file-malformed', /num_hidden_layers/],
    [
      'has a million layers',
      { ...config, num_hidden_layers: 1e6 },
      'file-malformed',
      /1000000 layers/,
    ],
    ['has uneven heads', { ...config, num_key_value_heads: 3 }, 'file-malformed', /cannot share/],
    ['has a width in words', { ...config, hidden_size: 'wide' }, 'file-malformed', /hidden_size/],
    [
      'has an unknown rotation',
      { ...config, rope_parameters: { rope_type: 'spiral' } },
      'architecture-unknown',
      /spiral/,
    ],
    [
      'has an unknown activation',
      { ...config, hidden_act: 'wavy' },
      'architecture-unknown',
      /wavy/,
    ],
  ])('whose config %s is refused', async (_, content, code, message) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    const error = await refusal(openModelPath(folderWith({ ...whole, 'config.json': text })));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});

describe('a GGUF model in parts', () => {
  const tiny = createTinyModel();
  const part = (number: number, count: number, tensors: GgufFile['tensors']) => {
    const metadata = {
      ...(number === 0 ? tiny.metadata : {}),
      'split.no': { type: 'uint32', value: number },
      'split.count': { type: 'uint32', value: count },
    } as const;
    const { bytes } = writeGguf({ ...tiny, metadata, tensors });
    return createMemorySource(`tiny-0000${number + 1}-of-0000${count}.gguf`, bytes);
  };
  const first = part(0, 2, tiny.tensors.slice(0, 5));
  const second = part(1, 2, tiny.tensors.slice(5));

  it('is one model, in whatever order its parts come', async () => {
    const single = createMemorySource('tiny.gguf', writeGguf(tiny).bytes);
    const wanted = [...(await readGgufHeader(single)).tensors.keys()].sort();
    for (const parts of [
      [first, second],
      [second, first],
    ]) {
      const file = await openModel('tiny', parts);
      expect([...file.tensors.keys()].sort()).toEqual(wanted);
    }
  });

  it.each([
    ['a part is missing', [first], /one of 2 parts/, 'file-missing'],
    ['a part is there twice', [first, first], /part 1 of 2 is not there once/, 'file-malformed'],
    [
      'a tensor is in two parts',
      [first, part(1, 2, tiny.tensors)],
      /was in an earlier part/,
      'file-malformed',
    ],
  ])('is refused when %s', async (_, parts, message, code) => {
    const error = await refusal(openModel('tiny', parts));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});
