import { keep, readKept } from '../lib/kept.ts';
import { type ModelOrigin, readOrigin, writeOrigin } from '../protocol/model-origin.ts';
import { createWorkerLibrary } from '../protocol/worker-library.ts';
import { createLibraryStore, type LibraryStore } from '../state/library-store.ts';
import type { HeadlightStore } from '../state/store.ts';
import { EMBEDDED } from './embedded-model.ts';

const LAST_MODEL = 'headlight.model';
const isText = (value: unknown): value is string => typeof value === 'string';

/** The page's library: a worker that is started when models are asked for. */
export function createPageLibrary({ store, actions, model }: HeadlightStore): LibraryStore {
  const library = createWorkerLibrary(
    () =>
      new Worker(new URL('../library/library.worker.ts', import.meta.url), {
        type: 'module',
        name: 'library',
      }),
  );
  store.subscribe(({ model: status, modelOrigin }, before) => {
    if (status.status === 'ready' && before.model.status !== 'ready')
      keep(LAST_MODEL, writeOrigin(modelOrigin));
  });
  return createLibraryStore({
    library,
    embedded: EMBEDDED,
    open: actions.openModel,
    current: model,
    precision: () => store.getState().precision,
    changePrecision: actions.setPrecision,
    device() {
      const { model: status } = store.getState();
      return status.status === 'ready' ? status.facts.device : 'wasm';
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
  const isThere = library.actions.openIfKept(wanted, linked === null);
  if (isThere) {
    // What cannot be opened, or is left, must not leave the page without a model.
    const stop = library.store.subscribe(({ opening }) => {
      if (opening.status !== 'idle' && opening.status !== 'failed') return;
      stop();
      if (headlight.store.getState().model.status === 'idle') openEmbedded();
    });
    return;
  }
  if (linked !== null) {
    library.actions.offer({ origin: linked, selection: headlight.store.getState().selection });
  }
  openEmbedded();
}
