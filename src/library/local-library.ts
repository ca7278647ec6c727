import { HeadlightError } from '../lib/headlight-error.ts';
import { createHash } from '../model/hash-source.ts';
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
import { type ModelOrigin, readOrigin, writeOrigin } from '../protocol/model-origin.ts';
import { type DownloadHost, downloadFile } from './download-file.ts';
import { DownloadTeller } from './download-teller.ts';
import { type FileStore, storageFull } from './file-store.ts';
import { listHub } from './hub-files.ts';
import { toKeptModel } from './kept-model.ts';
import { lookAtModel } from './look-at-model.ts';
import {
  createRecord,
  isSafeName,
  type ModelRecord,
  RECORD_NAME,
  type RecordedFile,
  readRecord,
  writeRecord,
} from './model-record.ts';
import { planUrl } from './url-files.ts';

export interface LibraryHost extends DownloadHost {
  /** Null where the browser gives no storage. */
  openStore(): Promise<FileStore | null>;
  now(): number;
}

/** The library in this very thread. */
export class LocalLibrary implements ModelLibrary {
  private store: Promise<FileStore | null> | null = null;

  constructor(private readonly host: LibraryHost) {}

  async list(): Promise<LibraryContents> {
    const store = await this.opened();
    if (store === null) return { models: [], usedBytes: 0, freeBytes: null, canKeep: false };
    const models: KeptModel[] = [];
    for (const id of await store.folders()) {
      const record = await this.readRecord(store, id);
      if (record === null) {
        // A folder without a record was given up before anything was in it.
        await store.remove(id).catch(() => undefined);
        continue;
      }
      models.push(await toKeptModel(store, id, record));
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

  look(request: ModelRequest): Promise<ModelLook | null> {
    return lookAtModel(request, () => this.opened());
  }

  async download(
    model: WantedModel,
    onProgress: (progress: DownloadProgress) => void,
    signal?: AbortSignal,
  ): Promise<KeptModel> {
    const store = await this.needed();
    const id = toId(model.origin);
    const bad = model.files.find(({ name }) => !isSafeName(name));
    if (bad !== undefined) {
      throw new HeadlightError('argument-invalid', `A file cannot be called "${bad.name}".`, {
        name: bad.name,
      });
    }
    const before = await this.readRecord(store, id);
    let record = takeOver(createRecord(model, this.host.now()), before);
    await assertRoom(store, id, record);
    await this.writeRecord(store, id, record);
    const sizes = new Map(record.files.map(({ name, bytes }) => [name, bytes]));
    const done = new Map<string, number>();
    for (const { name } of record.files)
      done.set(name, (await store.openForReading(id, name))?.size ?? 0);
    const teller = new DownloadTeller(onProgress, sizes, done);

    for (const file of record.files) {
      if (file.done !== null) continue;
      const finished = await this.downloadOne(store, id, file, model.token, teller, signal);
      record = {
        ...record,
        files: record.files.flatMap((each) =>
          each.name === file.name ? (finished === null ? [] : [finished]) : [each],
        ),
      };
      await this.writeRecord(store, id, record);
    }
    return toKeptModel(store, id, record);
  }

  async keep(
    name: string,
    files: readonly { readonly name: string; readonly file: Blob }[],
    onProgress: (progress: DownloadProgress) => void,
    signal?: AbortSignal,
  ): Promise<KeptModel> {
    const byUrl = new Map(files.map((each) => [`file:${each.name}`, each.file]));
    const copier = new LocalLibrary({
      ...this.host,
      openStore: () => this.needed(),
      fetch: async (url, init) => {
        const have = Number(new Headers(init.headers).get('range')?.match(/\d+/)?.[0] ?? 0);
        const blob = byUrl.get(url) ?? new Blob([]);
        const headers = {
          'content-range': `bytes ${have}-${blob.size - 1}/${blob.size}`,
        };
        return new Response(blob.slice(have), { status: 206, headers });
      },
    });
    return copier.download(
      {
        origin: { kind: 'files', name },
        name,
        files: files.map((each) => ({
          name: each.name,
          url: `file:${each.name}`,
          bytes: each.file.size,
          sha256: null,
        })),
      },
      onProgress,
      signal,
    );
  }

  async readWanted(id: string): Promise<WantedModel> {
    const store = await this.needed();
    const record = await this.readRecord(store, id);
    const origin = record === null ? null : readOrigin(record.origin);
    if (record === null || origin === null) {
      throw new HeadlightError('source-unreachable', 'This model is no longer kept here.', { id });
    }
    return { origin, name: record.name, files: record.files };
  }

  async remove(id: string): Promise<void> {
    await (await this.needed()).remove(id);
  }

  /** Null when the file was optional and is not there. */
  private async downloadOne(
    store: FileStore,
    id: string,
    file: RecordedFile,
    token: string | undefined,
    teller: DownloadTeller,
    signal?: AbortSignal,
  ): Promise<RecordedFile | null> {
    let learnt: RecordedFile = file;
    const into = await store.openForWriting(id, file.name);
    let isKept = true;
    try {
      const { bytes, sha256, isVerified } = await downloadFile(
        file,
        token,
        into,
        this.host,
        {
          onBytes: (doneBytes, totalBytes) => teller.bytes(file.name, doneBytes, totalBytes),
          onCheck: () => teller.checks(file.name),
          onWait: (seconds, why) => teller.waits(seconds, why),
          onRestart: () => teller.restarts(),
          onLearnt: ({ bytes: size, etag }) => {
            learnt = { ...learnt, etag, bytes: learnt.bytes ?? size };
          },
        },
        signal,
      );
      return { ...learnt, bytes, done: { bytes, sha256 }, isVerified };
    } catch (thrown) {
      const error = thrown instanceof HeadlightError ? thrown : null;
      if (file.isOptional && error?.details.status === 404) {
        isKept = false;
        teller.forget(file.name);
        return null;
      }
      // What arrived damaged is no beginning of what is wanted.
      if (error?.code === 'source-changed') into.truncate(0);
      throw thrown;
    } finally {
      into.close();
      if (!isKept) await store.removeFile(id, file.name);
      else if (learnt !== file) await this.rememberLearnt(store, id, learnt);
    }
  }

  /** Keeps what the server said of a file, so that a later session can go on with it. */
  private async rememberLearnt(store: FileStore, id: string, file: RecordedFile): Promise<void> {
    const record = await this.readRecord(store, id);
    if (record === null) return;
    const files = record.files.map((each) => (each.name === file.name ? file : each));
    await this.writeRecord(store, id, { ...record, files });
  }

  private async readRecord(store: FileStore, id: string): Promise<ModelRecord | null> {
    const text = await store.readText(id, RECORD_NAME);
    return text === null ? null : readRecord(text);
  }

  private writeRecord(store: FileStore, id: string, record: ModelRecord): Promise<void> {
    return store.writeText(id, RECORD_NAME, writeRecord(record));
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

/** What an earlier download left: files of the same address whose size and hash have not changed. */
function takeOver(wanted: ModelRecord, before: ModelRecord | null): ModelRecord {
  if (before === null) return wanted;
  return {
    ...wanted,
    addedAt: before.addedAt,
    files: wanted.files.map((file) => {
      const old = before.files.find((each) => each.name === file.name && each.url === file.url);
      if (old === undefined) return file;
      const isOther = (mine: unknown, theirs: unknown): boolean =>
        mine !== null && theirs !== null && mine !== theirs;
      if (isOther(file.bytes, old.bytes)) return file;
      if (isOther(file.sha256, old.done?.sha256 ?? old.sha256)) return file;
      return {
        ...old,
        bytes: file.bytes ?? old.bytes,
        sha256: file.sha256 ?? old.sha256,
        ...(file.isOptional ? { isOptional: true } : {}),
      };
    }),
  };
}

async function assertRoom(store: FileStore, id: string, record: ModelRecord): Promise<void> {
  const free = await store.freeBytes();
  if (free === null) return;
  let needed = 0;
  for (const { name, bytes } of record.files) {
    const here = (await store.openForReading(id, name))?.size ?? 0;
    needed += Math.max(0, (bytes ?? 0) - here);
  }
  if (needed > free) throw storageFull(needed, free);
}
