import { serveLibrary } from '../protocol/serve-library.ts';
import { LocalLibrary } from './local-library.ts';
import { openOpfsStore } from './opfs-store.ts';

function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

serveLibrary(
  new LocalLibrary({
    fetch: (url, init) => fetch(url, init),
    wait,
    openStore: openOpfsStore,
    now: () => Date.now(),
  }),
  self as DedicatedWorkerGlobalScope,
);
