import { HeadlightError } from '../../lib/headlight-error.ts';
import { type StorageRules, toModelConfig } from '../architecture.ts';
import { findArchitecture } from '../architectures/index.ts';
import type { ByteSource } from '../byte-source.ts';
import type { ModelFile } from '../model-file.ts';
import type { FileTensor } from '../tensor-file.ts';
import { parseJsonObject, readHfConfig } from './read-config.ts';
import { readSafetensorsHeader } from './safetensors-header.ts';
import { readSpecialIds } from './special-ids.ts';

/** JSON files of a model; the largest real tokenizers are a fraction of this. */
const LARGEST_JSON = 200 << 20;
/** Models that see as well as read put their text part under this name. */
const TEXT_PREFIX = 'language_model.';

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

/** All tensors of one file or of the shards that an index names, each once. */
async function readAllTensors(
  shards: readonly ByteSource[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, FileTensor>> {
  const tensors = new Map<string, FileTensor>();
  for (const shard of shards) {
    for (const tensor of await readSafetensorsHeader(shard, signal)) {
      const name = tensor.name.startsWith(TEXT_PREFIX)
        ? tensor.name.slice(TEXT_PREFIX.length)
        : tensor.name;
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

/** Shards that an index names and that were not given. */
async function assertComplete(
  index: ByteSource,
  shards: readonly ByteSource[],
  signal?: AbortSignal,
): Promise<void> {
  const { weight_map: map } = await readJson(index, signal);
  const names = new Set(Object.values((map ?? {}) as Record<string, unknown>).map(String));
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
 * chat_template.jinja, and safetensors (one file, or shards with their index). Throws the typed errors of its readers; sources stay open until `close`.
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
    throw new HeadlightError('file-malformed', `${folderName} has no ${name}.`, {
      name: folderName,
      missing: name,
    });
  };
  const shards = sources.filter(({ name }) => name.endsWith('.safetensors'));
  if (shards.length === 0) needed('model.safetensors');
  const index = find('model.safetensors.index.json');
  if (index !== null && shards.length > 0) await assertComplete(index, shards, signal);
  const whole = await readJson(needed('config.json'), signal);
  const config =
    typeof whole.text_config === 'object' && whole.text_config !== null
      ? (whole.text_config as typeof whole)
      : whole;
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

  const modelType = String(config.model_type ?? '');
  const architecture = findArchitecture('safetensors', modelType, folderName);
  const tensors = withPrefix(
    await readAllTensors(shards, signal),
    architecture.storage.safetensors,
  );
  const raw = readHfConfig(config, 'config.json', tensors.size);
  const storage = architecture.storage.safetensors;
  const embedding = tensors.get(`${storage.names.model.embedding}.weight`);
  return {
    fileName: folderName,
    bytes: shards.reduce((sum, { size }) => sum + size, 0),
    architecture,
    storage,
    config: toModelConfig(architecture, raw, embedding?.shape[0] ?? 0),
    tensors,
    tokenizer: {
      kind: 'json',
      fileName: folderName,
      tokenizer,
      config:
        templateText === null
          ? tokenizerConfig
          : { ...tokenizerConfig, chat_template: templateText },
      ids: readSpecialIds(config, whole, generationConfig),
    },
    weightSources: shards,
    close: async () => {
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}
