import { createStore, type StoreApi } from 'zustand/vanilla';
import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import { LatestWins } from '../lib/latest-wins.ts';
import type { Device } from '../model/memory-estimate.ts';
import type { PrecisionWish } from '../model/weight-form.ts';
import type { ModelRequest } from '../protocol/engine.ts';
import type {
  HubRequest,
  KeptModel,
  ModelLibrary,
  ModelLook,
  WantedModel,
} from '../protocol/library.ts';
import { type ModelOrigin, writeOrigin } from '../protocol/model-origin.ts';
import type { LibraryState, OfferedModel } from './library-state.ts';
import { type PickedFile, toModelFiles } from './model-files.ts';
import type { ModelChoice } from './model-loader.ts';
import type { Selection } from './selection.ts';

/** What the library's state needs of the place it lives in. */
export interface LibraryHost {
  readonly library: ModelLibrary;
  readonly embedded: ModelChoice;
  /** Loads a model in the place of the present one. */
  open(choice: ModelChoice, selection?: Selection): void;
  /** The model in use, or the one that is loading. */
  current(): ModelChoice;
  /** How quantised weights are to be held, and what will compute. */
  precision(): PrecisionWish;
  changePrecision(precision: PrecisionWish): void;
  device(): Device;
  /** Asks the browser not to throw kept models away by itself. */
  persist(): void;
}

/** What a person can do with models. */
export interface LibraryActions {
  refresh(): Promise<void>;
  listHub(request: HubRequest): void;
  openEmbedded(): void;
  openFiles(picked: readonly PickedFile[]): void;
  openUrl(url: string, token?: string): void;
  /** Fetches one of a hub's variants, and opens it. */
  openWanted(model: WantedModel): void;
  openKept(model: KeptModel): void;
  /** Goes on with a download that was stopped. */
  goOn(model: KeptModel): void;
  /** Holds compressed weights in another way; asks first when the present model may not fit so. */
  changePrecision(precision: PrecisionWish): void;
  /** Copies the dropped or picked model that is open into the browser's storage. */
  keepOpened(): void;
  remove(model: KeptModel): void;
  /** Opens a model although it may not fit. */
  openAnyway(): void;
  /** Stops what is going on; what has arrived stays. */
  cancel(): void;
  /** Does again what failed, with what has arrived. */
  tryAgain(): void;
  /** Opens the model that a link named: kept here, or after asking for it. */
  openOrigin(origin: ModelOrigin): void;
  /**
   * Opens a model that is kept here; false when it is not. One that was used here before is not asked about.
   */
  openIfKept(origin: ModelOrigin, wasUsed?: boolean): boolean;
  offer(offered: OfferedModel | null): void;
  /** Stops asking a hub. */
  cancelListing(): void;
}

export interface LibraryStore {
  readonly store: StoreApi<LibraryState>;
  readonly actions: LibraryActions;
  isBusy(): boolean;
  /** Resolves when nothing is being looked at, listed or fetched. */
  whenIdle(): Promise<void>;
}

/** Failures after which a download goes on with what has arrived. */
const MENDABLE = /^(source-(unreachable|busy)|storage-(full|busy))$/;
/** Errors of a file that another download would not mend by going on. */
const DAMAGED: ReadonlySet<string> = new Set(['file-not-gguf', 'file-truncated', 'file-malformed']);

const toUrlRequest = ({ name, files, token }: WantedModel): ModelRequest => ({
  fileName: name,
  sources: files.map((file) => ({
    kind: 'url',
    name: file.name,
    url: file.url,
    token,
    isOptional: file.isOptional,
  })),
});

/** How a kept model is opened. */
export function toKeptChoice({ id, name, origin, fileNames, sha256 }: KeptModel): ModelChoice {
  const sources = fileNames.map((each) => ({ kind: 'kept', name: each, modelId: id }) as const);
  return { origin, request: { fileName: name, sources }, sha256 };
}

/** The page's models: what is kept, what is on its way, and what a hub offers. */
export function createLibraryStore(host: LibraryHost): LibraryStore {
  const { library } = host;
  const store = createStore<LibraryState>(() => ({
    contents: null,
    listing: { status: 'idle' },
    opening: { status: 'idle' },
    offered: null,
  }));
  const set = store.setState;
  const get = store.getState;
  const listing = new LatestWins();
  const opening = new LatestWins();
  let again: (() => void) | null = null;
  let anyway: (() => void) | null = null;

  const refresh = async (): Promise<void> => {
    try {
      set({ contents: await library.list() });
    } catch {
      set({ contents: { models: [], usedBytes: 0, freeBytes: null, canKeep: false } });
    }
  };
  const findKept = (origin: ModelOrigin): KeptModel | undefined =>
    get().contents?.models.find(
      (each) => each.isComplete && writeOrigin(each.origin) === writeOrigin(origin),
    );
  const finish = (choice: ModelChoice): void => {
    const { offered } = get();
    set({ opening: { status: 'idle' }, offered: null });
    const isOffered =
      offered !== null && writeOrigin(offered.origin) === writeOrigin(choice.origin);
    host.open(choice, isOffered ? offered.selection : undefined);
  };
  /** Reads the header; resolves when the model may be loaded, now or after the person said so. */
  const look = async (
    name: string,
    request: ModelRequest,
    signal: AbortSignal,
    precision = host.precision(),
  ): Promise<ModelLook | null> => {
    set({ opening: { status: 'looking', name } });
    const seen = await library.look({ ...request, precision }, host.device());
    signal.throwIfAborted();
    if (seen === null || seen.fits) return seen;
    await new Promise<void>((resolve, reject) => {
      anyway = resolve;
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      set({ opening: { status: 'asking', name, look: seen } });
    });
    return seen;
  };
  /** Does the steps of opening a model; the latest wins, and a failure says what can be done. */
  const begin = (
    name: string,
    canGoOn: boolean,
    steps: (signal: AbortSignal) => Promise<ModelChoice | null>,
  ): void => {
    again = () => begin(name, canGoOn, steps);
    set({ opening: { status: 'looking', name } });
    void opening.start(async (signal) => {
      try {
        const choice = await steps(signal);
        if (signal.aborted) return;
        if (choice === null) set({ opening: { status: 'idle' } });
        else finish(choice);
      } catch (thrown) {
        const error = toHeadlightError(thrown);
        if (signal.aborted || error.code === 'cancelled') return;
        const canMend = canGoOn && MENDABLE.test(error.code);
        set({ opening: { status: 'failed', name, error, canGoOn: canMend } });
      } finally {
        await refresh();
      }
    });
  };

  const fetchModel = async (model: WantedModel, signal: AbortSignal): Promise<ModelChoice> => {
    const { name } = model;
    const seen = await look(name, toUrlRequest(model), signal);
    const contents = get().contents ?? (await library.list());
    // Where nothing can be kept the model is read from its server each time.
    if (!contents.canKeep)
      return { origin: model.origin, request: toUrlRequest(model), sha256: null };
    host.persist();
    set({ opening: { status: 'downloading', name, progress: null, look: seen } });
    const kept = await library.download(
      model,
      (progress) => {
        if (!signal.aborted)
          set({ opening: { status: 'downloading', name, progress, look: seen } });
      },
      signal,
    );
    const choice = toKeptChoice(kept);
    await library.look(choice.request, host.device()).catch(async (thrown: unknown) => {
      // What was fetched is no model: it would only take room.
      if (thrown instanceof HeadlightError && DAMAGED.has(thrown.code))
        await library.remove(kept.id);
      throw thrown;
    });
    return choice;
  };
  const openWanted = (model: WantedModel): void =>
    begin(model.name, true, (signal) => fetchModel(model, signal));
  const openKept = (model: KeptModel, wasUsed = false): void =>
    begin(model.name, false, async (signal) => {
      const choice = toKeptChoice(model);
      if (wasUsed) await library.look(choice.request, host.device());
      else await look(model.name, choice.request, signal);
      return choice;
    });

  const actions: LibraryActions = {
    refresh,
    listHub(request) {
      set({ listing: { status: 'asking', request } });
      void listing.start(async (signal) => {
        try {
          const found = await library.listHub(request);
          if (!signal.aborted) set({ listing: { status: 'ready', listing: found } });
        } catch (thrown) {
          const error = toHeadlightError(thrown);
          if (!signal.aborted) set({ listing: { status: 'failed', request, error } });
        }
      });
    },
    openEmbedded() {
      opening.cancel();
      finish(host.embedded);
    },
    openFiles(picked) {
      begin(picked[0]?.folder ?? picked[0]?.file.name ?? '', false, async (signal) => {
        const { name, files } = toModelFiles(picked);
        const choice: ModelChoice = {
          origin: { kind: 'files', name },
          request: {
            fileName: name,
            sources: files.map((file) => ({ kind: 'file', name: file.name, file })),
          },
        };
        await look(name, choice.request, signal);
        return choice;
      });
    },
    openUrl(url, token) {
      begin(url, true, async (signal) => fetchModel(await library.planUrl(url, token), signal));
    },
    openWanted,
    openKept: (model) => openKept(model),
    goOn(model) {
      begin(model.name, true, async (signal) =>
        fetchModel(await library.readWanted(model.id), signal),
      );
    },
    changePrecision(precision) {
      const { request } = host.current();
      begin(request.fileName, false, async (signal) => {
        await look(request.fileName, request, signal, precision);
        signal.throwIfAborted();
        host.changePrecision(precision);
        return null;
      });
    },
    keepOpened() {
      const { request } = host.current();
      const files = request.sources.flatMap((source) =>
        source.kind === 'file' ? [{ name: source.name, file: source.file }] : [],
      );
      if (files.length === 0) return;
      const name = request.fileName;
      begin(name, false, async (signal) => {
        host.persist();
        set({ opening: { status: 'downloading', name, progress: null, look: null } });
        await library.keep(
          name,
          files,
          (progress) => {
            if (!signal.aborted)
              set({ opening: { status: 'downloading', name, progress, look: null } });
          },
          signal,
        );
        return null;
      });
    },
    remove(model) {
      again = () => actions.remove(model);
      set({ opening: { status: 'idle' } });
      void library
        .remove(model.id)
        .catch((thrown: unknown) =>
          set({
            opening: {
              status: 'failed',
              name: model.name,
              error: toHeadlightError(thrown),
              canGoOn: false,
            },
          }),
        )
        .then(refresh);
    },
    openAnyway() {
      anyway?.();
      anyway = null;
    },
    cancel() {
      opening.cancel();
      set({ opening: { status: 'idle' } });
    },
    tryAgain: () => again?.(),
    openOrigin(origin) {
      begin(writeOrigin(origin), true, async (signal) => {
        await refresh();
        const kept = findKept(origin);
        if (kept !== undefined) return toKeptChoice(kept);
        const wanted = writeOrigin(origin);
        if (origin.kind === 'embedded') return host.embedded;
        if (origin.kind === 'url') return fetchModel(await library.planUrl(origin.url), signal);
        if (origin.kind === 'files') throw notHere(origin.name);
        const { variants } = await library.listHub(origin);
        const found = variants.find(({ model }) => writeOrigin(model.origin) === wanted);
        if (found === undefined) throw notHere(`${origin.repo}/${origin.path}`);
        return fetchModel(found.model, signal);
      });
    },
    openIfKept(origin, wasUsed = false) {
      const kept = findKept(origin);
      if (kept !== undefined) openKept(kept, wasUsed);
      return kept !== undefined;
    },
    cancelListing() {
      listing.cancel();
      set({ listing: { status: 'idle' } });
    },
    offer: (offered) => set({ offered }),
  };
  const isBusy = (): boolean => {
    const { status } = get().opening;
    return status === 'looking' || status === 'downloading' || listing.isBusy;
  };
  return {
    store,
    actions,
    isBusy,
    async whenIdle() {
      while (isBusy()) await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}

function notHere(name: string): HeadlightError {
  return new HeadlightError('source-unreachable', `${name} is not there.`, { name });
}
