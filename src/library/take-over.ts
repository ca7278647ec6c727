import type { FileStore } from './file-store.ts';
import type { ModelRecord, RecordedFile } from './model-record.ts';

/** What of an earlier download goes on in a new one. */
export interface TakenOver {
  readonly record: ModelRecord;
  /** Files whose bytes are of another version, or of nobody knows which: they must not be gone on with. */
  readonly stale: readonly string[];
}

const areOthers = (mine: unknown, theirs: unknown): boolean =>
  mine !== null && theirs !== null && mine !== theirs;

/** A file as it was recorded, with what is known better now; null when another one is wanted. */
function continueFile(
  wanted: RecordedFile,
  old: RecordedFile,
  bytesHere: number,
): RecordedFile | null {
  if (wanted.url !== old.url) return null;
  if (areOthers(wanted.bytes, old.done?.bytes ?? old.bytes)) return null;
  if (areOthers(wanted.sha256, old.done?.sha256 ?? old.sha256)) return null;
  // Storage that lost a file, or a part of it, is no reason to say that it is there.
  if (old.done !== null && old.done.bytes !== bytesHere) return null;
  const sha256 = wanted.sha256 ?? old.sha256;
  const { etag, seenBytes, done } = old;
  return {
    ...wanted,
    bytes: wanted.bytes ?? old.bytes,
    sha256,
    etag,
    seenBytes,
    done,
    isVerified: done !== null && sha256 === done.sha256,
  };
}

/** What an earlier download left: files of the same address whose size and hash have not changed. */
export async function takeOver(
  store: FileStore,
  id: string,
  wanted: ModelRecord,
  before: ModelRecord | null,
): Promise<TakenOver> {
  const stale: string[] = [];
  const files: RecordedFile[] = [];
  const byName = new Map(before?.files.map((file) => [file.name, file]));
  for (const file of wanted.files) {
    const here = (await store.openForReading(id, file.name))?.size ?? 0;
    const old = byName.get(file.name);
    byName.delete(file.name);
    const continued = old === undefined ? null : continueFile(file, old, here);
    files.push(continued ?? file);
    // Of a beginning without a record a hash will tell; without a hash nobody would.
    const isTold = old === undefined && file.sha256 !== null;
    if (continued === null && here > 0 && !isTold) stale.push(file.name);
  }
  return {
    record: { ...wanted, addedAt: before?.addedAt ?? wanted.addedAt, files },
    stale: [...stale, ...byName.keys()],
  };
}
