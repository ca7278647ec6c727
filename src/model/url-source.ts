import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import type { ByteSource } from './byte-source.ts';
import { createBlobSource, truncatedError } from './memory-source.ts';

/** A range answer says the whole file's size: "bytes 0-99/1234". */
function totalOf(response: Response): number | null {
  const total = response.headers.get('content-range')?.match(/\/(\d+)\s*$/)?.[1];
  return total === undefined ? null : Number(total);
}

/** Anything that goes wrong on the way as `source-unreachable`; memory and cancelling keep their codes. */
function unreachable(name: string, error: unknown): HeadlightError {
  const known = toHeadlightError(error);
  if (known.code !== 'unexpected') return known;
  const message = `${name} could not be read: ${known.message}`;
  return new HeadlightError('source-unreachable', message, { name, status: null }, error);
}

/** What a server's refusal means. */
export function refusedError(name: string, response: Response): HeadlightError {
  const { status } = response;
  const answer = `${name} could not be read: the server answered ${status} ${response.statusText}`;
  if (status === 401 || status === 403) {
    return new HeadlightError('source-forbidden', `${answer.trim()}.`, { name, status });
  }
  if (status === 429) {
    return new HeadlightError('source-busy', `${answer.trim()}: too many requests.`, {
      name,
      status,
    });
  }
  return new HeadlightError('source-unreachable', answer.trim(), { name, status });
}

/** A page for people came instead of a file: a login, or a site that answers every address. */
export function pageError(name: string): HeadlightError {
  const message = `${name} could not be read: the server answered with a web page.`;
  return new HeadlightError('source-unreachable', message, { name, isPage: true });
}

const isPage = ({ headers }: Response): boolean =>
  /^text\/html\b/i.test(headers.get('content-type') ?? '');

/** Headers of a request: for a range of the file, and for a login where the person gave a token. */
export function toHeaders(range: string | null, token: string | undefined): HeadersInit {
  return {
    ...(range === null ? {} : { Range: `bytes=${range}` }),
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
  };
}

/** Fetches a range, or the whole file, and takes its body with `take`. */
async function request<T>(
  url: string,
  name: string,
  range: string | null,
  token: string | undefined,
  signal: AbortSignal | undefined,
  take: (response: Response) => Promise<T>,
): Promise<T> {
  try {
    const headers = toHeaders(range, token);
    const response = await fetch(url, { headers, ...(signal ? { signal } : {}) });
    // An empty file has no byte to give: 416 is an answer too.
    if (!response.ok && !(range === '0-0' && response.status === 416)) {
      throw refusedError(name, response);
    }
    if (response.ok && isPage(response)) {
      await response.body?.cancel();
      throw pageError(name);
    }
    return await take(response);
  } catch (error) {
    throw unreachable(name, error);
  }
}

/** A file whose parts a server gives. */
function createRangeSource(
  url: string,
  name: string,
  size: number,
  token: string | undefined,
): ByteSource {
  return {
    name,
    size,
    async read(offset, length, readSignal) {
      if (offset + length > size) throw truncatedError(name, offset + length, size);
      if (length === 0) return new Uint8Array(0);
      const range = `${offset}-${offset + length - 1}`;
      return request(url, name, range, token, readSignal, async (response) => {
        const bytes = new Uint8Array(await response.arrayBuffer());
        if (response.status !== 206 || bytes.byteLength !== length) {
          throw new HeadlightError(
            'source-unreachable',
            `${name}: the server sent ${bytes.byteLength} bytes where ${length} were asked for.`,
            { name, received: bytes.byteLength, wanted: length },
          );
        }
        return bytes;
      });
    },
    async close() {},
  };
}

/** Small files are fetched whole where there is no other way, bytes. */
const SMALL = 64 << 20;
/** Files beside the weights, which servers may send without saying how long they are. */
const isText = (name: string): boolean => /\.(json|jinja|txt|model)$/i.test(name);

/** The size of a file whose total is hidden: an answer from its first byte on is as long as the whole. */
async function measureWhole(
  url: string,
  name: string,
  token: string | undefined,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  return request(url, name, '0-', token, signal, async (response) => {
    await response.body?.cancel();
    const length = response.headers.get('content-length');
    return response.status === 206 && length !== null ? Number(length) : null;
  });
}

/**
 * A file on a server, of which parts can be read; null when the server gives only the whole of a large
 * file. Rejects with `source-*` codes.
 */
export async function openRangeSource(
  url: string,
  name: string,
  token?: string,
  signal?: AbortSignal,
): Promise<ByteSource | null> {
  const first = await request(url, name, '0-0', token, signal, async (response) => {
    if (response.status === 200) {
      const length = Number(response.headers.get('content-length') ?? Number.NaN);
      if (length <= SMALL || isText(name)) return response.blob();
      await response.body?.cancel();
      return null;
    }
    await response.arrayBuffer();
    if (response.status === 416) return totalOf(response);
    return response.status !== 206
      ? null
      : (totalOf(response) ?? measureWhole(url, name, token, signal));
  });
  if (first instanceof Blob) return createBlobSource(name, first);
  return first === null ? null : createRangeSource(url, name, first, token);
}

/**
 * A file on a server. Read by ranges; where the server refuses them or does not say how large the file
 * is, it is fetched whole once, and the browser then holds it outside this program's memory.
 */
export async function openUrlSource(
  url: string,
  name: string,
  token?: string,
  signal?: AbortSignal,
): Promise<ByteSource> {
  const byRange = await openRangeSource(url, name, token, signal);
  if (byRange !== null) return byRange;
  const whole = await request(url, name, null, token, signal, (response) => response.blob());
  return createBlobSource(name, whole);
}
