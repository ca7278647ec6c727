import { HeadlightError } from '../lib/headlight-error.ts';
import type { DownloadProgress } from '../protocol/library.ts';
import { isAbsence } from './download-errors.ts';
import type { DownloadedFile, DownloadListener } from './download-file.ts';
import { DownloadTeller } from './download-teller.ts';
import { type FileStore, storageFull, type WritableFile } from './file-store.ts';
import type { ModelRecord, RecordedFile } from './model-record.ts';
import type { RecordStore } from './record-store.ts';

/** Brings one file, from a server or from the disk. */
export type FetchOne = (
  file: RecordedFile,
  into: WritableFile,
  listener: DownloadListener,
) => Promise<DownloadedFile>;

/** Where a model's files are kept. */
export interface ModelPlace {
  readonly store: FileStore;
  readonly records: RecordStore;
  readonly id: string;
}

/**
 * Writes a record down and fetches those of its files that are not there, one after another. What becomes
 * known of a file is written down before its bytes come, since a page may be closed at any time. Gives the
 * record as it is then. Rejects with the codes of `fetchOne` and `storage-*`.
 */
export async function fetchModel(
  place: ModelPlace,
  record: ModelRecord,
  fetchOne: FetchOne,
  onProgress: (progress: DownloadProgress) => void,
): Promise<ModelRecord> {
  const { store, records, id } = place;
  const done = new Map<string, number>();
  for (const { name } of record.files)
    done.set(name, (await store.openForReading(id, name))?.size ?? 0);
  await assertRoom(store, record, done);
  await records.write(id, record);
  const sizes = new Map(
    record.files.map((file) => [file.name, file.done?.bytes ?? file.bytes ?? file.seenBytes]),
  );
  const teller = new DownloadTeller(onProgress, sizes, done);
  let known = record;
  for (const file of record.files) {
    if (file.done !== null) continue;
    const finished = await fetchFile(place, known, file, fetchOne, teller);
    known = await records.change(id, known, file.name, finished);
  }
  return known;
}

/** The file with what is known of it now; null when it was optional and is not there. */
async function fetchFile(
  { store, records, id }: ModelPlace,
  record: ModelRecord,
  file: RecordedFile,
  fetchOne: FetchOne,
  teller: DownloadTeller,
): Promise<RecordedFile | null> {
  let learnt = file;
  const into = await store.openForWriting(id, file.name);
  let isAbsent = false;
  try {
    const { bytes, sha256, isVerified } = await fetchOne(file, into, {
      onBytes: (doneBytes, totalBytes) => teller.bytes(file.name, doneBytes, totalBytes),
      onCheck: () => teller.checks(file.name),
      onWait: (seconds, why) => teller.waits(seconds, why),
      onRestart: () => teller.restarts(file.name),
      async onLearnt({ bytes: size, etag }) {
        if (learnt.etag !== etag || learnt.seenBytes !== size) {
          learnt = { ...learnt, etag, seenBytes: size };
          await records.change(id, record, file.name, learnt);
        }
        const free = await store.freeBytes();
        const needed = (size ?? 0) - into.size();
        if (free !== null && needed > free) throw storageFull(needed, free);
      },
    });
    teller.bytes(file.name, bytes, bytes);
    return { ...learnt, done: { bytes, sha256 }, isVerified };
  } catch (thrown) {
    isAbsent = file.isOptional === true && isAbsence(thrown);
    if (isAbsent) {
      teller.forget(file.name);
      return null;
    }
    // What arrived damaged is no beginning of what is wanted.
    if (thrown instanceof HeadlightError && thrown.code === 'source-changed') {
      into.truncate(0);
      await forget(records, id, record, learnt);
    }
    throw thrown;
  } finally {
    into.close();
    if (isAbsent) await store.removeFile(id, file.name);
  }
}

/** What was said of a version that is no longer here must not be held against the next. */
async function forget(
  records: RecordStore,
  id: string,
  record: ModelRecord,
  file: RecordedFile,
): Promise<void> {
  try {
    await records.change(id, record, file.name, { ...file, etag: null, seenBytes: null });
  } catch (thrown) {
    // The download's own failure is the one to be told. With no bytes here, nothing is compared.
    if (!(thrown instanceof HeadlightError)) throw thrown;
  }
}

/** Refuses what is known not to fit before anything of it is fetched. */
async function assertRoom(
  store: FileStore,
  record: ModelRecord,
  here: ReadonlyMap<string, number>,
): Promise<void> {
  const free = await store.freeBytes();
  if (free === null) return;
  const needed = record.files.reduce(
    (sum, { name, bytes }) => sum + Math.max(0, (bytes ?? 0) - (here.get(name) ?? 0)),
    0,
  );
  if (needed > free) throw storageFull(needed, free);
}
