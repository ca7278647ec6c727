import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HeadlightError } from '../lib/headlight-error.ts';
import { createBytes, createTestHost, type TestHost } from '../testing/library-host.ts';
import { createMemoryStore, type MemoryStore } from '../testing/memory-store.ts';
import { type ModelServer, startModelServer } from '../testing/model-server.ts';
import type { Misbehaviour } from '../testing/served-file.ts';
import { downloadFile, type FileToDownload } from './download-file.ts';

const BYTES = createBytes(300_000);
const OTHER = createBytes(300_000, 2);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let server: ModelServer;
let store: MemoryStore;
let host: TestHost;
let events: string[];
let learnt: { bytes: number | null; etag: string | null }[];
beforeEach(async () => {
  server = await startModelServer({ files: { 'a.gguf': BYTES } });
  store = createMemoryStore();
  host = createTestHost(store);
  events = [];
  learnt = [];
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

const wanted = (more: Partial<FileToDownload> = {}): FileToDownload => ({
  name: 'a.gguf',
  url: `${server.url}/a.gguf`,
  bytes: null,
  sha256: null,
  etag: null,
  seenBytes: null,
  ...more,
});

interface Told {
  readonly signal?: AbortSignal;
  readonly token?: string;
  readonly onBytes?: (done: number) => void;
}

async function download(more: Partial<FileToDownload> = {}, told: Told = {}) {
  const file = wanted(more);
  const into = await store.openForWriting('m', file.name);
  const listener = {
    onBytes: (done: number) => told.onBytes?.(done),
    onCheck: () => events.push('check'),
    onWait: (seconds: number, why: string) => events.push(`wait ${seconds}: ${why}`),
    onRestart: () => events.push('restart'),
    onLearnt: async (said: { bytes: number | null; etag: string | null }) => {
      learnt.push(said);
    },
  };
  try {
    return await downloadFile(file, told.token, into, host, listener, told.signal);
  } finally {
    into.close();
  }
}

const here = (name = 'a.gguf'): Uint8Array => store.bytesOf('m', name) ?? new Uint8Array(0);
const ranges = (): (string | null)[] => server.requests.map(({ range }) => range);

async function expectWhole(more: Partial<FileToDownload> = {}, bytes = BYTES): Promise<void> {
  expect(await download(more)).toMatchObject({
    bytes: bytes.byteLength,
    sha256: sha256(bytes),
  });
  expect(sha256(here())).toBe(sha256(bytes));
}

describe('a file', () => {
  it('arrives whole, with its hash, and is learnt of before its bytes come', async () => {
    let firstBytes = -1;
    const file = await download(
      {},
      {
        onBytes: () => {
          if (learnt.length > 0 && firstBytes < 0) firstBytes = here().byteLength;
        },
      },
    );
    expect(file).toEqual({ bytes: 300_000, sha256: sha256(BYTES), isVerified: false });
    expect(learnt).toEqual([{ bytes: 300_000, etag: expect.stringMatching(/^"/) }]);
    expect(firstBytes).toBeGreaterThan(0);
    expect(ranges()).toEqual(['bytes=0-']);
    expect(events).toEqual([]);
  });
  it('is verified by a hash, and not by a size alone', async () => {
    expect(await download({ bytes: 300_000 })).toMatchObject({ isVerified: false });
    expect(await download({ sha256: sha256(BYTES) })).toMatchObject({ isVerified: true });
  });
  it('that is empty is whole', async () => {
    server.put('a.gguf', '');
    expect(await download()).toMatchObject({ bytes: 0, sha256: sha256(new Uint8Array(0)) });
    expect(await download({ bytes: 0 })).toMatchObject({ bytes: 0 });
  });
  it('that is here whole is not asked for again, but its hash is made', async () => {
    store.put('m', 'a.gguf', BYTES);
    await expectWhole({ bytes: 300_000, sha256: sha256(BYTES) });
    expect(server.requests).toHaveLength(0);
    expect(events).toEqual(['check']);
  });
  it('that is here whole without anyone knowing is found to be so', async () => {
    store.put('m', 'a.gguf', BYTES);
    await expectWhole({ sha256: sha256(BYTES) });
    expect(ranges()).toEqual(['bytes=300000-']);
  });
  it('of which nobody knows the version begins anew', async () => {
    store.put('m', 'a.gguf', OTHER.slice(0, 100_000));
    await expectWhole();
    expect(ranges()).toEqual(['bytes=0-']);
  });
  it('that is here too long begins anew', async () => {
    store.put('m', 'a.gguf', createBytes(300_001, 3));
    await expectWhole({ bytes: 300_000 });
  });
});

describe('a text', () => {
  const JSON_TEXT = JSON.stringify(Array.from({ length: 5000 }, (_, i) => i));
  const config = () => ({ name: 'config.json', url: `${server.url}/config.json` });
  it('may be compressed on the way', async () => {
    server.put('config.json', JSON_TEXT);
    server.misbehave('config.json', { gzips: true });
    expect(await download({ ...config(), bytes: JSON_TEXT.length })).toMatchObject({
      bytes: JSON_TEXT.length,
      sha256: sha256(here('config.json')),
    });
    expect(new TextDecoder().decode(here('config.json'))).toBe(JSON_TEXT);
  });
  it('that is compressed and breaks off begins anew, since its parts are not the file’s', async () => {
    server.put('config.json', JSON_TEXT);
    server.misbehave('config.json', { gzips: true, dropsAfter: 2000 });
    expect(await download(config())).toMatchObject({ bytes: JSON_TEXT.length });
    expect(new TextDecoder().decode(here('config.json'))).toBe(JSON_TEXT);
    expect(ranges()).toEqual([null, null]);
  });
  it('that breaks off again and again is given up', async () => {
    server.put('config.json', JSON_TEXT);
    server.alwaysMisbehave('config.json', { dropsAfter: 20_000 });
    await expect(download(config())).rejects.toMatchObject({ code: 'source-unreachable' });
    expect(server.requests).toHaveLength(4);
  });
});

describe('a line that drops', () => {
  it('goes on with a range where it stopped', async () => {
    server.misbehave('a.gguf', { dropsAfter: 100_000 }, { dropsAfter: 70_000 });
    await expectWhole({ bytes: 300_000, sha256: sha256(BYTES) });
    expect(ranges()[0]).toBe('bytes=0-');
    expect(ranges().slice(1)).toEqual(['bytes=100000-', 'bytes=170000-']);
    expect(events).toEqual(['wait 0.5: the line dropped', 'wait 0.5: the line dropped']);
  });
  it('goes on in another session, with the right hash', async () => {
    server.alwaysMisbehave('a.gguf', { bytesPerTick: 20_000 });
    const controller = new AbortController();
    const stopped = download(
      {},
      { signal: controller.signal, onBytes: (done) => done > 60_000 && controller.abort() },
    );
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    const left = here().byteLength;
    expect(left).toBeGreaterThan(60_000);
    expect(left).toBeLessThan(300_000);
    server.alwaysMisbehave('a.gguf', null);
    await expectWhole({ etag: learnt[0].etag, seenBytes: learnt[0].bytes });
    expect(ranges().at(-1)).toBe(`bytes=${left}-`);
    expect(events).toEqual(['check']);
  });
  it('waits longer from time to time, and gives up when nothing comes', async () => {
    server.alwaysMisbehave('a.gguf', { dropsAfter: 0 });
    await expect(download()).rejects.toMatchObject({
      code: 'source-unreachable',
      message: expect.stringContaining('a.gguf could not be fetched to its end: the line dropped'),
    });
    expect(host.waits).toEqual([500, 1000, 2000, 4000, 8000]);
    expect(server.requests).toHaveLength(6);
  });
  it('is not given up as long as it brings enough', async () => {
    server.alwaysMisbehave('a.gguf', { dropsAfter: 70_000 });
    await expectWhole();
  });
  it('that brings a byte at a time is given up', async () => {
    server.alwaysMisbehave('a.gguf', { dropsAfter: 1 });
    await expect(download()).rejects.toMatchObject({ code: 'source-unreachable' });
    expect(here()).toEqual(BYTES.slice(0, here().byteLength));
    expect(server.requests.length).toBeLessThan(10);
  });
  it('is not there at all', async () => {
    await server.close();
    await expect(download()).rejects.toMatchObject({ code: 'source-unreachable' });
    server = await startModelServer();
  });
  it('on which nothing more comes is dropped after a while', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let asked = 0;
    host = {
      ...host,
      async fetch(_, { signal }) {
        asked++;
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            if (asked > 1) return controller.close();
            controller.enqueue(BYTES.slice(0, 1000));
            signal?.addEventListener('abort', () => controller.error(signal.reason));
          },
        });
        const headers = { 'content-range': 'bytes 0-1999/2000' };
        return asked === 1
          ? new Response(body, { status: 206, headers })
          : new Response(null, { status: 404 });
      },
    };
    const stalled = download();
    const failed = expect(stalled).rejects.toMatchObject({ details: { status: 404 } });
    await vi.advanceTimersByTimeAsync(44_900);
    expect(events).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    await failed;
    expect(events).toEqual(['wait 0.5: nothing came for a while']);
    expect(here()).toHaveLength(1000);
  });
});

describe('a server that knows no ranges', () => {
  it('sends the whole again, which is told', async () => {
    server.alwaysMisbehave('a.gguf', { refusesRanges: true });
    server.misbehave('a.gguf', { refusesRanges: true, dropsAfter: 100_000 });
    await expectWhole();
    expect(events).toEqual(['wait 0.5: the line dropped', 'restart']);
  });
  it('and drops the line ends in an error, not in a circle', async () => {
    server.alwaysMisbehave('a.gguf', { refusesRanges: true, dropsAfter: 200_000 });
    await expect(download()).rejects.toMatchObject({
      code: 'source-unreachable',
      message: expect.stringContaining('does not let a download go on where it stopped'),
    });
    expect(server.requests).toHaveLength(5);
  });
  it('and gives others than asked for does no harm', async () => {
    store.put('m', 'a.gguf', BYTES.slice(0, 1000));
    server.alwaysMisbehave('a.gguf', { givesWrongRange: true });
    await expectWhole({ sha256: sha256(BYTES) });
    expect(ranges()).toEqual(['bytes=1000-', 'bytes=0-', null]);
  });
  it('but only short ones is asked for one after another', async () => {
    server.alwaysMisbehave('a.gguf', { longestRange: 80_000 });
    await expectWhole();
    server.alwaysMisbehave('a.gguf', { longestRange: 80_000, hides: ['content-range'] });
    store.put('m', 'a.gguf', '');
    await expectWhole({ bytes: 300_000 });
  });
});

describe('headers that another origin may not see', () => {
  it('do not hinder a download, nor its going on', async () => {
    const hides = ['etag', 'content-range'];
    server.misbehave('a.gguf', { hides, dropsAfter: 100_000 });
    server.alwaysMisbehave('a.gguf', { hides });
    await expectWhole();
    expect(ranges()).toEqual(['bytes=0-', 'bytes=100000-']);
  });
  it('and no length either: the end is the end', async () => {
    server.alwaysMisbehave('a.gguf', {
      hides: ['etag', 'content-range', 'content-length'],
      saysLength: null,
    });
    await expectWhole();
  });
});

describe('a server that refuses', () => {
  it.each([
    [404, 'source-unreachable'],
    [410, 'source-unreachable'],
    [401, 'source-forbidden'],
    [403, 'source-forbidden'],
  ])('with %i is not asked again', async (status, code) => {
    server.alwaysMisbehave('a.gguf', { status });
    await expect(download()).rejects.toMatchObject({ code, details: { status } });
    expect(server.requests).toHaveLength(1);
  });
  it.each([500, 502, 503, 408])('with %i is asked again', async (status) => {
    server.misbehave('a.gguf', { status }, { status });
    await expectWhole();
    expect(events).toEqual([
      `wait 0.5: the server answered ${status}`,
      `wait 1: the server answered ${status}`,
    ]);
  });
  it('for ever is given up with its answer', async () => {
    server.alwaysMisbehave('a.gguf', { status: 503 });
    await expect(download()).rejects.toMatchObject({
      code: 'source-unreachable',
      details: { status: 503 },
    });
    server.alwaysMisbehave('a.gguf', { status: 429, retryAfter: '0' });
    server.forget();
    await expect(download()).rejects.toMatchObject({ code: 'source-busy' });
    expect(server.requests).toHaveLength(6);
  });
  it('for some seconds is waited for, as it asks', async () => {
    server.misbehave('a.gguf', { dropsAfter: 90_000 }, { status: 429, retryAfter: '30' });
    await expectWhole();
    expect(events).toEqual(['wait 0.5: the line dropped', 'wait 30: the server answered 429']);
    expect(host.waits).toEqual([500, 30_000]);
  });
  it('until a date is waited for', async () => {
    const date = new Date(Date.now() + 20_000).toUTCString();
    server.misbehave('a.gguf', { status: 503, retryAfter: date });
    await expectWhole();
    expect(host.waits[0]).toBeGreaterThan(10_000);
    expect(host.waits[0]).toBeLessThan(21_000);
  });
  it('for longer than one waits says for how long', async () => {
    server.misbehave('a.gguf', { status: 429, retryAfter: '1500' });
    await expect(download()).rejects.toMatchObject({
      code: 'source-busy',
      message: 'a.gguf: the server asks to wait 25 minutes.',
      details: { seconds: 1500 },
    });
    expect(server.requests).toHaveLength(1);
  });
  it('keeps what has arrived', async () => {
    server.misbehave('a.gguf', { dropsAfter: 90_000 }, { status: 403 });
    await expect(download()).rejects.toMatchObject({ code: 'source-forbidden' });
    expect(here()).toEqual(BYTES.slice(0, 90_000));
  });
});

describe('a page instead of a file', () => {
  const page = '<html>Welcome to our network</html>';
  it('is not taken for the file', async () => {
    server.alwaysMisbehave('a.gguf', { page });
    await expect(download()).rejects.toMatchObject({
      code: 'source-unreachable',
      details: { isPage: true },
    });
    expect(server.requests).toHaveLength(1);
    expect(here()).toHaveLength(0);
  });
  it('in the middle, as a network sends that wants a login, costs nothing of what is here', async () => {
    server.misbehave('a.gguf', { dropsAfter: 200_000 }, { page }, { page });
    await expectWhole();
    expect(ranges().at(-1)).toBe('bytes=200000-');
    expect(events).not.toContain('restart');
  });
});

describe('a file that changes', () => {
  it('between two parts begins anew and is one version only', async () => {
    server.misbehave('a.gguf', { dropsAfter: 100_000 });
    host = { ...host, wait: async () => server.put('a.gguf', OTHER) };
    await expectWhole({}, OTHER);
    expect(events).toContain('restart');
  });
  it('and its length, without a tag, begins anew', async () => {
    const longer = createBytes(310_000, 4);
    server.misbehave('a.gguf', { dropsAfter: 100_000, hides: ['etag'] });
    server.alwaysMisbehave('a.gguf', { hides: ['etag'] });
    host = { ...host, wait: async () => server.put('a.gguf', longer) };
    await expectWhole({}, longer);
  });
  it('to a longer one, of which nobody says how long it is, begins anew', async () => {
    const longer = createBytes(310_000, 4);
    server.misbehave('a.gguf', { dropsAfter: 100_000 });
    server.alwaysMisbehave('a.gguf', { refusesRanges: true, saysLength: null });
    host = { ...host, wait: async () => server.put('a.gguf', longer) };
    await expectWhole({}, longer);
  });
  it('since an earlier session begins anew', async () => {
    store.put('m', 'a.gguf', OTHER.slice(0, 50_000));
    await expectWhole({ etag: '"older"', seenBytes: 290_000 });
    expect(ranges()).toEqual(['bytes=50000-', 'bytes=0-']);
  });
  it('all the time ends in an error', async () => {
    let version = 10;
    server.alwaysMisbehave('a.gguf', { dropsAfter: 100_000 });
    host = { ...host, wait: async () => server.put('a.gguf', createBytes(300_000, version++)) };
    await expect(download()).rejects.toMatchObject({
      code: 'source-unreachable',
      message: expect.stringContaining('changes the file meanwhile'),
    });
  });
  it('is refused when it is not what was announced: its size', async () => {
    await expect(download({ bytes: 299_999 })).rejects.toMatchObject({
      code: 'source-changed',
      details: { received: 300_000, wanted: 299_999 },
    });
    expect(here()).toHaveLength(0);
  });
  it('is refused when it is not what was announced: more comes, and no more is written', async () => {
    server.alwaysMisbehave('a.gguf', {
      refusesRanges: true,
      saysLength: null,
      bytesPerTick: 1000,
      tickMs: 1,
    });
    await expect(download({ bytes: 5_500 })).rejects.toMatchObject({
      code: 'source-changed',
      message: expect.stringContaining('more bytes came than the 5500'),
    });
    expect(here().byteLength).toBeLessThanOrEqual(5_500);
  });
  it('is refused when it is not what was announced: its hash', async () => {
    await expect(download({ sha256: sha256(OTHER) })).rejects.toMatchObject({
      code: 'source-changed',
      message: expect.stringMatching(/arrived damaged: its SHA-256 is [0-9a-f]{12}…, not/),
    });
  });
  it('is refused when parts of two versions do not make the announced one', async () => {
    store.put('m', 'a.gguf', OTHER.slice(0, 100_000));
    await expect(download({ sha256: sha256(BYTES) })).rejects.toMatchObject({
      code: 'source-changed',
    });
  });
});

describe('a length that is a lie', () => {
  it('too large: the line seems to drop, until it is given up', async () => {
    server.alwaysMisbehave('a.gguf', { refusesRanges: true, saysLength: 400_000 });
    await expect(download()).rejects.toMatchObject({ code: 'source-unreachable' });
    expect(server.requests.length).toBeLessThan(10);
  });
  it('too small: what was announced is what counts', async () => {
    server.alwaysMisbehave('a.gguf', { refusesRanges: true, saysLength: 200_000 });
    await expect(download({ bytes: 300_000 })).rejects.toMatchObject({ code: 'source-changed' });
  });
});

describe('a cancelled download', () => {
  it('before it begins asks nobody', async () => {
    await expect(download({}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(server.requests).toHaveLength(0);
  });
  it('while nobody answers, and while it waits, is cancelled at once', async () => {
    server.misbehave('a.gguf', { stallsAfter: -1 });
    await expect(download({}, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      code: 'cancelled',
    });
    server.misbehave('a.gguf', { status: 503 });
    const controller = new AbortController();
    host = {
      ...host,
      wait: (_, signal) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
          controller.abort('any reason at all');
        }),
    };
    await expect(download({}, { signal: controller.signal })).rejects.toBeInstanceOf(
      HeadlightError,
    );
  });
  it.each([1, 100_000, 299_999])(
    'after byte %i leaves a beginning to go on with',
    async (enough) => {
      server.alwaysMisbehave('a.gguf', { bytesPerTick: 30_000, tickMs: 1 });
      const controller = new AbortController();
      const stopped = download(
        {},
        { signal: controller.signal, onBytes: (done) => done >= enough && controller.abort() },
      );
      await stopped.catch((thrown) => expect(thrown).toMatchObject({ code: 'cancelled' }));
      expect(here()).toEqual(BYTES.slice(0, here().byteLength));
      await expectWhole({ etag: learnt[0].etag, seenBytes: learnt[0].bytes });
    },
  );
});

describe('a store without room', () => {
  it('ends the download, keeps what is there, and lets the line go', async () => {
    store.quota = 120_000;
    server.alwaysMisbehave('a.gguf', { bytesPerTick: 10_000, tickMs: 1 });
    await expect(download()).rejects.toMatchObject({ code: 'storage-full' });
    expect(here()).toEqual(BYTES.slice(0, here().byteLength));
    store.quota = null;
    await expectWhole({ etag: learnt[0].etag, seenBytes: learnt[0].bytes });
    expect(server.requests).toHaveLength(2);
  });
});

describe('a token', () => {
  it('is sent with every request, and not by itself', async () => {
    server.misbehave('a.gguf', { dropsAfter: 100_000 });
    await download({}, { token: 'secret' });
    expect(server.requests.map(({ authorization }) => authorization)).toEqual([
      'Bearer secret',
      'Bearer secret',
    ]);
    server.forget();
    store.put('m', 'a.gguf', '');
    await download();
    expect(server.requests[0].authorization).toBeNull();
  });
  it('does not follow a redirect to another host', async () => {
    server.putRepo('o/n', { files: { 'a.gguf': BYTES }, token: 'secret', redirects: true });
    const url = `${server.url}/o/n/resolve/main/a.gguf`;
    await download({ url, sha256: sha256(BYTES) }, { token: 'secret' });
    const seen = server.requests.map(({ isOtherHost, authorization, range }) => ({
      isOtherHost,
      authorization,
      range,
    }));
    expect(seen).toEqual([
      { isOtherHost: false, authorization: 'Bearer secret', range: 'bytes=0-' },
      { isOtherHost: true, authorization: null, range: 'bytes=0-' },
    ]);
  });
  it('that is missing is said to be so', async () => {
    server.putRepo('o/n', { files: { 'a.gguf': BYTES }, token: 'secret' });
    const url = `${server.url}/o/n/resolve/main/a.gguf`;
    await expect(download({ url })).rejects.toMatchObject({ code: 'source-forbidden' });
  });
});

describe('a server of many moods', () => {
  it('gives the exact bytes or a clear error, after a bounded number of requests', async () => {
    const { assert, asyncProperty, array, constant, integer, oneof, record } = await import(
      'fast-check'
    );
    const moods = oneof(
      record({ dropsAfter: integer({ min: 0, max: 20_000 }) }),
      record({ dropsAfter: integer({ min: 0, max: 20_000 }), refusesRanges: constant(true) }),
      record({ status: oneof(...[429, 500, 503, 408, 403, 404].map((each) => constant(each))) }),
      record({ status: constant(429), retryAfter: oneof(constant('0'), constant('3')) }),
      constant<Misbehaviour>({ givesWrongRange: true }),
      constant<Misbehaviour>({ hides: ['content-range'], dropsAfter: 10_000 }),
      constant<Misbehaviour>({ page: '<html>hello</html>' }),
      constant<Misbehaviour & { changes: true }>({ dropsAfter: 15_000, changes: true }),
      constant<Misbehaviour>({ gzips: true, refusesRanges: true }),
    );
    await assert(
      asyncProperty(array(moods, { maxLength: 12 }), async (answers: readonly Misbehaviour[]) => {
        const versions = [createBytes(20_000, 1), createBytes(20_000, 2), createBytes(20_000, 3)];
        let version = 0;
        const local = await startModelServer({ files: { 'a.gguf': versions[0] } });
        try {
          local.misbehave('a.gguf', ...answers);
          store = createMemoryStore();
          host = {
            ...createTestHost(store),
            async wait() {
              const last = answers[local.requests.length - 1] as { changes?: true } | undefined;
              if (last?.changes && version < 2) local.put('a.gguf', versions[++version]);
            },
          };
          const result = await download({ url: `${local.url}/a.gguf` }).catch(
            (thrown: unknown) => thrown,
          );
          expect(local.requests.length).toBeLessThan(40);
          if (result instanceof Error) {
            expect(result).toBeInstanceOf(HeadlightError);
            expect((result as HeadlightError).code).toMatch(/^source-/);
          } else {
            expect(versions.map(sha256)).toContain(sha256(here()));
            expect(result).toMatchObject({ sha256: sha256(here()) });
          }
        } finally {
          await local.close();
        }
      }),
      { numRuns: 60 },
    );
  });
});
