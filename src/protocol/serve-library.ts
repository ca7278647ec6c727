import type { LibraryCallMap, ModelLibrary } from './library.ts';
import type { MessageEndpoint } from './messages.ts';
import { serveCalls } from './serve-calls.ts';

/** The library's side of the boundary. */
export function serveLibrary(library: ModelLibrary, endpoint: MessageEndpoint): void {
  serveCalls<LibraryCallMap>(
    {
      list: () => library.list(),
      listHub: ([request]) => library.listHub(request),
      planUrl: ([url, token]) => library.planUrl(url, token),
      look: (args) => library.look(...args),
      download: ([model], emit, signal) => library.download(model, emit, signal),
      keep: ([name, files], emit, signal) => library.keep(name, files, emit, signal),
      readWanted: ([id]) => library.readWanted(id),
      remove: ([id]) => library.remove(id).then(() => undefined),
    },
    endpoint,
  );
}
