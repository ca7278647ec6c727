import { nextTask } from '../lib/next-task.ts';
import { openSources } from '../library/open-sources.ts';
import { openOpfsStore } from '../library/opfs-store.ts';
import { serveEngine } from '../protocol/serve-engine.ts';
import { calibrateThreads } from './calibrate-threads.ts';
import { InProcessEngine } from './in-process-engine.ts';
import { type DeviceWish, startWebRuntime } from './web-runtime.ts';

/** The page names the worker with what it wants: `{"device": "wasm", "threads": "2"}`, null for automatic. */
const wish = JSON.parse(self.name || '{}') as {
  device?: DeviceWish | null;
  threads?: string | null;
};
const device = wish.device ?? 'auto';

/** As many threads as were asked for, or as the machine gives at this moment; 1 without isolation. */
async function getThreads(): Promise<number> {
  if (!globalThis.crossOriginIsolated) return 1;
  if (wish.threads) return Math.max(1, Math.min(8, Number(wish.threads) || 1));
  return calibrateThreads(
    navigator.hardwareConcurrency,
    () => new Worker(new URL('./spin.worker.ts', import.meta.url), { type: 'module' }),
  );
}

/** The browser's rounded word, in GiB and 8 at the most (newer ones 32); not all have it. */
const { deviceMemory } = navigator as Navigator & { readonly deviceMemory?: number };

serveEngine(
  new InProcessEngine({
    startRuntime: async () => startWebRuntime(device, await getThreads()),
    openSources: ({ sources }, signal) => openSources(sources, openOpfsStore, signal),
    pause: nextTask,
    memoryBytes: deviceMemory === undefined ? null : deviceMemory * 2 ** 30,
  }),
  self as DedicatedWorkerGlobalScope,
);
