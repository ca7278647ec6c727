import { isWeights } from '../model/file-names.ts';
import type { KeptModel } from '../protocol/library.ts';
import { readOrigin } from '../protocol/model-origin.ts';
import type { FileStore } from './file-store.ts';
import type { ModelRecord } from './model-record.ts';

/** What is kept of a model, by its record and the files that are there. */
export async function toKeptModel(
  store: FileStore,
  id: string,
  record: ModelRecord,
): Promise<KeptModel> {
  const here = await Promise.all(
    record.files.map(async ({ name }) => (await store.openForReading(id, name))?.size ?? 0),
  );
  // A record alone does not make a file: the storage may have lost it since.
  const isComplete =
    record.files.length > 0 && record.files.every(({ done }, i) => done?.bytes === here[i]);
  const weights = record.files.filter(({ name }) => isWeights(name));
  const sizes = record.files.map((file) => file.done?.bytes ?? file.bytes ?? file.seenBytes);
  const isKnown = sizes.every((size, i) => size !== null || record.files[i].isOptional);
  return {
    id,
    name: record.name,
    origin: readOrigin(record.origin) ?? { kind: 'files', name: record.name },
    doneBytes: here.reduce((sum, bytes) => sum + bytes, 0),
    bytes: isKnown ? sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0) : null,
    isComplete,
    fileNames: record.files.map(({ name }) => name),
    sha256: isComplete && weights.length === 1 ? (weights[0].done?.sha256 ?? null) : null,
    isVerified: isComplete && weights.length > 0 && weights.every(({ isVerified }) => isVerified),
    addedAt: record.addedAt,
  };
}

/** A folder whose record cannot be read: it takes up room, and can only be removed. */
export function toUnreadableModel(id: string): KeptModel {
  return {
    id,
    name: id,
    origin: { kind: 'files', name: id },
    doneBytes: 0,
    bytes: null,
    isComplete: false,
    fileNames: [],
    sha256: null,
    isVerified: false,
    addedAt: 0,
  };
}
