import { describe, expect, it, vi } from 'vitest';
import { HeadlightError } from '../lib/headlight-error.ts';
import type {
  DownloadProgress,
  HubListing,
  KeptModel,
  ModelLibrary,
  ModelLook,
  WantedModel,
} from '../protocol/library.ts';
import { DEFAULT_HUB, type ModelOrigin } from '../protocol/model-origin.ts';
import { createLibraryStore } from './library-store.ts';
import type { ModelChoice } from './model-loader.ts';

const EMBEDDED: ModelChoice = {
  origin: { kind: 'embedded' },
  request: { fileName: 'embedded.gguf', sources: [] },
};
const HUB: ModelOrigin = {
  kind: 'hub',
  hubUrl: DEFAULT_HUB,
  repo: 'owner/name',
  revision: 'main',
  path: 'tiny.Q4_0.gguf',
};
const WANTED: WantedModel = {
  origin: HUB,
  name: 'tiny',
  files: [{ name: 'tiny.Q4_0.gguf', url: 'https://hub/tiny.Q4_0.gguf', bytes: 100, sha256: null }],
};
const KEPT: KeptModel = {
  id: 'id',
  name: 'tiny',
  origin: HUB,
  doneBytes: 100,
  bytes: 100,
  isComplete: true,
  fileNames: ['tiny.Q4_0.gguf'],
  sha256: 'b'.repeat(64),
  isVerified: true,
  addedAt: 1,
};
const PROGRESS: DownloadProgress = {
  stage: 'downloading',
  fileName: 'tiny.Q4_0.gguf',
  doneBytes: 50,
  totalBytes: 100,
  bytesPerSecond: null,
  secondsLeft: null,
  hasRestarted: false,
};
const gone = () => new HeadlightError('source-unreachable', 'the line dropped');

/** A library whose answers a test gives; all calls are written down. */
function createScene(answers: Partial<ModelLibrary> = {}, models: KeptModel[] = []) {
  const kept = [...models];
  const opened: ModelChoice[] = [];
  const selections: unknown[] = [];
  const precisions: string[] = [];
  const library: ModelLibrary = {
    list: vi.fn(async () => ({
      models: [...kept],
      usedBytes: 0,
      freeBytes: null,
      canKeep: true,
    })),
    listHub: vi.fn(async (request) => ({
      request,
      variants: [{ model: WANTED, label: 'Q4_0', bytes: 100, isReadable: true }],
    })),
    planUrl: vi.fn(async (url: string) => ({ ...WANTED, origin: { kind: 'url', url } as const })),
    look: vi.fn(async () => null),
    download: vi.fn(async (model, onProgress) => {
      onProgress(PROGRESS);
      kept.push({ ...KEPT, origin: model.origin });
      return { ...KEPT, origin: model.origin };
    }),
    keep: vi.fn(async () => KEPT),
    readWanted: vi.fn(async () => WANTED),
    remove: vi.fn(async (id) => {
      kept.splice(
        kept.findIndex((each) => each.id === id),
        1,
      );
    }),
    ...answers,
  };
  const scene = createLibraryStore({
    library,
    embedded: EMBEDDED,
    open: (choice, selection) => {
      opened.push(choice);
      selections.push(selection);
    },
    current: () => opened.at(-1) ?? EMBEDDED,
    precision: () => 'auto',
    changePrecision: (precision) => void precisions.push(precision),
    device: () => 'wasm',
    persist: () => undefined,
  });
  return { ...scene, library, opened, selections, precisions, state: () => scene.store.getState() };
}

describe('a model of a hub', () => {
  it('is listed, fetched with progress, and opened from the storage', async () => {
    const scene = createScene();
    const request = { hubUrl: DEFAULT_HUB, repo: 'owner/name', revision: 'main' };
    scene.actions.listHub(request);
    await scene.whenIdle();
    const listing = scene.state().listing;
    expect(listing).toMatchObject({ status: 'ready' });
    const seen: unknown[] = [];
    scene.store.subscribe(({ opening }) => seen.push(opening));
    scene.actions.openWanted((listing as { listing: HubListing }).listing.variants[0].model);
    await scene.whenIdle();
    expect(seen).toContainEqual({
      status: 'downloading',
      name: 'tiny',
      progress: PROGRESS,
      look: null,
    });
    expect(scene.opened).toEqual([
      {
        origin: HUB,
        request: {
          fileName: 'tiny',
          sources: [{ kind: 'kept', name: 'tiny.Q4_0.gguf', modelId: 'id' }],
        },
        sha256: KEPT.sha256,
      },
    ]);
    expect(scene.state().opening).toEqual({ status: 'idle' });
    expect(scene.state().contents?.models).toHaveLength(1);
  });

  it('whose header is refused is not fetched', async () => {
    const unknown = new HeadlightError('architecture-unknown', 'kind "rwkv"');
    const scene = createScene({ look: async () => Promise.reject(unknown) });
    scene.actions.openWanted(WANTED);
    await scene.whenIdle();
    expect(scene.state().opening).toMatchObject({ status: 'failed', error: unknown });
    expect(scene.library.download).not.toHaveBeenCalled();
    expect(scene.opened).toEqual([]);
  });

  it('whose download fails can be gone on with', async () => {
    let attempts = 0;
    const scene = createScene({
      download: async (_, onProgress) => {
        onProgress(PROGRESS);
        if (attempts++ === 0) throw gone();
        return KEPT;
      },
    });
    scene.actions.openWanted(WANTED);
    await scene.whenIdle();
    expect(scene.state().opening).toMatchObject({ status: 'failed', canGoOn: true });
    scene.actions.tryAgain();
    await scene.whenIdle();
    expect(scene.opened).toHaveLength(1);
  });

  it('that arrives as something else is deleted again', async () => {
    const scene = createScene({
      look: async ({ sources }) => {
        if (sources[0].kind === 'kept') throw new HeadlightError('file-not-gguf', 'no GGUF');
        return null;
      },
    });
    scene.actions.openWanted(WANTED);
    await scene.whenIdle();
    expect(scene.library.remove).toHaveBeenCalledWith('id');
    expect(scene.state().opening).toMatchObject({ error: { code: 'file-not-gguf' } });
    expect(scene.state().contents?.models).toEqual([]);
  });

  it('that is stopped leaves nothing on the page, and what comes later is dropped', async () => {
    let finish: (model: KeptModel) => void = () => undefined;
    const scene = createScene({
      download: (_, onProgress) => {
        onProgress(PROGRESS);
        return new Promise((resolve) => {
          finish = resolve;
        });
      },
    });
    scene.actions.openWanted(WANTED);
    await vi.waitFor(() => expect(scene.state().opening.status).toBe('downloading'));
    scene.actions.cancel();
    finish(KEPT);
    await scene.whenIdle();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(scene.state().opening).toEqual({ status: 'idle' });
    expect(scene.opened).toEqual([]);
  });

  it('is read from its server where nothing can be kept', async () => {
    const scene = createScene({
      list: async () => ({ models: [], usedBytes: 0, freeBytes: null, canKeep: false }),
    });
    scene.actions.openWanted(WANTED);
    await scene.whenIdle();
    expect(scene.library.download).not.toHaveBeenCalled();
    expect(scene.opened[0].request.sources[0]).toMatchObject({ kind: 'url' });
  });

  it('whose hub never answers is no longer waited for when the person stops it', async () => {
    const scene = createScene({ listHub: () => new Promise(() => undefined) });
    scene.actions.listHub({ hubUrl: DEFAULT_HUB, repo: 'a/b', revision: 'main' });
    expect(scene.isBusy()).toBe(true);
    scene.actions.cancelListing();
    expect(scene.isBusy()).toBe(false);
    expect(scene.state().listing).toEqual({ status: 'idle' });
  });

  it('that cannot be listed says why', async () => {
    const scene = createScene({ listHub: async () => Promise.reject(gone()) });
    scene.actions.listHub({ hubUrl: DEFAULT_HUB, repo: 'a/b', revision: 'main' });
    await scene.whenIdle();
    expect(scene.state().listing).toMatchObject({ status: 'failed', request: { repo: 'a/b' } });
  });
});

describe('a model that may not fit', () => {
  const large: ModelLook = {
    name: 'tiny',
    architecture: 'llama',
    layerCount: 80,
    headCount: 64,
    keyValueHeadCount: 8,
    parameterCount: 70e9,
    fileBytes: 40e9,
    precision: 'packed',
    estimatedBytes: 44e9,
    limitBytes: 4e9,
    fits: false,
  };

  it('is asked about before anything large is fetched, and opened when the person says so', async () => {
    const scene = createScene({ look: async () => large });
    scene.actions.openWanted(WANTED);
    await vi.waitFor(() => expect(scene.state().opening.status).toBe('asking'));
    expect(scene.library.download).not.toHaveBeenCalled();
    scene.actions.openAnyway();
    await vi.waitFor(() => expect(scene.opened).toHaveLength(1));
  });

  it('is asked about when its weights are to be held in a larger way, too', async () => {
    const scene = createScene({ look: vi.fn(async () => large) });
    scene.actions.changePrecision('dequantised');
    await vi.waitFor(() => expect(scene.state().opening.status).toBe('asking'));
    expect(scene.library.look).toHaveBeenCalledWith(
      { ...EMBEDDED.request, precision: 'dequantised' },
      'wasm',
    );
    expect(scene.precisions).toEqual([]);
    scene.actions.openAnyway();
    await vi.waitFor(() => expect(scene.precisions).toEqual(['dequantised']));
    expect(scene.opened).toEqual([]);
  });

  it('tells while it is fetched what it will take', async () => {
    const small = { ...large, fits: true };
    const scene = createScene({ look: async () => small });
    const seen: unknown[] = [];
    scene.store.subscribe(({ opening }) => seen.push(opening));
    scene.actions.openWanted(WANTED);
    await scene.whenIdle();
    expect(seen).toContainEqual(expect.objectContaining({ progress: PROGRESS, look: small }));
  });

  it('is left when the person says no', async () => {
    const scene = createScene({ look: async () => large });
    scene.actions.openWanted(WANTED);
    await vi.waitFor(() => expect(scene.state().opening.status).toBe('asking'));
    scene.actions.cancel();
    await scene.whenIdle();
    expect(scene.state().opening).toEqual({ status: 'idle' });
    expect(scene.opened).toEqual([]);
  });
});

describe('kept models', () => {
  it('are opened as they are, gone on with, and deleted', async () => {
    const partial = { ...KEPT, id: 'part', isComplete: false, doneBytes: 10 };
    const scene = createScene({}, [KEPT, partial]);
    await scene.actions.refresh();
    scene.actions.openKept(KEPT);
    await scene.whenIdle();
    expect(scene.opened).toHaveLength(1);
    scene.actions.goOn(partial);
    await scene.whenIdle();
    expect(scene.library.readWanted).toHaveBeenCalledWith('part');
    expect(scene.opened).toHaveLength(2);
    scene.actions.remove(KEPT);
    await vi.waitFor(() => expect(scene.library.remove).toHaveBeenCalledWith('id'));
  });

  it('that cannot be deleted are tried again, and nothing else is', async () => {
    const busy = new HeadlightError('storage-busy', 'another tab');
    const scene = createScene({ remove: vi.fn(async () => Promise.reject(busy)) }, [KEPT]);
    await scene.actions.refresh();
    scene.actions.remove(KEPT);
    await vi.waitFor(() => expect(scene.state().opening.status).toBe('failed'));
    scene.actions.tryAgain();
    await vi.waitFor(() => expect(scene.library.remove).toHaveBeenCalledTimes(2));
    expect(scene.opened).toEqual([]);
  });

  it('of a link are opened without a question; others are not', async () => {
    const scene = createScene({}, [KEPT]);
    await scene.actions.refresh();
    expect(scene.actions.openIfKept(HUB)).toBe(true);
    expect(scene.actions.openIfKept({ kind: 'url', url: 'https://x/y.gguf' })).toBe(false);
    await scene.whenIdle();
    expect(scene.opened).toHaveLength(1);
    expect(scene.library.download).not.toHaveBeenCalled();
  });

  it('are not there in a browser without storage, and the page says so', async () => {
    const scene = createScene({ list: async () => Promise.reject(new Error('no storage')) });
    await scene.actions.refresh();
    expect(scene.state().contents).toMatchObject({ models: [], canKeep: false });
  });
});

describe('an offered model', () => {
  it('of a hub is found there, fetched and opened', async () => {
    const scene = createScene();
    const selection = { layer: 35, head: 20, query: 3, key: 2 };
    scene.actions.offer({ origin: HUB, selection });
    scene.actions.openOrigin(HUB);
    await scene.whenIdle();
    expect(scene.opened).toHaveLength(1);
    expect(scene.state().offered).toBeNull();
    expect(scene.selections).toEqual([selection]);
  });

  it('that is no longer in its repository is said to be gone', async () => {
    const scene = createScene();
    scene.actions.openOrigin({ ...HUB, path: 'other.gguf' });
    await scene.whenIdle();
    expect(scene.state().opening).toMatchObject({
      status: 'failed',
      error: { message: 'owner/name/other.gguf is not there.' },
    });
  });
});

describe('files from disk', () => {
  const file = new File(['GGUF'], 'a.gguf');

  it('are opened at once, and copied into the browser when asked for', async () => {
    const scene = createScene();
    scene.actions.openFiles([{ file, folder: null }]);
    await scene.whenIdle();
    expect(scene.opened[0]).toMatchObject({
      origin: { kind: 'files', name: 'a.gguf' },
      request: { sources: [{ kind: 'file', name: 'a.gguf' }] },
    });
    scene.actions.keepOpened();
    await scene.whenIdle();
    expect(scene.library.keep).toHaveBeenCalledTimes(1);
    expect(scene.opened).toHaveLength(1);
  });

  it('are kept as the model in use, not as one that was looked at since', async () => {
    const scene = createScene();
    scene.actions.openFiles([{ file, folder: null }]);
    await scene.whenIdle();
    const broken = new HeadlightError('file-truncated', 'cut short');
    vi.mocked(scene.library.look).mockRejectedValueOnce(broken);
    scene.actions.openFiles([{ file: new File(['GGUF'], 'b.gguf'), folder: null }]);
    await scene.whenIdle();
    scene.actions.keepOpened();
    await scene.whenIdle();
    expect(vi.mocked(scene.library.keep).mock.calls[0][0]).toBe('a.gguf');
  });

  it('of several models are refused', async () => {
    const scene = createScene();
    const other = new File(['GGUF'], 'b.gguf');
    scene.actions.openFiles([
      { file, folder: null },
      { file: other, folder: null },
    ]);
    await scene.whenIdle();
    expect(scene.state().opening).toMatchObject({
      status: 'failed',
      error: { code: 'argument-invalid' },
    });
  });
});
