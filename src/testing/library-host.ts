import type { FileStore } from '../library/file-store.ts';
import type { LibraryHost } from '../library/local-library.ts';

/** Where a library runs in tests: the network is there, but nobody waits. */
export interface TestHost extends LibraryHost {
  /** What was waited for, milliseconds. */
  readonly waits: readonly number[];
}

/** Makes a host on a store; null where the browser gives none. */
export function createTestHost(store: FileStore | null = null): TestHost {
  const waits: number[] = [];
  let time = 1_700_000_000_000;
  return {
    waits,
    fetch: (url, init) => fetch(url, init),
    async wait(milliseconds, signal) {
      signal?.throwIfAborted();
      waits.push(milliseconds);
    },
    openStore: async () => store,
    now: () => time++,
    memoryBytes: null,
  };
}

/** Bytes that are not the same everywhere, so that a piece in a wrong place shows. */
export function createBytes(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[i] = state >>> 16;
  }
  return bytes;
}
