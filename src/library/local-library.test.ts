import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DownloadProgress, WantedModel } from '../protocol/library.ts';
import { createBytes, createTestHost } from '../testing/library-host.ts';
import { createMemoryStore, type MemoryStore } from '../testing/memory-store.ts';
import { type ModelServer, startModelServer } from '../testing/model-server.ts';
import { LocalLibrary, toId } from './local-library.ts';
import { readRecord } from './model-record.ts';

const A = createBytes(200_000, 1);
const B = createBytes(100_000, 2);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const ignore = (): void => undefined;

let server: ModelServer;
let store: MemoryStore;
beforeEach(async () => {
  server = await startModelServer({ files: { 'a.gguf': A, 'b.gguf': B, 'c.json': '{}' } });
  store = createMemoryStore();
});
afterEach(() => server.close());

/** A library as another page, or this one after it was closed, would have it. */
const open = (): LocalLibrary => new LocalLibrary(createTestHost(store));

interface More {
  readonly bytes?: number | null;
  readonly sha256?: string | null;
  readonly isOptional?: boolean;
}
const file = (name: string, more: More = {}) => ({
  name,
  url: `${server.url}/${name}`,
  bytes: null,
  sha256: null,
  ...more,
});
function wanted(...files: readonly ReturnType<typeof file>[]): WantedModel {
  const all = files.length > 0 ? files : [file('a.gguf')];
  return { origin: { kind: 'url', url: `${server.url}/model` }, name: 'model', files: all };
}
const ID = (): string => toId(wanted().origin);
const here = (name = 'a.gguf') => store.bytesOf(ID(), name);
const recorded = () =>
  readRecord(new TextDecoder().decode(store.bytesOf(ID(), 'record.json') ?? undefined));

/** Compares long contents by their hash: a difference shown byte by byte would tell nobody anything. */
function expectSame(bytes: Uint8Array | null, wantedBytes: Uint8Array): void {
  expect(bytes === null ? null : sha256(bytes)).toBe(sha256(wantedBytes));
}

/** Resolves when so much of a file is in the store. */
async function arrived(bytes: number, name = 'a.gguf'): Promise<void> {
  while ((here(name)?.byteLength ?? 0) < bytes)
    await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Stops a download when so much of a file has arrived. */
async function stopAfter(bytes: number, model = wanted(), name = 'a.gguf'): Promise<void> {
  const controller = new AbortController();
  server.misbehave(name, { stallsAfter: bytes });
  const stopped = open().download(model, ignore, controller.signal);
  const failed = expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  await arrived(bytes, name);
  controller.abort();
  await failed;
  server.forget();
}

describe('a model that is fetched', () => {
  it('is kept, listed, and readable', async () => {
    const told: DownloadProgress[] = [];
    const kept = await open().download(wanted(), (progress) => told.push(progress));
    expect(kept).toEqual({
      id: ID(),
      name: 'model',
      origin: wanted().origin,
      doneBytes: 200_000,
      bytes: 200_000,
      isComplete: true,
      fileNames: ['a.gguf'],
      sha256: sha256(A),
      isVerified: false,
      addedAt: 1_700_000_000_000,
    });
    expectSame(here(), A);
    expect(told[0]).toMatchObject({ doneBytes: 0, totalBytes: null });
    expect(told.at(-1)).toMatchObject({ doneBytes: 200_000, totalBytes: 200_000 });
    const { models, usedBytes, canKeep } = await open().list();
    expect(models).toEqual([kept]);
    expect({ usedBytes, canKeep }).toEqual({ usedBytes: 200_000, canKeep: true });
    expect(store.locked.size).toBe(0);
  });
  it('is verified only where the host gave a hash of all weights', async () => {
    const sized = await open().download(wanted(file('a.gguf', { bytes: 200_000 })), ignore);
    expect(sized.isVerified).toBe(false);
    const hashed = [file('a.gguf', { sha256: sha256(A) }), file('b.gguf', { sha256: sha256(B) })];
    expect((await open().download(wanted(...hashed), ignore)).isVerified).toBe(true);
    expect((await open().download(wanted(hashed[0], file('b.gguf')), ignore)).isVerified).toBe(
      true,
    );
  });
  it('is verified by a hash that becomes known later, and fetched anew when it differs', async () => {
    await open().download(wanted(), ignore);
    server.forget();
    const known = await open().download(wanted(file('a.gguf', { sha256: sha256(A) })), ignore);
    expect(known.isVerified).toBe(true);
    expect(server.requests).toHaveLength(0);
    server.put('a.gguf', B);
    await open().download(wanted(file('a.gguf', { sha256: sha256(B) })), ignore);
    expectSame(here(), B);
  });
  it('of another version, but as long as the one that is here, is fetched at the first attempt', async () => {
    await open().download(wanted(file('a.gguf', { sha256: sha256(A) })), ignore);
    const other = createBytes(200_000, 8);
    server.put('a.gguf', other);
    await open().download(wanted(file('a.gguf', { sha256: sha256(other) })), ignore);
    expectSame(here(), other);
  });
  it('of several files has one sum, and no hash of its own', async () => {
    const told: DownloadProgress[] = [];
    const model = wanted(file('a.gguf', { bytes: 200_000 }), file('b.gguf', { bytes: 100_000 }));
    const kept = await open().download(model, (progress) => told.push(progress));
    expect(kept).toMatchObject({ bytes: 300_000, doneBytes: 300_000, sha256: null });
    const sums = told.map(({ doneBytes }) => doneBytes);
    expect(sums).toEqual([...sums].sort((a, b) => a - b));
    expect(told.every(({ totalBytes }) => totalBytes === 300_000)).toBe(true);
  });
  it('has one hash of its weights where texts stand beside them', async () => {
    const kept = await open().download(wanted(file('c.json'), file('a.gguf')), ignore);
    expect(kept.sha256).toBe(sha256(A));
  });
  it('is not fetched again', async () => {
    await open().download(wanted(), ignore);
    server.forget();
    expect(await open().download(wanted(), ignore)).toMatchObject({ isComplete: true });
    expect(server.requests).toHaveLength(0);
  });
  it('keeps no token', async () => {
    await open().download({ ...wanted(), token: 'secret' }, ignore);
    expect(server.requests[0].authorization).toBe('Bearer secret');
    for (const name of store.fileNames(ID()))
      expect(new TextDecoder().decode(store.bytesOf(ID(), name) ?? undefined)).not.toContain(
        'secret',
      );
    expect(await open().readWanted(ID())).not.toHaveProperty('token');
  });
});

describe('optional files', () => {
  it('that are there are kept, others are left out', async () => {
    const model = wanted(
      file('c.json', { isOptional: true }),
      file('d.json', { isOptional: true }),
      file('a.gguf'),
    );
    const told: DownloadProgress[] = [];
    const kept = await open().download(model, (progress) => told.push(progress));
    expect(kept).toMatchObject({
      isComplete: true,
      fileNames: ['c.json', 'a.gguf'],
      bytes: 200_002,
    });
    expect(store.fileNames(ID()).toSorted()).toEqual(['a.gguf', 'c.json', 'record.json']);
    expect(told.at(-1)).toMatchObject({ doneBytes: 200_002, totalBytes: 200_002 });
  });
  it('of a site that answers everything with a page are left out, needed ones are missed', async () => {
    server.alwaysMisbehave('d.json', { page: '<html>' });
    const optional = wanted(file('d.json', { isOptional: true }), file('a.gguf'));
    expect((await open().download(optional, ignore)).fileNames).toEqual(['a.gguf']);
    const needed = wanted(file('d.json'), file('a.gguf'));
    await expect(open().download(needed, ignore)).rejects.toMatchObject({
      details: { isPage: true },
    });
  });
  /** A network on which some files are not answered for, as browsers do with answers that are hidden. */
  const hiding = (isHidden: (url: string) => boolean): LocalLibrary => {
    const host = createTestHost(store);
    return new LocalLibrary({
      ...host,
      async fetch(url, init) {
        if (isHidden(url)) throw new TypeError('Failed to fetch');
        return host.fetch(url, init);
      },
    });
  };
  it('whose absence the server hides are left out, as it answers for others', async () => {
    const model = wanted(file('d.json', { isOptional: true }), file('a.gguf'));
    const kept = await hiding((url) => url.endsWith('d.json')).download(model, ignore);
    expect(kept).toMatchObject({ isComplete: true, fileNames: ['a.gguf'] });
  });
  it('are not left out because the network is down', async () => {
    const model = wanted(file('c.json', { isOptional: true }), file('a.gguf'));
    await expect(hiding(() => true).download(model, ignore)).rejects.toMatchObject({
      code: 'source-unreachable',
      message: expect.stringContaining('c.json could not be reached'),
    });
    const needed = wanted(file('c.json'), file('a.gguf'));
    const library = hiding((url) => url.endsWith('c.json'));
    await expect(library.download(needed, ignore)).rejects.toMatchObject({
      code: 'source-unreachable',
    });
  });
  it('that may be there are not left out because the server is out of order', async () => {
    server.alwaysMisbehave('c.json', { status: 500 });
    const model = wanted(file('c.json', { isOptional: true }), file('a.gguf'));
    await expect(open().download(model, ignore)).rejects.toMatchObject({
      details: { status: 500 },
    });
  });
});

describe('a download that stops', () => {
  it('goes on in another session where it stopped, though the page was closed without a word', async () => {
    await stopAfter(60_000);
    const left = here()?.byteLength ?? 0;
    expect((await open().list()).models[0]).toMatchObject({
      isComplete: false,
      doneBytes: left,
      bytes: 200_000,
      sha256: null,
      isVerified: false,
    });
    const told: DownloadProgress[] = [];
    const again = await open().readWanted(ID());
    expect(again).toEqual(wanted());
    const kept = await open().download(again, (progress) => told.push(progress));
    expect(server.requests.map(({ range }) => range)).toEqual([`bytes=${left}-`]);
    expect(told[0]).toMatchObject({ stage: 'checking', doneBytes: left, totalBytes: 200_000 });
    expect(kept).toMatchObject({
      isComplete: true,
      sha256: sha256(A),
      addedAt: expect.any(Number),
    });
  });
  it('has written down the version before any byte', async () => {
    let seen: unknown;
    const library = open();
    await library.download(wanted(), (told) => {
      if (told.doneBytes > 0) seen ??= recorded()?.files[0];
    });
    expect(seen).toMatchObject({ etag: expect.any(String), seenBytes: 200_000, done: null });
  });
  it('in the second file keeps the first', async () => {
    const model = wanted(file('a.gguf'), file('b.gguf'));
    await stopAfter(30_000, model, 'b.gguf');
    const { models } = await open().list();
    expect(models[0]).toMatchObject({ isComplete: false, fileNames: ['a.gguf', 'b.gguf'] });
    await open().download(model, ignore);
    expect(server.requests.map(({ path }) => path)).toEqual(['/b.gguf']);
    expectSame(here('b.gguf'), B);
  });
  it('begins anew when the file was changed meanwhile, also to another size', async () => {
    await stopAfter(60_000);
    server.put('a.gguf', B);
    expect(await open().download(wanted(), ignore)).toMatchObject({ bytes: 100_000 });
    expectSame(here(), B);
  });
  it('of a changed address does not go on with what is here', async () => {
    await stopAfter(60_000);
    const other = { ...file('a.gguf'), url: `${server.url}/b.gguf` };
    await open().download(wanted(other), ignore);
    expectSame(here(), B);
  });
  it('whose record is lost goes on only where a hash will tell', async () => {
    await stopAfter(60_000);
    const left = here()?.byteLength ?? 0;
    store.put(ID(), 'record.json', '');
    await open().download(wanted(file('a.gguf', { sha256: sha256(A) })), ignore);
    expect(server.requests[0].range).toBe(`bytes=${left}-`);
    store.put(ID(), 'a.gguf', B.slice(0, 50_000));
    store.put(ID(), 'record.json', 'damaged');
    server.forget();
    await open().download(wanted(), ignore);
    expect(server.requests[0].range).toBe('bytes=0-');
    expectSame(here(), A);
  });
  it('can be cancelled and taken up again at once', async () => {
    const library = open();
    server.misbehave('a.gguf', { stallsAfter: 50_000 });
    const controller = new AbortController();
    const first = library.download(wanted(), ignore, controller.signal);
    const failed = expect(first).rejects.toMatchObject({ code: 'cancelled' });
    await arrived(50_000);
    controller.abort();
    expect(await library.download(wanted(), ignore)).toMatchObject({ isComplete: true });
    await failed;
  });
  it('drops files that are no longer wanted', async () => {
    await open().download(wanted(file('a.gguf'), file('b.gguf')), ignore);
    await open().download(wanted(file('a.gguf')), ignore);
    expect(store.fileNames(ID()).toSorted()).toEqual(['a.gguf', 'record.json']);
  });
});

describe('a file that is not what was announced', () => {
  it('is refused, its bytes are dropped, and the next attempt begins anew', async () => {
    const model = wanted(file('a.gguf', { bytes: 200_000, sha256: sha256(A) }));
    server.put('a.gguf', createBytes(200_000, 9));
    await expect(open().download(model, ignore)).rejects.toMatchObject({ code: 'source-changed' });
    expect(here()).toHaveLength(0);
    expect(recorded()?.files[0]).toMatchObject({ etag: null, seenBytes: null, done: null });
    server.put('a.gguf', A);
    expect(await open().download(model, ignore)).toMatchObject({ isVerified: true });
  });
  it('is refused when a hub’s list says another size', async () => {
    server.putRepo('o/n', { files: { 'a-Q4_0.gguf': A }, saysSizes: { 'a-Q4_0.gguf': 199_000 } });
    const library = open();
    const { variants } = await library.listHub({
      hubUrl: server.url,
      repo: 'o/n',
      revision: 'main',
    });
    await expect(library.download(variants[0].model, ignore)).rejects.toMatchObject({
      code: 'source-changed',
      details: { received: 200_000, wanted: 199_000 },
    });
  });
  it('comes from a hub as announced, through a redirect', async () => {
    server.putRepo('o/n', { files: { 'a-Q4_0.gguf': A }, redirects: true });
    const library = open();
    const { variants } = await library.listHub({
      hubUrl: server.url,
      repo: 'o/n',
      revision: 'main',
    });
    const kept = await library.download(variants[0].model, ignore);
    expect(kept).toMatchObject({ isVerified: true, sha256: sha256(A), name: 'a-Q4_0' });
    expect((await open().list()).models).toEqual([kept]);
  });
  it('from a hub without hashes is not called verified', async () => {
    server.putRepo('o/n', { files: { 'a-Q4_0.gguf': A }, saysHashes: { 'a-Q4_0.gguf': null } });
    const library = open();
    const { variants } = await library.listHub({
      hubUrl: server.url,
      repo: 'o/n',
      revision: 'main',
    });
    expect(await library.download(variants[0].model, ignore)).toMatchObject({
      isComplete: true,
      isVerified: false,
    });
  });
});

describe('a store that is too small', () => {
  it('is said to be so before anything is fetched', async () => {
    store.quota = 150_000;
    await expect(
      open().download(wanted(file('a.gguf', { bytes: 200_000 })), ignore),
    ).rejects.toMatchObject({
      code: 'storage-full',
      details: { neededBytes: 200_000, freeBytes: 150_000 },
    });
    expect(server.requests).toHaveLength(0);
    expect((await open().list()).models).toEqual([]);
  });
  it('is said to be so as soon as the server says how large the file is', async () => {
    store.quota = 150_000;
    await expect(open().download(wanted(), ignore)).rejects.toMatchObject({
      code: 'storage-full',
      details: { neededBytes: 200_000 },
    });
    expect(here()).toHaveLength(0);
  });
  it('in the middle keeps what is there and the record, and goes on when there is room', async () => {
    server.alwaysMisbehave('a.gguf', {
      saysLength: null,
      hides: ['content-range'],
      bytesPerTick: 9_000,
      tickMs: 1,
    });
    store.quota = 100_000;
    const library = open();
    await expect(library.download(wanted(), ignore)).rejects.toMatchObject({
      code: 'storage-full',
    });
    expect(here()?.byteLength).toBeGreaterThan(50_000);
    expect((await open().list()).models).toHaveLength(1);
    store.quota = null;
    expect(await library.download(wanted(), ignore)).toMatchObject({ isComplete: true });
    expectSame(here(), A);
  });
  it('counts only what is still missing', async () => {
    const model = wanted(file('a.gguf', { bytes: 200_000 }));
    await stopAfter(120_000, model);
    store.quota = 220_000;
    expect(await open().download(model, ignore)).toMatchObject({ isComplete: true });
  });
});

describe('two pages', () => {
  it('do not fetch the same file at once', async () => {
    server.alwaysMisbehave('a.gguf', { bytesPerTick: 10_000, tickMs: 2 });
    const [first, second] = [open(), open()];
    let other: Promise<unknown> | null = null;
    const kept = await first.download(wanted(), () => {
      other ??= expect(second.download(wanted(), ignore)).rejects.toMatchObject({
        code: 'storage-busy',
      });
    });
    await other;
    expect(kept).toMatchObject({ isComplete: true, sha256: sha256(A) });
    expect(await second.download(wanted(), ignore)).toEqual(kept);
  });
  it('may list while a download goes on, and do it no harm', async () => {
    server.alwaysMisbehave('a.gguf', { bytesPerTick: 10_000, tickMs: 1 });
    const seen: (number | null)[] = [];
    const kept = await open().download(wanted(), async () => {
      const { models } = await open().list();
      seen.push(models[0]?.doneBytes ?? null);
    });
    expect(kept.isComplete).toBe(true);
    expect(seen.length).toBeGreaterThan(0);
  });
  it('wait for each other’s record', async () => {
    const lock = await store.openForWriting(ID(), 'record.json');
    const waits: number[] = [];
    const host = {
      ...createTestHost(store),
      wait: async (milliseconds: number) => {
        waits.push(milliseconds);
        if (waits.length === 3) lock.close();
      },
    };
    expect(await new LocalLibrary(host).download(wanted(), ignore)).toMatchObject({
      isComplete: true,
    });
    expect(waits).toEqual([25, 25, 25]);
  });
  it('do not wait for ever for a record', async () => {
    await store.openForWriting(ID(), 'record.json');
    await expect(open().download(wanted(), ignore)).rejects.toMatchObject({ code: 'storage-busy' });
  });
});

describe('one page', () => {
  it('does not fetch the same model twice at once', async () => {
    const library = open();
    const first = library.download(wanted(), ignore);
    await expect(library.download(wanted(), ignore)).rejects.toMatchObject({
      code: 'storage-busy',
    });
    await first;
  });
  it('fetches two models at once', async () => {
    const library = open();
    const other: WantedModel = {
      ...wanted(file('b.gguf')),
      origin: { kind: 'url', url: `${server.url}/other` },
    };
    await Promise.all([library.download(wanted(), ignore), library.download(other, ignore)]);
    const { models } = await library.list();
    expect(models.map(({ isComplete }) => isComplete)).toEqual([true, true]);
  });
});

describe('removing', () => {
  it('gives the room back, and does nothing when there is nothing', async () => {
    const library = open();
    await library.download(wanted(), ignore);
    await library.remove(ID());
    await library.remove(ID());
    expect(await library.list()).toMatchObject({ models: [], usedBytes: 0 });
    await expect(library.readWanted(ID())).rejects.toMatchObject({ code: 'source-unreachable' });
  });
  it('stops a download of this page', async () => {
    server.alwaysMisbehave('a.gguf', { stallsAfter: 50_000 });
    const library = open();
    const download = library.download(wanted(), ignore);
    const stopped = expect(download).rejects.toMatchObject({ code: 'cancelled' });
    await arrived(50_000);
    await library.remove(ID());
    await stopped;
    expect(await store.folders()).toEqual([]);
  });
  it('is refused while another page writes', async () => {
    await stopAfter(60_000);
    await store.openForWriting(ID(), 'a.gguf');
    await expect(open().remove(ID())).rejects.toMatchObject({ code: 'storage-busy' });
  });
});

describe('what lies in the store', () => {
  it('without a record is cleaned away', async () => {
    store.put('0123456789abcdef', 'a.gguf', A);
    expect((await open().list()).models).toEqual([]);
    expect(await store.folders()).toEqual([]);
  });
  it('with a record that cannot be read stays, and can be removed', async () => {
    await open().download(wanted(), ignore);
    store.put(ID(), 'record.json', '{"version":2}');
    const library = open();
    expect((await library.list()).models).toEqual([
      expect.objectContaining({ id: ID(), isComplete: false, bytes: null, fileNames: [] }),
    ]);
    expectSame(here(), A);
    await expect(library.readWanted(ID())).rejects.toMatchObject({
      message: expect.stringContaining('cannot be read'),
    });
    await library.remove(ID());
    expect(await store.folders()).toEqual([]);
  });
  it('and has lost a file is not called complete, and the file is fetched again', async () => {
    await open().download(wanted(file('a.gguf'), file('b.gguf')), ignore);
    await store.removeFile(ID(), 'b.gguf');
    store.put(ID(), 'a.gguf', A.slice(0, 100));
    expect((await open().list()).models[0]).toMatchObject({ isComplete: false, doneBytes: 100 });
    const kept = await open().download(wanted(file('a.gguf'), file('b.gguf')), ignore);
    expect(kept.isComplete).toBe(true);
    expectSame(here(), A);
  });
  it('is listed newest first', async () => {
    const host = createTestHost(store);
    const library = new LocalLibrary(host);
    for (const name of ['a.gguf', 'b.gguf']) {
      const origin = { kind: 'url', url: `${server.url}/${name}` } as const;
      await library.download({ origin, name, files: [file(name)] }, ignore);
    }
    expect((await library.list()).models.map(({ name }) => name)).toEqual(['b.gguf', 'a.gguf']);
  });
});

describe('files from the disk', () => {
  const blob = (bytes: Uint8Array<ArrayBuffer>): Blob => new Blob([bytes]);
  it('are copied with their hash, and never called verified', async () => {
    const told: DownloadProgress[] = [];
    const files = [
      { name: 'a.gguf', file: blob(A) },
      { name: 'empty.json', file: new Blob([]) },
    ];
    const kept = await open().keep('mine', files, (progress) => told.push(progress));
    expect(kept).toMatchObject({
      id: toId({ kind: 'files', name: 'mine' }),
      name: 'mine',
      origin: { kind: 'files', name: 'mine' },
      bytes: 200_000,
      isComplete: true,
      sha256: sha256(A),
      isVerified: false,
    });
    expectSame(store.bytesOf(kept.id, 'a.gguf'), A);
    expect(store.bytesOf(kept.id, 'empty.json')).toHaveLength(0);
    expect(told.at(-1)).toMatchObject({ doneBytes: 200_000, totalBytes: 200_000 });
    expect((await open().list()).models).toEqual([kept]);
    expect(server.requests).toHaveLength(0);
  });
  it('of the same name and size, but with other contents, replace what was kept', async () => {
    const other = createBytes(200_000, 7);
    const { id } = await open().keep('mine', [{ name: 'a.gguf', file: blob(A) }], ignore);
    const kept = await open().keep('mine', [{ name: 'a.gguf', file: blob(other) }], ignore);
    expect(kept).toMatchObject({ id, sha256: sha256(other) });
    expectSame(store.bytesOf(id, 'a.gguf'), other);
  });
  it('of the same name, but fewer, leave nothing of those before', async () => {
    const [a, b] = [
      { name: 'a.gguf', file: blob(A) },
      { name: 'b.gguf', file: blob(B) },
    ];
    const { id } = await open().keep('mine', [a, b], ignore);
    await open().keep('mine', [b], ignore);
    expect(store.fileNames(id).toSorted()).toEqual(['b.gguf', 'record.json']);
  });
  it('that can no longer be read are said to be so', async () => {
    class Moved extends Blob {
      override slice(): Blob {
        return new Moved();
      }
      override arrayBuffer(): Promise<ArrayBuffer> {
        return Promise.reject(new DOMException('gone', 'NotReadableError'));
      }
      override get size(): number {
        return 10;
      }
    }
    await expect(
      open().keep('m', [{ name: 'a.gguf', file: new Moved() }], ignore),
    ).rejects.toMatchObject({
      code: 'source-unreachable',
      message: expect.stringContaining('a.gguf could no longer be read'),
    });
    expect(store.locked.size).toBe(0);
  });
  it('that were not copied whole are to be dropped again, not fetched', async () => {
    const controller = new AbortController();
    const files = [
      { name: 'a.gguf', file: blob(A) },
      { name: 'b.gguf', file: blob(B) },
    ];
    const library = open();
    const stopped = library.keep('mine', files, () => controller.abort(), controller.signal);
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    const again = await library.readWanted(toId({ kind: 'files', name: 'mine' }));
    await expect(library.download(again, ignore)).rejects.toMatchObject({
      code: 'source-unreachable',
      message: expect.stringContaining('drop or pick it again'),
    });
    expect(await library.keep('mine', files, ignore)).toMatchObject({ isComplete: true });
  });
  it('do not fit, which is said before', async () => {
    store.quota = 1000;
    await expect(
      open().keep('mine', [{ name: 'a.gguf', file: blob(A) }], ignore),
    ).rejects.toMatchObject({
      code: 'storage-full',
    });
  });
});

describe('names that a file must not have', () => {
  it.each(['../x', 'record.json', ''])('"%s"', async (name) => {
    await expect(open().download(wanted(file(name)), ignore)).rejects.toMatchObject({
      code: 'argument-invalid',
    });
    await expect(open().keep('m', [{ name, file: new Blob([]) }], ignore)).rejects.toMatchObject({
      code: 'argument-invalid',
    });
    expect(await store.folders()).toEqual([]);
  });
  it('two of the same', async () => {
    await expect(
      open().download(wanted(file('a.gguf'), file('a.gguf')), ignore),
    ).rejects.toMatchObject({
      code: 'argument-invalid',
    });
  });
});

describe('a browser without storage', () => {
  it('lists nothing and says why nothing can be kept', async () => {
    const library = new LocalLibrary(createTestHost(null));
    expect(await library.list()).toEqual({
      models: [],
      usedBytes: 0,
      freeBytes: null,
      canKeep: false,
    });
    for (const refused of [
      library.download(wanted(), ignore),
      library.remove('x'),
      library.readWanted('x'),
    ])
      await expect(refused).rejects.toMatchObject({ code: 'storage-unavailable' });
  });
});
