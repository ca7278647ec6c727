import { type CallableWorker, createWorkerCalls, type WorkerCalls } from './call-worker.ts';
import type { LibraryCallMap, ModelLibrary } from './library.ts';

/** The page's side of the library's worker, which is started at the first call and again after a death. */
export function createWorkerLibrary(createWorker: () => CallableWorker): ModelLibrary {
  let calls: WorkerCalls<LibraryCallMap> | null = null;
  const call: WorkerCalls<LibraryCallMap>['call'] = (...args) => {
    calls ??= createWorkerCalls<LibraryCallMap>(createWorker(), () => {
      calls = null;
    });
    return calls.call(...args);
  };
  return {
    list: () => call('list', []),
    listHub: (request) => call('listHub', [request]),
    planUrl: (url, token) => call('planUrl', [url, token]),
    look: (...args) => call('look', args),
    download: (model, onProgress, signal) => call('download', [model], onProgress, signal),
    keep: (name, files, onProgress, signal) => call('keep', [name, files], onProgress, signal),
    readWanted: (id) => call('readWanted', [id]),
    remove: (id) => call('remove', [id]),
  };
}
