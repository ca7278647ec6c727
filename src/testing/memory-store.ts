import { HeadlightError } from '../lib/headlight-error.ts';
import {
  type FileStore,
  replaceContents,
  storageFull,
  type WritableFile,
} from '../library/file-store.ts';

/** A store in memory, as a browser's: what is in it outlives those who use it. */
export interface MemoryStore extends FileStore {
  /** Bytes that all files together may have; null for as many as they like. */
  quota: number | null;
  /** What is in a file; null when there is none. */
  bytesOf(folder: string, name: string): Uint8Array<ArrayBuffer> | null;
  /** Puts a file there, whatever the quota. */
  put(folder: string, name: string, contents: Uint8Array | string): void;
  fileNames(folder: string): readonly string[];
  /** Files that are being written: "folder/name". */
  readonly locked: ReadonlySet<string>;
}

function busy(): HeadlightError {
  return new HeadlightError('storage-busy', 'Another tab of this page is writing this very file.');
}

/** Makes an empty store. */
export function createMemoryStore(quota: number | null = null): MemoryStore {
  const folders = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>();
  const locked = new Set<string>();
  const used = (): number =>
    [...folders.values()]
      .flatMap((files) => [...files.values()])
      .reduce((sum, { byteLength }) => sum + byteLength, 0);
  const get = (folder: string, name: string): Uint8Array<ArrayBuffer> | null =>
    folders.get(folder)?.get(name) ?? null;

  const store: MemoryStore = {
    quota,
    locked,
    bytesOf: get,
    put(folder, name, contents) {
      const bytes = typeof contents === 'string' ? new TextEncoder().encode(contents) : contents;
      const files = folders.get(folder) ?? new Map();
      folders.set(folder, files.set(name, new Uint8Array(bytes)));
    },
    fileNames: (folder) => [...(folders.get(folder)?.keys() ?? [])],
    folders: async () => [...folders.keys()],
    async readText(folder, name) {
      const bytes = get(folder, name);
      return bytes === null ? null : new TextDecoder().decode(bytes);
    },
    async writeText(folder, name, text) {
      const file = await store.openForWriting(folder, name);
      try {
        await replaceContents(file, new TextEncoder().encode(text));
      } finally {
        file.close();
      }
    },
    async openForWriting(folder, name) {
      const key = `${folder}/${name}`;
      if (locked.has(key)) throw busy();
      locked.add(key);
      if (get(folder, name) === null) store.put(folder, name, new Uint8Array(0));
      return toWritable(folder, name, () => locked.delete(key));
    },
    async openForReading(folder, name) {
      const bytes = get(folder, name);
      return bytes === null ? null : new Blob([bytes]);
    },
    async removeFile(folder, name) {
      if (locked.has(`${folder}/${name}`)) throw busy();
      folders.get(folder)?.delete(name);
    },
    async remove(folder) {
      if ([...locked].some((key) => key.startsWith(`${folder}/`))) throw busy();
      folders.delete(folder);
    },
    freeBytes: async () => (store.quota === null ? null : Math.max(0, store.quota - used())),
  };

  const toWritable = (folder: string, name: string, letGo: () => void): WritableFile => {
    let isOpen = true;
    const bytes = (): Uint8Array<ArrayBuffer> => {
      const now = isOpen ? get(folder, name) : null;
      if (now === null) throw new Error(`${folder}/${name} is closed or gone`);
      return now;
    };
    return {
      size: () => bytes().byteLength,
      read: async (offset, length) => bytes().slice(offset, offset + length),
      append(more) {
        const before = bytes();
        if (store.quota !== null && used() + more.byteLength > store.quota)
          throw storageFull(null, null);
        const after = new Uint8Array(before.byteLength + more.byteLength);
        after.set(before);
        after.set(more, before.byteLength);
        folders.get(folder)?.set(name, after);
      },
      truncate: (size) => void folders.get(folder)?.set(name, bytes().slice(0, size)),
      close() {
        if (isOpen) letGo();
        isOpen = false;
      },
    };
  };
  return store;
}
