import { keep, readKept } from '../lib/kept.ts';
import { type ModelOrigin, readOrigin, writeOrigin } from '../protocol/model-origin.ts';
import { createWorkerLibrary } from '../protocol/worker-library.ts';
import { createLibraryStore, type LibraryStore } from '../state/library-store.ts';
import type { HeadlightStore } from '../state/store.ts';
import { EMBEDDED } from './embedded-model.ts';

const LAST_MODEL = 'headlight.model';
const isText = (value: unknown): value is string => typeof value === 'string';

/** The page's library: a worker that is started when models are asked for. */
export function createPageLibrary({ store, actions }: HeadlightStore): LibraryStore {
  const library = createWorkerLibrary(
    () =>
      new Worker(new URL('../library/library.worker.ts', import.meta.url), {
        type: 'module',
        name: 'library',
      }),
  );
  store.subscribe(({ model, modelOrigin }, before) => {
    if (model.status === 'ready' && before.model.status !== 'ready')
      keep(LAST_MODEL, writeOrigin(modelOrigin));
  });
  return createLibraryStore({
    library,
    embedded: EMBEDDED,
    open: actions.openModel,
    precision: () => store.getState().precision,
    device() {
      const { model } = store.getState();
      return model.status === 'ready' ? model.facts.device : 'wasm';
    },
    persist() {
      navigator.storage?.persist?.().catch(() => {
        console.warn('headlight: the browser may throw kept models away when it needs room');
      });
    },
  });
}

/**
 * Loads the page's first model: the one that the link names, else the last one that was used here, when
 * it is kept; otherwise the embedded one. A link's model that is not here is offered, never fetched unasked.
 */
export async function openFirstModel(
  headlight: HeadlightStore,
  library: LibraryStore,
  linked: ModelOrigin | null,
  showOpening: () => void,
): Promise<void> {
  const openEmbedded = (): void => {
    showOpening();
    headlight.actions.loadModel();
  };
  const last = readOrigin(readKept(LAST_MODEL, isText, 'embedded'));
  const wanted = linked ?? last;
  if (wanted === null || wanted.kind === 'embedded') {
    openEmbedded();
    return;
  }
  await library.actions.refresh();
  const isThere = library.actions.openIfKept(wanted);
  if (isThere) return;
  if (linked !== null) library.actions.offer(linked);
  openEmbedded();
}
