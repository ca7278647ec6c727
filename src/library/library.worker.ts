import { serveLibrary } from '../protocol/serve-library.ts';
import { LocalLibrary } from './local-library.ts';
import { openOpfsStore } from './opfs-store.ts';
import { wait } from './wait.ts';

/** The browser's rounded word, in GiB and 8 at the most (newer ones 32); not all have it. */
const { deviceMemory } = navigator as Navigator & { readonly deviceMemory?: number };

serveLibrary(
  new LocalLibrary({
    fetch: (url, init) => fetch(url, init),
    wait,
    openStore: openOpfsStore,
    now: () => Date.now(),
    memoryBytes: deviceMemory === undefined ? null : deviceMemory * 2 ** 30,
  }),
  self as DedicatedWorkerGlobalScope,
);
