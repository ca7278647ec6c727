import type { ByteSource } from './byte-source.ts';
import { openGguf } from './gguf/open-gguf.ts';
import { openHf } from './hf/open-hf.ts';
import type { ModelFile } from './model-file.ts';

/**
 * Opens a model from its files: a folder with config.json or safetensors is one of Hugging Face
 * transformers, anything else must be GGUF. Throws the typed errors of the readers; on failure all sources are closed.
 */
export async function openModel(
  folderName: string,
  sources: readonly ByteSource[],
  signal?: AbortSignal,
): Promise<ModelFile> {
  try {
    return sources.some(({ name }) => name === 'config.json' || name.endsWith('.safetensors'))
      ? await openHf(folderName, sources, signal)
      : await openGguf(sources, signal);
  } catch (error) {
    await Promise.all(sources.map((source) => source.close()));
    throw error;
  }
}
