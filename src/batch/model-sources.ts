import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ByteSource } from '../model/byte-source.ts';
import { isFolderFile, listParts } from '../model/file-names.ts';
import type { ModelFile } from '../model/model-file.ts';
import { openModel } from '../model/open-model.ts';
import type { ModelRequest } from '../protocol/engine.ts';
import { openFileSource } from './file-source.ts';

async function listPaths(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) {
    const names = (await readdir(path)).filter(isFolderFile);
    return names.length > 0 ? names.map((name) => join(path, name)) : [join(path, 'config.json')];
  }
  return found === null
    ? [path]
    : listParts(basename(path)).map((name) => join(dirname(path), name));
}

/** Opens the files that a path of the command line means: a .gguf, one part of a split one, or a folder. */
export async function openModelSources(path: string): Promise<readonly ByteSource[]> {
  const sources: ByteSource[] = [];
  try {
    for (const each of await listPaths(path)) sources.push(await openFileSource(each));
    return sources;
  } catch (error) {
    await Promise.all(sources.map((source) => source.close()));
    throw error;
  }
}

/** Opens the model that a path of the command line means. Throws the typed errors of the readers. */
export async function openModelPath(path: string): Promise<ModelFile> {
  return openModel(basename(path), await openModelSources(path));
}

/** The request for a model on this machine's disk, and how a host without a browser opens it. */
export function toPathRequest(path: string): ModelRequest {
  return {
    fileName: basename(path),
    sources: [{ kind: 'url', name: basename(path), url: path }],
  };
}

/** Opens what `toPathRequest` named. */
export async function openPathRequest({
  fileName,
  sources: [first],
}: ModelRequest): Promise<readonly ByteSource[]> {
  if (first?.kind !== 'url') throw new Error(`${fileName} is not named by a path`);
  return openModelSources(first.url);
}
