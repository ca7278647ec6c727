import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openFileSource } from '../batch/file-source.ts';
import type { ByteSource } from './byte-source.ts';
import { createBlobSource, createMemorySource } from './memory-source.ts';
import { openUrlSource } from './url-source.ts';

const BYTES = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** A server on this machine; says what it was asked for. */
async function serve(answer: Answer): Promise<{ url: string; ranges: string[] }> {
  const ranges: string[] = [];
  server = createServer((request, response) => {
    ranges.push(request.headers.range ?? 'all');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/a.gguf`, ranges };
}

/** Answers ranges as servers do; `total` is what it says of the file's size. */
const withRanges =
  (total: string = String(BYTES.length)): Answer =>
  (request, response) => {
    const [, from, to] = request.headers.range?.match(/^bytes=(\d+)-(\d+)$/) ?? [];
    if (from === undefined) {
      response.end(BYTES);
      return;
    }
    const range = `bytes ${from}-${to}/${total}`;
    response.writeHead(206, { 'content-range': range });
    response.end(BYTES.subarray(Number(from), Number(to) + 1));
  };

/** What every source must do, wherever its bytes are. */
async function expectSource(source: ByteSource): Promise<void> {
  expect(source.size).toBe(1000);
  expect(await source.read(0, 4)).toEqual(BYTES.slice(0, 4));
  expect(await source.read(990, 10)).toEqual(BYTES.slice(990));
  expect(await source.read(500, 0)).toEqual(new Uint8Array(0));
  expect(await source.read(1000, 0)).toEqual(new Uint8Array(0));
  for (const [offset, length] of [
    [990, 11],
    [1001, 1],
    [0, 5000],
  ]) {
    await expect(source.read(offset, length)).rejects.toMatchObject({
      code: 'file-truncated',
      details: { size: 1000, wanted: offset + length },
    });
  }
  await source.close();
}

describe('a source of bytes', () => {
  it('in memory', () => expectSource(createMemorySource('a', BYTES)));
  it('that the browser holds', () => expectSource(createBlobSource('a', new Blob([BYTES]))));
  it('on disk', async () => {
    const file = await openFileSource('package.json');
    expect(new TextDecoder().decode(await file.read(0, 1))).toBe('{');
    await expect(file.read(0, file.size + 1)).rejects.toMatchObject({ code: 'file-truncated' });
    await file.close();
  });
  it('on a server that knows ranges, read piece by piece', async () => {
    const { url, ranges } = await serve(withRanges());
    await expectSource(await openUrlSource(url, 'a.gguf'));
    expect(ranges).toEqual(['bytes=0-0', 'bytes=0-3', 'bytes=990-999']);
  });
  it('on a server that sends the whole file whatever is asked, fetched once', async () => {
    const { url, ranges } = await serve((_, response) => response.end(BYTES));
    await expectSource(await openUrlSource(url, 'a.gguf'));
    expect(ranges).toHaveLength(1);
  });
  it('on a server that does not say how large the file is, fetched whole', async () => {
    const { url, ranges } = await serve(withRanges('*'));
    await expectSource(await openUrlSource(url, 'a.gguf'));
    expect(ranges).toEqual(['bytes=0-0', 'bytes=0-', 'all']);
  });
  it('on a server that hides the size from other origins, read piece by piece all the same', async () => {
    const { url, ranges } = await serve((request, response) => {
      const [, from, to] = request.headers.range?.match(/^bytes=(\d+)-(\d*)$/) ?? [];
      const part = BYTES.subarray(Number(from), to ? Number(to) + 1 : undefined);
      response.writeHead(206, { 'content-length': part.length }).end(part);
    });
    await expectSource(await openUrlSource(url, 'a.gguf'));
    expect(ranges).toEqual(['bytes=0-0', 'bytes=0-', 'bytes=0-3', 'bytes=990-999']);
  });
  it('that is a web page is no file', async () => {
    const { url } = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    );
    await expect(openUrlSource(url, 'a.gguf')).rejects.toMatchObject({
      code: 'source-unreachable',
      message: 'a.gguf could not be read: the server answered with a web page.',
    });
  });
  it('that is empty, where a server has no byte to give', async () => {
    const { url } = await serve((request, response) => {
      if (request.headers.range) response.writeHead(416, { 'content-range': 'bytes */0' });
      response.end();
    });
    const source = await openUrlSource(url, 'a.gguf');
    expect(source.size).toBe(0);
    await expect(source.read(0, 1)).rejects.toMatchObject({ code: 'file-truncated' });
  });
});

describe('a file that cannot be fetched', () => {
  it.each([
    [404, 'source-unreachable'],
    [403, 'source-forbidden'],
    [429, 'source-busy'],
    [500, 'source-unreachable'],
  ])('is said to be so with the answer %i', async (status, code) => {
    const { url } = await serve((_, response) => response.writeHead(status).end('no'));
    await expect(openUrlSource(url, 'a.gguf')).rejects.toMatchObject({
      code,
      message: expect.stringContaining(`a.gguf could not be read: the server answered ${status}`),
      details: { status },
    });
  });
  it('is said to be so when nobody answers', async () => {
    const { url } = await serve((_, response) => response.end());
    server?.close();
    server?.closeAllConnections();
    await expect(openUrlSource(url, 'a.gguf')).rejects.toMatchObject({
      code: 'source-unreachable',
    });
  });
  it('is said to be so when the answer breaks off', async () => {
    let answers = 0;
    const { url } = await serve((request, response) => {
      if (answers++ === 0) return withRanges()(request, response);
      response.writeHead(206, { 'content-length': '100' });
      response.write(BYTES.subarray(0, 10));
      setTimeout(() => response.destroy(), 20);
    });
    const source = await openUrlSource(url, 'a.gguf');
    await expect(source.read(0, 100)).rejects.toMatchObject({ code: 'source-unreachable' });
  });
  it('is said to be so when a server sends other bytes than were asked for', async () => {
    let answers = 0;
    const { url } = await serve((request, response) => {
      if (answers++ === 0) withRanges()(request, response);
      else response.writeHead(206).end(BYTES.subarray(0, 7));
    });
    const source = await openUrlSource(url, 'a.gguf');
    await expect(source.read(0, 100)).rejects.toMatchObject({
      code: 'source-unreachable',
      details: { received: 7, wanted: 100 },
    });
  });
});

describe('a read that is cancelled', () => {
  it('rejects as such, before and while it goes on', async () => {
    const { url } = await serve((request, response) => {
      if (request.headers.range === 'bytes=0-0') withRanges()(request, response);
    });
    await expect(
      openUrlSource(url, 'a.gguf', undefined, AbortSignal.abort()),
    ).rejects.toMatchObject({
      code: 'cancelled',
    });
    const source = await openUrlSource(url, 'a.gguf');
    const controller = new AbortController();
    const read = source.read(0, 100, controller.signal);
    controller.abort();
    await expect(read).rejects.toMatchObject({ code: 'cancelled' });
  });
});
