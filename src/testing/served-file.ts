import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** A file on the server, in its version of now. */
export interface ServedFile {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly type: string;
}

/** How one request is answered where it is not as well as it could be. */
export interface Misbehaviour {
  /** A refusal: 403, 404, 416, 429, 500, 503 … */
  readonly status?: number;
  /** Beside a refusal: seconds or a date. */
  readonly retryAfter?: string;
  /** The line is cut after so many bytes of the body. */
  readonly dropsAfter?: number;
  /** Nothing more comes after so many bytes, and the line stays; before the answer with -1. */
  readonly stallsAfter?: number;
  /** Pieces of so many bytes, one every `tickMs` (10 unless told). */
  readonly bytesPerTick?: number;
  readonly tickMs?: number;
  /** 200 with the whole file, whatever range was asked for. */
  readonly refusesRanges?: boolean;
  /** 206 that begins elsewhere than asked. */
  readonly givesWrongRange?: boolean;
  /** At most so many bytes are given of a range. */
  readonly longestRange?: number;
  /** Headers that do not reach the asker, as those that another origin must not see. */
  readonly hides?: readonly string[];
  /** Content-Length says so; null leaves it out. */
  readonly saysLength?: number | null;
  /** The body is compressed, and so is its length. */
  readonly gzips?: boolean;
  /** A page for people with 200. */
  readonly page?: string;
  /** No Access-Control-Allow-Origin: browsers show nothing of the answer. */
  readonly forbidsOthers?: boolean;
}

/** The ETag that the server gives to bytes. */
export function tagOf(bytes: Uint8Array): string {
  return `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`;
}

interface Part {
  readonly status: number;
  readonly from: number;
  readonly to: number;
}

function choosePart(file: ServedFile, range: string | undefined, how: Misbehaviour): Part {
  const size = file.bytes.byteLength;
  const [, first, last] = range?.match(/^bytes=(\d+)-(\d*)$/) ?? [];
  if (first === undefined || how.refusesRanges) return { status: 200, from: 0, to: size };
  const from = Number(first) + (how.givesWrongRange ? 1 : 0);
  if (from >= size) return { status: 416, from: 0, to: 0 };
  const end = last === '' ? size : Math.min(size, Number(last) + 1);
  return { status: 206, from, to: Math.min(end, from + (how.longestRange ?? size)) };
}

function toHeaders(file: ServedFile, part: Part, body: Uint8Array, how: Misbehaviour) {
  const size = file.bytes.byteLength;
  const said = how.saysLength === undefined ? body.byteLength : how.saysLength;
  const headers: Record<string, string> = {
    'content-type': file.type,
    'accept-ranges': how.refusesRanges ? 'none' : 'bytes',
    etag: file.etag,
    ...(said === null ? {} : { 'content-length': String(said) }),
    ...(how.gzips ? { 'content-encoding': 'gzip' } : {}),
    ...(part.status === 206
      ? { 'content-range': `bytes ${part.from}-${part.to - 1}/${size}` }
      : {}),
    ...(part.status === 416 ? { 'content-range': `bytes */${size}` } : {}),
  };
  for (const name of how.hides ?? []) delete headers[name.toLowerCase()];
  return headers;
}

/** Answers a request for a file, as well or as badly as told. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: ServedFile,
  how: Misbehaviour,
): Promise<void> {
  if (how.status !== undefined) {
    const retry = how.retryAfter === undefined ? {} : { 'retry-after': how.retryAfter };
    response.writeHead(how.status, { 'content-type': 'text/plain', ...retry }).end('no');
    return;
  }
  if (how.page !== undefined) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(how.page);
    return;
  }
  if (how.stallsAfter === -1) return;
  const part = choosePart(file, request.headers.range, how);
  const plain = file.bytes.subarray(part.from, part.to);
  const body = how.gzips ? gzipSync(plain) : plain;
  response.writeHead(part.status, toHeaders(file, part, body, how));
  response.flushHeaders();
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const end = Math.min(body.byteLength, how.dropsAfter ?? Infinity, how.stallsAfter ?? Infinity);
  const step = how.bytesPerTick ?? Math.max(1, end);
  for (let at = 0; at < end; at += step) {
    if (response.destroyed) return;
    response.write(body.subarray(at, Math.min(end, at + step)));
    if (how.bytesPerTick !== undefined)
      await new Promise((resolve) => setTimeout(resolve, how.tickMs ?? 10));
  }
  if (how.stallsAfter !== undefined) return;
  const isCut = how.dropsAfter !== undefined && how.dropsAfter < body.byteLength;
  const isShort = typeof how.saysLength === 'number' && how.saysLength > body.byteLength;
  // What was written must have left before the line is cut, or the asker gets none of it.
  if (isCut || isShort) setTimeout(() => response.destroy(), 25);
  else response.end();
}
