import { HeadlightError } from '../../lib/headlight-error.ts';
import { type StorageRules, toModelConfig } from '../architecture.ts';
import { findArchitecture } from '../architectures/index.ts';
import type { ByteSource } from '../byte-source.ts';
import type { ModelFile } from '../model-file.ts';
import type { FileTensor } from '../tensor-file.ts';
import { isObject, parseJsonObject } from './config-reader.ts';
import { readHfConfig } from './read-config.ts';
import { refuseFeatures } from './refuse-features.ts';
import { readSafetensorsHeader } from './safetensors-header.ts';
import { readSpecialIds } from './special-ids.ts';

/** JSON files of a model; the largest real tokenizers are a fraction of this. */
const LARGEST_JSON = 200 << 20;
/** Models that see as well as read put their text part under one of these names. */
const TEXT_PREFIX = /^(model\.)?language_model\.(?:model\.)?/;

async function readJson(source: ByteSource, signal?: AbortSignal) {
  if (source.size > LARGEST_JSON) {
    throw new HeadlightError(
      'file-malformed',
      `${source.name} has ${source.size} bytes, too many for what it should be.`,
      { name: source.name, size: source.size },
    );
  }
  const bytes = await source.read(0, source.size, signal);
  return parseJsonObject(new TextDecoder().decode(bytes), source.name);
}

/** A tensor's name as a model that only reads would have it. */
function toTextName(name: string): string {
  if (name.startsWith('language_model.lm_head.')) return name.slice('language_model.'.length);
  return name.replace(TEXT_PREFIX, 'model.');
}

/** All tensors of one file or of the shards that an index names, each once. */
async function readAllTensors(
  shards: readonly ByteSource[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, FileTensor>> {
  const tensors = new Map<string, FileTensor>();
  for (const shard of shards) {
    for (const tensor of await readSafetensorsHeader(shard, signal)) {
      const name = toTextName(tensor.name);
      if (tensors.has(name)) {
        throw new HeadlightError('file-malformed', `Tensor ${name} is in two of the files.`, {
          tensor: name,
        });
      }
      tensors.set(name, { ...tensor, name });
    }
  }
  return tensors;
}

/** Some files leave out the first part of all names ("wte" for "transformer.wte"): it is put back. */
function withPrefix(
  tensors: ReadonlyMap<string, FileTensor>,
  { names }: StorageRules,
): ReadonlyMap<string, FileTensor> {
  const embedding = `${names.model.embedding}.weight`;
  const prefix = embedding.slice(0, embedding.indexOf('.') + 1);
  if (tensors.has(embedding) || !tensors.has(embedding.slice(prefix.length))) return tensors;
  const own = new Set(Object.values(names.model).filter((name) => !name.startsWith(prefix)));
  return new Map(
    [...tensors].map(([name, tensor]) => {
      const isWhole = own.has(name.replace(/\.(weight|bias)$/, ''));
      const full = isWhole ? name : prefix + name;
      return [full, { ...tensor, name: full }];
    }),
  );
}

/**
 * Where embedding and unembedding are one matrix, a file may hold it under either name. Throws
 * `tensor-missing` when they are two and the unembedding is not there.
 */
function withTies(
  tensors: ReadonlyMap<string, FileTensor>,
  { names }: StorageRules,
  isTied: boolean,
): ReadonlyMap<string, FileTensor> {
  const [embedding, output] = [`${names.model.embedding}.weight`, `${names.model.output}.weight`];
  const stored = tensors.get(output);
  if (stored === undefined && !isTied) {
    throw new HeadlightError(
      'tensor-missing',
      `The file has no tensor ${output}, and config.json says that it is not ${embedding}.`,
      { tensor: output },
    );
  }
  if (stored === undefined || !isTied) return tensors;
  const others = [...tensors].filter(([name]) => name !== output);
  // Tied, an output of its own is not read, whatever the file has.
  if (tensors.has(embedding)) return new Map(others);
  return new Map([...others, [embedding, { ...stored, name: embedding }]]);
}

/** Shards that an index names and that were not given. */
async function assertComplete(
  index: ByteSource,
  shards: readonly ByteSource[],
  signal?: AbortSignal,
): Promise<void> {
  const { weight_map: map } = await readJson(index, signal);
  const named = isObject(map) ? Object.values(map) : [];
  if (named.length === 0 || named.some((name) => typeof name !== 'string')) {
    throw new HeadlightError(
      'file-malformed',
      `${index.name} does not say which file holds what.`,
      {
        name: index.name,
      },
    );
  }
  const names = new Set(named.map(String));
  const absent = [...names].filter((name) => !shards.some((shard) => shard.name === name));
  if (absent.length > 0) {
    throw new HeadlightError(
      'file-malformed',
      `${index.name} names files that are not there: ${absent.slice(0, 3).join(', ')}.`,
      { name: index.name, absent: absent.length },
    );
  }
}

/**
 * Opens a model in the folder layout of Hugging Face transformers: config.json, tokenizer.json,
 * optionally generation_config.json, tokenizer_config.json, special_tokens_map.json and
 * chat_template.jinja, and safetensors (one file, or shards with their index). Throws the typed errors
 * of its readers; sources stay open until `close`.
 */
export async function openHf(
  folderName: string,
  sources: readonly ByteSource[],
  signal?: AbortSignal,
): Promise<ModelFile> {
  const find = (name: string): ByteSource | null =>
    sources.find((source) => source.name === name) ?? null;
  const needed = (name: string): ByteSource => {
    const source = find(name);
    if (source !== null) return source;
    throw new HeadlightError('file-missing', `${folderName} has no ${name}.`, {
      name: folderName,
      missing: name,
    });
  };
  // Where both are there, the whole file goes before its shards, as in the reference.
  const whole = find('model.safetensors');
  const shards =
    whole === null ? sources.filter(({ name }) => name.endsWith('.safetensors')) : [whole];
  if (shards.length === 0) needed('model.safetensors');
  const index = find('model.safetensors.index.json');
  if (index !== null && whole === null) await assertComplete(index, shards, signal);
  const stated = await readJson(needed('config.json'), signal);
  // Models that see as well as read keep the text part's sizes in an object of their own.
  const text = isObject(stated.text_config) ? stated.text_config : null;
  const config =
    text === null ? stated : { tie_word_embeddings: stated.tie_word_embeddings, ...text };
  if (text !== null) refuseFeatures(stated, 'config.json');
  const tokenizer = await readJson(needed('tokenizer.json'), signal);
  const optional = async (name: string): Promise<Readonly<Record<string, unknown>>> => {
    const source = find(name);
    return source === null ? {} : readJson(source, signal);
  };
  const tokenizerConfig = {
    ...(await optional('special_tokens_map.json')),
    ...(await optional('tokenizer_config.json')),
  };
  const generationConfig = await optional('generation_config.json');
  const template = find('chat_template.jinja');
  const templateText =
    template === null
      ? null
      : new TextDecoder().decode(await template.read(0, template.size, signal));

  const modelType = typeof config.model_type === 'string' ? config.model_type : '';
  const architecture = findArchitecture('safetensors', modelType, folderName);
  const storage = architecture.storage.safetensors;
  const stored = withPrefix(await readAllTensors(shards, signal), storage);
  const { raw, vocabularySize, isTied } = readHfConfig(
    config,
    modelType,
    'config.json',
    stored.size,
  );
  const tensors = withTies(stored, storage, isTied);
  const embedding = tensors.get(`${storage.names.model.embedding}.weight`);
  return {
    fileName: folderName,
    bytes: shards.reduce((sum, { size }) => sum + size, 0),
    architecture,
    storage,
    config: toModelConfig(architecture, raw, vocabularySize ?? embedding?.shape[0] ?? 0),
    tensors,
    tokenizer: {
      kind: 'json',
      fileName: folderName,
      tokenizer,
      config:
        templateText === null
          ? tokenizerConfig
          : { ...tokenizerConfig, chat_template: templateText },
      ids: readSpecialIds(config, stated, generationConfig),
    },
    weightSources: shards,
    close: async () => {
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}
