import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HeadlightError } from '../lib/headlight-error.ts';
import type { ByteSource } from '../model/byte-source.ts';
import { createMemorySource } from '../model/memory-source.ts';
import type { SourceRequest } from '../protocol/engine.ts';
import { createMemoryStore, type MemoryStore } from '../testing/memory-store.ts';
import { type ModelServer, startModelServer } from '../testing/model-server.ts';
import { openSources } from './open-sources.ts';

let server: ModelServer;
let store: MemoryStore;
beforeEach(async () => {
  server = await startModelServer({ files: { 'a.json': 'on the server' } });
  store = createMemoryStore();
});
afterEach(() => server.close());

const url = (name: string, isOptional = false): SourceRequest => ({
  kind: 'url',
  name,
  url: `${server.url}/${name}`,
  isOptional,
});
const open = (...requests: readonly SourceRequest[]) => openSources(requests, async () => store);

async function readAll(sources: readonly ByteSource[]): Promise<string[]> {
  const texts = sources.map(async (source) =>
    new TextDecoder().decode(await source.read(0, source.size)),
  );
  return Promise.all(texts);
}

describe('the files of a model', () => {
  it('are opened wherever they are, in order', async () => {
    store.put('m', 'kept.json', 'kept');
    const file: SourceRequest = { kind: 'file', name: 'file', file: new Blob(['dropped']) };
    const kept: SourceRequest = { kind: 'kept', name: 'kept.json', modelId: 'm' };
    const sources = await open(kept, url('a.json'), file);
    expect(sources.map(({ name }) => name)).toEqual(['kept.json', 'a.json', 'file']);
    expect(await readAll(sources)).toEqual(['kept', 'on the server', 'dropped']);
  });
  it.each([
    ['is not there', { status: 404 }],
    ['is gone', { status: 410 }],
    ['may not be listed', { status: 403 }],
    ['is a page that is sent for everything', { page: '<html>' }],
  ])('are opened without an optional one that %s', async (_, how) => {
    server.alwaysMisbehave('b.json', how);
    const sources = await open(url('a.json'), url('b.json', true));
    expect(sources.map(({ name }) => name)).toEqual(['a.json']);
    await expect(open(url('a.json'), url('b.json'))).rejects.toMatchObject({
      code: expect.stringMatching(/^source-/),
    });
  });
  it.each([
    [500, 'source-unreachable'],
    [429, 'source-busy'],
    [401, 'source-forbidden'],
  ])(
    'are not opened when an optional one is refused with %i: it may be there',
    async (status, code) => {
      server.alwaysMisbehave('b.json', { status });
      await expect(open(url('b.json', true))).rejects.toMatchObject({ code });
    },
  );
  it('are opened without an optional one whose absence is hidden, as others are answered for', async () => {
    const openUrl = async (_: string, name: string): Promise<ByteSource> => {
      if (isDown || name === 'b.json')
        throw new HeadlightError('source-unreachable', 'Failed to fetch', { name, status: null });
      return createMemorySource(name, new Uint8Array(1));
    };
    let isDown = false;
    const openBoth = () =>
      openSources([url('b.json', true), url('a.json')], async () => store, undefined, openUrl);
    expect((await openBoth()).map(({ name }) => name)).toEqual(['a.json']);
    isDown = true;
    await expect(openBoth()).rejects.toMatchObject({ code: 'source-unreachable' });
  });
  it('that are no longer kept are said to be so, with and without a store', async () => {
    const kept: SourceRequest = { kind: 'kept', name: 'a.gguf', modelId: 'm' };
    const gone = {
      code: 'source-unreachable',
      message: expect.stringContaining('a.gguf is no longer'),
    };
    await expect(open(kept)).rejects.toMatchObject(gone);
    await expect(openSources([kept], async () => null)).rejects.toMatchObject(gone);
  });
  it('are closed when one of them fails, and when it is cancelled', async () => {
    const closed: string[] = [];
    const controller = new AbortController();
    const openUrl = async (_: string, name: string): Promise<ByteSource> => {
      if (name === 'bad') throw new Error('no');
      if (name === 'last') controller.abort();
      const source = createMemorySource(name, new Uint8Array(1));
      return { ...source, close: async () => void closed.push(name) };
    };
    const openAll = (...names: readonly string[]) =>
      openSources(
        names.map((name) => url(name)),
        async () => store,
        controller.signal,
        openUrl,
      );
    await expect(openAll('a', 'b', 'bad', 'c')).rejects.toThrow('no');
    expect(closed).toEqual(['a', 'b']);
    await expect(openAll('c', 'last', 'd')).rejects.toMatchObject({ code: 'cancelled' });
    expect(closed).toEqual(['a', 'b', 'c', 'last']);
  });
});
