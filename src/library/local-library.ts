import { HeadlightError } from '../lib/headlight-error.ts';
import { createHash } from '../model/hash-source.ts';
import type { Device } from '../model/memory-estimate.ts';
import type { ModelRequest } from '../protocol/engine.ts';
import type {
  DownloadProgress,
  HubListing,
  HubRequest,
  KeptModel,
  LibraryContents,
  ModelLibrary,
  ModelLook,
  WantedModel,
} from '../protocol/library.ts';
import {
  isWebAddress,
  type ModelOrigin,
  readOrigin,
  writeOrigin,
} from '../protocol/model-origin.ts';
import { copyFile } from './copy-file.ts';
import { absentError, isHiddenAbsence } from './download-errors.ts';
import { type DownloadHost, downloadFile } from './download-file.ts';
import { type FetchOne, fetchModel, type ModelPlace } from './fetch-model.ts';
import type { FileStore } from './file-store.ts';
import { listHub } from './hub-files.ts';
import { toKeptModel, toUnreadableModel } from './kept-model.ts';
import { lookAtModel } from './look-at-model.ts';
import { createRecord, isSafeName, toWantedFile } from './model-record.ts';
import { RecordStore } from './record-store.ts';
import { takeOver } from './take-over.ts';
import { planUrl } from './url-files.ts';

/** What a library needs of the place it runs in. */
export interface LibraryHost extends DownloadHost {
  /** Null where the browser gives no storage. */
  openStore(): Promise<FileStore | null>;
  now(): number;
  /** The machine's memory as it tells it, bytes; null when it does not. */
  readonly memoryBytes: number | null;
}

/** A model that is being fetched. */
interface RunningFetch {
  readonly signal: AbortSignal;
  stop(): void;
  /** Resolves when its files are closed, however it ended. */
  readonly ended: Promise<void>;
}

/** A header that could not be read is asked for again after so long, milliseconds. */
const LOOK_PAUSES = [700, 2500];

/** Whether a failure is the network's and may pass: no answer, a busy server, one in trouble. */
function mayPass(thrown: unknown): boolean {
  if (!(thrown instanceof HeadlightError)) return false;
  const { status } = thrown.details;
  if (thrown.code === 'source-busy') return true;
  return thrown.code === 'source-unreachable' && (status === null || Number(status) >= 500);
}

/** The library in this very thread. */
export class LocalLibrary implements ModelLibrary {
  private store: Promise<FileStore | null> | null = null;
  private readonly running = new Map<string, RunningFetch>();

  constructor(private readonly host: LibraryHost) {}

  async list(): Promise<LibraryContents> {
    const store = await this.opened();
    if (store === null) return { models: [], usedBytes: 0, freeBytes: null, canKeep: false };
    const models: KeptModel[] = [];
    for (const id of await store.folders()) {
      const record = await this.recordsOf(store).read(id);
      if (record === null) await this.clean(store, id);
      else if (record === 'unreadable') models.push(toUnreadableModel(id));
      else models.push(await toKeptModel(store, id, record));
    }
    models.sort((a, b) => b.addedAt - a.addedAt);
    return {
      models,
      usedBytes: models.reduce((sum, { doneBytes }) => sum + doneBytes, 0),
      freeBytes: await store.freeBytes(),
      canKeep: true,
    };
  }

  listHub(request: HubRequest): Promise<HubListing> {
    return listHub(request, this.host);
  }

  planUrl(url: string, token?: string): Promise<WantedModel> {
    return planUrl(url, token, this.host);
  }

  async look(request: ModelRequest, device: Device): Promise<ModelLook | null> {
    const look = (): Promise<ModelLook | null> =>
      lookAtModel(request, device, this.host.memoryBytes, () => this.opened());
    for (const pause of LOOK_PAUSES) {
      try {
        return await look();
      } catch (thrown) {
        if (!mayPass(thrown)) throw thrown;
        await this.host.wait(pause);
      }
    }
    return look();
  }

  async download(
    model: WantedModel,
    onProgress: (progress: DownloadProgress) => void,
    signal?: AbortSignal,
  ): Promise<KeptModel> {
    assertNames(model.files.map(({ name }) => name));
    return this.alone(toId(model.origin), signal, async (place, own) => {
      const wanted = createRecord(model, this.host.now());
      const before = await place.records.read(place.id);
      const old = before === 'unreadable' ? null : before;
      const { record, stale } = await takeOver(place.store, place.id, wanted, old);
      for (const name of stale) await place.store.removeFile(place.id, name);
      const fetchOne: FetchOne = async (file, into, listener) => {
        if (!isWebAddress(file.url)) throw fromDiskError(file.name);
        try {
          return await downloadFile(file, model.token, into, this.host, listener, own);
        } catch (thrown) {
          const sure = record.files.find(({ isOptional }) => !isOptional);
          const ask = (): Promise<void> => askForAnswer(sure?.url ?? file.url, this.host, own);
          if (file.isOptional && (await isHiddenAbsence(thrown, ask))) throw absentError(file);
          throw thrown;
        }
      };
      const done = await fetchModel(place, record, fetchOne, onProgress);
      return toKeptModel(place.store, place.id, done);
    });
  }

  async keep(
    name: string,
    files: readonly { readonly name: string; readonly file: Blob }[],
    onProgress: (progress: DownloadProgress) => void,
    signal?: AbortSignal,
  ): Promise<KeptModel> {
    assertNames(files.map((each) => each.name));
    const origin: ModelOrigin = { kind: 'files', name };
    const blobs = new Map(files.map((each) => [each.name, each.file]));
    const wanted = files.map((each) => ({
      name: each.name,
      url: `file:${each.name}`,
      bytes: each.file.size,
      sha256: null,
    }));
    return this.alone(toId(origin), signal, async (place, own) => {
      // A name says nothing of what is in a file: what was kept under it before makes room.
      await place.store.remove(place.id);
      const record = createRecord({ origin, name, files: wanted }, this.host.now());
      const copyOne: FetchOne = (file, into, listener) =>
        copyFile(file.name, blobs.get(file.name) ?? new Blob([]), into, listener.onBytes, own);
      const done = await fetchModel(place, record, copyOne, onProgress);
      return toKeptModel(place.store, place.id, done);
    });
  }

  async readWanted(id: string): Promise<WantedModel> {
    const store = await this.needed();
    const record = await this.recordsOf(store).read(id);
    if (record === null || record === 'unreadable') {
      const message =
        record === null
          ? 'This model is no longer kept here.'
          : 'What was written down of this model cannot be read: it is damaged, or of a newer version of this page.';
      throw new HeadlightError('source-unreachable', message, { id });
    }
    const origin = readOrigin(record.origin) ?? { kind: 'files', name: record.name };
    return { origin, name: record.name, files: record.files.map(toWantedFile) };
  }

  async remove(id: string): Promise<void> {
    const store = await this.needed();
    const running = this.running.get(id);
    running?.stop();
    await running?.ended;
    await store.remove(id);
  }

  /**
   * Fetches into a model's folder with nobody else in this library doing so. What was cancelled a moment
   * ago is waited for: its file is still open.
   */
  private async alone<T>(
    id: string,
    signal: AbortSignal | undefined,
    work: (place: ModelPlace, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const store = await this.needed();
    for (let other = this.running.get(id); other !== undefined; other = this.running.get(id)) {
      if (!other.signal.aborted) {
        throw new HeadlightError('storage-busy', 'This model is being fetched already.', { id });
      }
      await other.ended;
    }
    const stopper = new AbortController();
    const own = AbortSignal.any([stopper.signal, ...(signal ? [signal] : [])]);
    const running = work({ store, records: this.recordsOf(store), id }, own);
    const ended = running.then(
      () => undefined,
      () => undefined,
    );
    this.running.set(id, { signal: own, stop: () => stopper.abort(), ended });
    try {
      return await running;
    } finally {
      this.running.delete(id);
    }
  }

  /** A folder without a record was given up before anything was in it, or is being made. */
  private async clean(store: FileStore, id: string): Promise<void> {
    if (this.running.has(id)) return;
    try {
      await store.remove(id);
    } catch (thrown) {
      if (!(thrown instanceof HeadlightError)) throw thrown;
    }
  }

  private recordsOf(store: FileStore): RecordStore {
    return new RecordStore(store, (milliseconds) => this.host.wait(milliseconds));
  }

  private opened(): Promise<FileStore | null> {
    this.store ??= this.host.openStore();
    return this.store;
  }

  private async needed(): Promise<FileStore> {
    const store = await this.opened();
    if (store !== null) return store;
    throw new HeadlightError(
      'storage-unavailable',
      'This browser gives the page no storage, so models cannot be kept.',
    );
  }
}

/** Models of one origin share a folder: its name is a hash of the origin. */
export function toId(origin: ModelOrigin): string {
  const hash = createHash();
  hash.add(new TextEncoder().encode(writeOrigin(origin)));
  return hash.finish().slice(0, 16);
}

function assertNames(names: readonly string[]): void {
  const bad = names.find((name, i) => !isSafeName(name) || names.indexOf(name) !== i);
  if (bad !== undefined) {
    throw new HeadlightError('argument-invalid', `A file cannot be called "${bad}" here.`, {
      name: bad,
    });
  }
  if (names.length === 0) {
    throw new HeadlightError('argument-invalid', 'A model without files cannot be kept.');
  }
}

/** Resolves when a server answers for a file, whatever it says. */
async function askForAnswer(url: string, host: DownloadHost, signal: AbortSignal): Promise<void> {
  const response = await host.fetch(url, { headers: { Range: 'bytes=0-0' }, signal });
  await response.body?.cancel();
}

function fromDiskError(name: string): HeadlightError {
  const message = `${name} was being copied from this computer’s disk: drop or pick it again.`;
  return new HeadlightError('source-unreachable', message, { name });
}
