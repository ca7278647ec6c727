import type { KeptModel } from '../protocol/library.ts';
import { readOrigin } from '../protocol/model-origin.ts';
import type { FileStore } from './file-store.ts';
import type { ModelRecord } from './model-record.ts';

/** Files whose hash is the model's. */
const WEIGHTS = /\.(gguf|safetensors)$/i;

/** What is kept of a model, by its record and the files that are there. */
export async function toKeptModel(
  store: FileStore,
  id: string,
  record: ModelRecord,
): Promise<KeptModel> {
  let doneBytes = 0;
  for (const { name } of record.files)
    doneBytes += (await store.openForReading(id, name))?.size ?? 0;
  const isComplete = record.files.every((file) => file.done !== null);
  const weights = record.files.filter(({ name }) => WEIGHTS.test(name));
  const sizes = record.files.map((file) => file.done?.bytes ?? file.bytes);
  const isKnown = sizes.every((size, i) => size !== null || record.files[i].isOptional);
  return {
    id,
    name: record.name,
    origin: readOrigin(record.origin) ?? { kind: 'files', name: record.name },
    doneBytes,
    bytes: isKnown ? sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0) : null,
    isComplete,
    fileNames: record.files.map(({ name }) => name),
    sha256: isComplete && weights.length === 1 ? (weights[0].done?.sha256 ?? null) : null,
    isVerified: isComplete && weights.every(({ isVerified }) => isVerified),
    addedAt: record.addedAt,
  };
}
