import {
  type FileStore,
  replaceContents,
  storageFull,
  toStorageError,
  type WritableFile,
} from './file-store.ts';

/** The folder of the origin private file system that holds all models. */
const ROOT = 'models';

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw toStorageError(thrown);
  }
}

function guardedNow<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw toStorageError(thrown);
  }
}

const isNotFound = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.name === 'NotFoundError';

/** What is not there needs no removing. */
function removing(work: () => Promise<void>): Promise<void> {
  return guarded(() =>
    work().catch((thrown: unknown) => {
      if (!isNotFound(thrown)) throw thrown;
    }),
  );
}

function toWritable(handle: FileSystemSyncAccessHandle): WritableFile {
  return {
    size: () => guardedNow(() => handle.getSize()),
    read: (offset, length) =>
      guarded(async () => {
        const bytes = new Uint8Array(length);
        handle.read(bytes, { at: offset });
        return bytes;
      }),
    append: (bytes) =>
      guardedNow(() => {
        const at = handle.getSize();
        const written = handle.write(bytes as Uint8Array<ArrayBuffer>, { at });
        if (written < bytes.byteLength) {
          // A part of a piece would be taken for the whole of it later.
          handle.truncate(at);
          throw storageFull(null, null);
        }
      }),
    truncate: (size) => guardedNow(() => handle.truncate(size)),
    close: () =>
      guardedNow(() => {
        try {
          handle.flush();
        } finally {
          handle.close();
        }
      }),
  };
}

/**
 * The browser's own storage (OPFS). Files are written in place by synchronous handles, which only workers
 * have, so that what has arrived stays when the page is closed. Null where the browser gives none.
 */
export async function openOpfsStore(): Promise<FileStore | null> {
  const root = await navigator.storage
    ?.getDirectory?.()
    .then((directory) => directory.getDirectoryHandle(ROOT, { create: true }))
    .catch(() => null);
  if (!root || !('createSyncAccessHandle' in FileSystemFileHandle.prototype)) return null;

  const fileOf = async (folder: string, name: string): Promise<FileSystemFileHandle | null> => {
    try {
      return await (await root.getDirectoryHandle(folder)).getFileHandle(name);
    } catch (thrown) {
      if (isNotFound(thrown)) return null;
      throw thrown;
    }
  };
  const openForWriting = (folder: string, name: string): Promise<WritableFile> =>
    guarded(async () => {
      const directory = await root.getDirectoryHandle(folder, { create: true });
      const file = await directory.getFileHandle(name, { create: true });
      return toWritable(await file.createSyncAccessHandle());
    });
  return {
    folders: () =>
      guarded(async () => {
        const names: string[] = [];
        for await (const [name, handle] of root.entries())
          if (handle.kind === 'directory') names.push(name);
        return names;
      }),
    readText: (folder, name) =>
      guarded(async () => (await (await fileOf(folder, name))?.getFile())?.text() ?? null),
    async writeText(folder, name, text) {
      const file = await openForWriting(folder, name);
      try {
        await replaceContents(file, new TextEncoder().encode(text));
      } finally {
        file.close();
      }
    },
    openForWriting,
    openForReading: (folder, name) =>
      guarded(async () => (await (await fileOf(folder, name))?.getFile()) ?? null),
    removeFile: (folder, name) =>
      removing(async () => (await root.getDirectoryHandle(folder)).removeEntry(name)),
    remove: (folder) => removing(() => root.removeEntry(folder, { recursive: true })),
    async freeBytes() {
      const { quota, usage } = await navigator.storage.estimate();
      return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
    },
  };
}
