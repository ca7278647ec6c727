import { toModelConfig } from '../architecture.ts';
import { findArchitecture } from '../architectures/index.ts';
import type { ByteSource } from '../byte-source.ts';
import type { ModelFile } from '../model-file.ts';
import {
  assertReadable,
  findTensor,
  readTensors,
  type TensorMap,
  valueCount,
} from '../tensor-file.ts';
import { type GgufHeader, readGgufHeader } from './header.ts';
import { type RotationFactors, readGgufConfig } from './read-config.ts';
import { readVocabulary } from './read-vocabulary.ts';
import { joinParts } from './split-files.ts';

/** Rotation factors have at most as many values as a head has pairs. */
const MOST_FACTORS = 4096;

async function readFactors(tensors: TensorMap, signal?: AbortSignal): Promise<RotationFactors> {
  const read = async (name: string): Promise<readonly number[] | null> => {
    const tensor = tensors.get(name);
    if (tensor === undefined) return null;
    if (valueCount(tensor.shape) > MOST_FACTORS) findTensor(tensors, name, [MOST_FACTORS]);
    assertReadable(tensor);
    const out = new Float32Array(valueCount(tensor.shape));
    await readTensors([{ tensor, out }], signal);
    return Array.from(out);
  };
  return {
    plain: await read('rope_freqs.weight'),
    short: await read('rope_factors_short.weight'),
    long: await read('rope_factors_long.weight'),
  };
}

/** The name of a model's kind as its header gives it. */
function architectureOf(header: GgufHeader): string {
  const name = header.metadata.get('general.architecture');
  return typeof name === 'string' ? name.slice(0, 80) : '';
}

/**
 * Opens a GGUF model of one file or of several parts (in any order). Throws the typed errors of its
 * readers; sources stay open until `close`.
 */
export async function openGguf(
  sources: readonly ByteSource[],
  signal?: AbortSignal,
): Promise<ModelFile> {
  const headers: GgufHeader[] = [];
  for (const source of sources) headers.push(await readGgufHeader(source, signal));
  const { header, tensors, fileName } = joinParts(sources, headers);
  const id = architectureOf(header);
  const architecture = findArchitecture('gguf', id, fileName);
  const raw = readGgufConfig(
    { ...header, tensors },
    id,
    fileName,
    await readFactors(tensors, signal),
  );
  const storage = architecture.storage.gguf;
  const embedding = tensors.get(`${storage.names.model.embedding}.weight`);
  return {
    fileName,
    bytes: sources.reduce((sum, { size }) => sum + size, 0),
    architecture,
    storage,
    config: toModelConfig(architecture, raw, embedding?.shape[0] ?? 0),
    tensors,
    tokenizer: { kind: 'gguf', vocabulary: readVocabulary({ ...header, tensors }, fileName) },
    weightSources: sources,
    close: async () => {
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}
