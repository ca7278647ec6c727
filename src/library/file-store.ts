import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';

/** A kept file that is being written. One writer at a time. */
export interface WritableFile {
  /** Bytes that are there. */
  size(): number;
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Writes at the end. Throws `storage-full` when the browser gives no more room. */
  append(bytes: Uint8Array): void;
  truncate(size: number): void;
  close(): void;
}

/** Room for models: folders of files, by name. Implemented by the browser's storage and in memory. */
export interface FileStore {
  folders(): Promise<readonly string[]>;
  /** Null when there is no such file. */
  readText(folder: string, name: string): Promise<string | null>;
  /** What was there stays when it fails. */
  writeText(folder: string, name: string, text: string): Promise<void>;
  /** Makes the file when there is none. Rejects with `storage-busy` when another tab writes it. */
  openForWriting(folder: string, name: string): Promise<WritableFile>;
  /** Null when there is no such file. */
  openForReading(folder: string, name: string): Promise<Blob | null>;
  /** Does nothing when there is no such file. Rejects with `storage-busy` when it is being written. */
  removeFile(folder: string, name: string): Promise<void>;
  /** Does nothing when there is no such folder. Rejects with `storage-busy` as `removeFile` does. */
  remove(folder: string): Promise<void>;
  /** Bytes that may still be written; null where the browser does not say. */
  freeBytes(): Promise<number | null>;
}

/** Writes a file anew; what was there stays when there is no room for what is new. */
export async function replaceContents(file: WritableFile, bytes: Uint8Array): Promise<void> {
  const before = await file.read(0, file.size());
  file.truncate(0);
  try {
    file.append(bytes);
  } catch (thrown) {
    file.truncate(0);
    file.append(before);
    throw thrown;
  }
}

/** What a browser's storage throws as one of our errors. */
export function toStorageError(thrown: unknown): HeadlightError {
  const name = thrown instanceof Error ? thrown.name : '';
  const known = toHeadlightError(thrown);
  if (known.code !== 'unexpected') return known;
  if (name === 'QuotaExceededError') return storageFull(null, null);
  if (name === 'NoModificationAllowedError') {
    return new HeadlightError(
      'storage-busy',
      'Another tab of this page is writing this very file.',
      {},
      thrown,
    );
  }
  return new HeadlightError(
    'storage-unavailable',
    `The browser’s storage refused: ${known.message}`,
    {},
    thrown,
  );
}

/** The browser gives no room for so much. */
export function storageFull(neededBytes: number | null, freeBytes: number | null): HeadlightError {
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
  const message =
    neededBytes === null || freeBytes === null
      ? 'The browser gives this page no more room on the disk.'
      : `${megabytes(neededBytes)} are needed, but the browser gives this page only ${megabytes(freeBytes)} more on the disk.`;
  return new HeadlightError('storage-full', message, { neededBytes, freeBytes });
}
