import { serveLibrary } from '../protocol/serve-library.ts';
import { LocalLibrary } from './local-library.ts';
import { openOpfsStore } from './opfs-store.ts';
import { wait } from './wait.ts';

serveLibrary(
  new LocalLibrary({
    fetch: (url, init) => fetch(url, init),
    wait,
    openStore: openOpfsStore,
    now: () => Date.now(),
  }),
  self as DedicatedWorkerGlobalScope,
);
