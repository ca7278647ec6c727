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

/** Fetches a range, or the whole file, and takes its body with `take`. */
async function request<T>(
  url: string,
  name: string,
  range: string | null,
  signal: AbortSignal | undefined,
  take: (response: Response) => Promise<T>,
): Promise<T> {
  try {
    const response = await fetch(url, {
      ...(range === null ? {} : { headers: { Range: `bytes=${range}` } }),
      ...(signal ? { signal } : {}),
    });
    // An empty file has no byte to give: 416 is an answer too.
    if (!response.ok && !(range === '0-0' && response.status === 416)) {
      throw new HeadlightError(
        'source-unreachable',
        `${name} could not be read: the server answered ${response.status} ${response.statusText}`.trim(),
        { name, status: response.status },
      );
    }
    return await take(response);
  } catch (error) {
    throw unreachable(name, error);
  }
}

/**
 * A file on a server. Read by ranges; where the server refuses them or does not say how large the file
 * is, it is fetched whole once, and the browser then holds it outside this program's memory.
 */
export async function openUrlSource(
  url: string,
  name: string,
  signal?: AbortSignal,
): Promise<ByteSource> {
  const first = await request(url, name, '0-0', signal, async (response) => {
    if (response.status === 200) return response.blob();
    await response.arrayBuffer();
    return response.status === 206 ? totalOf(response) : null;
  });
  if (first instanceof Blob) return createBlobSource(name, first);
  if (first === null) {
    const whole = await request(url, name, null, signal, (response) => response.blob());
    return createBlobSource(name, whole);
  }
  const size = first;
  return {
    name,
    size,
    async read(offset, length, readSignal) {
      if (offset + length > size) throw truncatedError(name, offset + length, size);
      if (length === 0) return new Uint8Array(0);
      const range = `${offset}-${offset + length - 1}`;
      return request(url, name, range, readSignal, async (response) => {
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
