import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HeadlightError } from '../lib/headlight-error.ts';
import { LocalLibrary } from '../library/local-library.ts';
import { createServedWorker, type FakeWorker } from '../testing/fake-worker.ts';
import { createTinyModel, writeGguf } from '../testing/gguf-file.ts';
import { createTestHost } from '../testing/library-host.ts';
import { createMemoryStore, type MemoryStore } from '../testing/memory-store.ts';
import { type ModelServer, startModelServer } from '../testing/model-server.ts';
import type { DownloadProgress, ModelLibrary } from './library.ts';
import { serveLibrary } from './serve-library.ts';
import { createWorkerLibrary } from './worker-library.ts';

const BYTES = writeGguf(createTinyModel()).bytes;
const ignore = (): void => undefined;

let server: ModelServer;
let store: MemoryStore;
let behind: ModelLibrary;
let workers: FakeWorker[];
let library: ModelLibrary;
beforeEach(async () => {
  server = await startModelServer({
    files: { 'a.gguf': BYTES },
    repos: { 'o/n': { files: { 'a-F32.gguf': BYTES } } },
  });
  store = createMemoryStore();
  behind = new LocalLibrary(createTestHost(store));
  workers = [];
  library = createWorkerLibrary(() => {
    const worker = createServedWorker((endpoint) => serveLibrary(behind, endpoint));
    workers.push(worker);
    return worker;
  });
});
afterEach(async () => {
  for (const worker of workers) worker.terminate();
  await server.close();
});

const crash = (): void => workers.at(-1)?.crash(new Event('error'));

describe('the library across the boundary', () => {
  it('gives what the library itself gives, for every call', async () => {
    expect(workers).toHaveLength(0);
    const wanted = await library.planUrl(`${server.url}/a.gguf`, 'tok');
    expect(wanted).toEqual(await behind.planUrl(`${server.url}/a.gguf`, 'tok'));
    const request = { hubUrl: server.url, repo: 'o/n', revision: 'main' };
    expect(await library.listHub(request)).toEqual(await behind.listHub(request));
    const told: DownloadProgress[] = [];
    const kept = await library.download(wanted, (progress) => told.push(progress));
    expect(told.at(-1)).toMatchObject({ stage: 'downloading', doneBytes: BYTES.byteLength });
    const source = { kind: 'kept', name: 'a.gguf', modelId: kept.id } as const;
    const look = { fileName: 'a.gguf', sources: [source] };
    expect(await library.look(look, 'wasm')).toEqual(await behind.look(look, 'wasm'));
    expect(await library.readWanted(kept.id)).toEqual(await behind.readWanted(kept.id));
    const files = [{ name: 'b.gguf', file: new Blob([BYTES]) }];
    const dropped = await library.keep('mine', files, (progress) => told.push(progress));
    expect(told.at(-1)).toMatchObject({ fileName: 'b.gguf', doneBytes: BYTES.byteLength });
    expect((await library.list()).models).toEqual([dropped, kept]);
    expect(await library.remove(kept.id)).toBeUndefined();
    expect(await library.list()).toEqual(await behind.list());
    expect(workers).toHaveLength(1);
  });

  it('brings errors with their code and details', async () => {
    const error = await library
      .listHub({ hubUrl: server.url, repo: 'o/none', revision: 'main' })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HeadlightError);
    expect(error).toMatchObject({
      code: 'source-forbidden',
      details: { repo: 'o/none', status: 401 },
    });
  });

  it('stops a download that is cancelled, which can be taken up again at once', async () => {
    server.misbehave('a.gguf', { stallsAfter: 100 });
    const wanted = await library.planUrl(`${server.url}/a.gguf`);
    const controller = new AbortController();
    const stopped = library.download(wanted, ignore, controller.signal);
    const failed = expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    while (!(await behind.list()).models.some(({ doneBytes }) => doneBytes === 100))
      await new Promise((resolve) => setTimeout(resolve, 2));
    controller.abort();
    await failed;
    expect(await library.download(wanted, ignore)).toMatchObject({ isComplete: true });
    expect(server.requests.map(({ range }) => range)).toEqual(['bytes=0-', 'bytes=100-']);
  });

  it('answers others while a download goes on', async () => {
    server.misbehave('a.gguf', { stallsAfter: 100 });
    const wanted = await library.planUrl(`${server.url}/a.gguf`);
    const controller = new AbortController();
    const download = library.download(wanted, ignore, controller.signal).catch(ignore);
    expect(await library.list()).toMatchObject({ canKeep: true });
    controller.abort();
    await download;
  });
});

describe('a library’s worker that dies', () => {
  it('ends what was asked, and another one answers the next call', async () => {
    server.misbehave('a.gguf', { stallsAfter: 100 });
    const wanted = await library.planUrl(`${server.url}/a.gguf`);
    const download = library.download(wanted, ignore);
    const failed = expect(download).rejects.toMatchObject({ code: 'worker-died' });
    crash();
    await failed;
    expect(await library.list()).toMatchObject({ canKeep: true });
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  });
});
