import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import type { ByteSource } from './byte-source.ts';
import { createBlobSource, truncatedError } from './memory-source.ts';

/** A range answer says the whole file's size: "bytes 0-99/1234". */
function totalOf(response: Response): number | null {
  const total = response.headers.get('content-range')?.match(/\/(\d+)\s*$/)?.[1];
  return total === undefined ? null : Number(total);
}

async function request(
  url: string,
  name: string,
  range: string,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    const response = await fetch(url, {
      headers: { Range: `bytes=${range}` },
      ...(signal ? { signal } : {}),
    });
    if (!response.ok) {
      throw new HeadlightError(
        'source-unreachable',
        `${name} could not be read: the server answered ${response.status} ${response.statusText}`.trim(),
        { name, status: response.status },
      );
    }
    return response;
  } catch (error) {
    const known = toHeadlightError(error);
    if (known.code !== 'unexpected') throw known;
    throw new HeadlightError(
      'source-unreachable',
      `${name} could not be read: ${known.message}`,
      { name, status: null },
      error,
    );
  }
}

/**
 * A file on a server. Read by ranges; a server that refuses them sends the whole file once, which the
 * browser then holds outside this program's memory.
 */
export async function openUrlSource(
  url: string,
  name: string,
  signal?: AbortSignal,
): Promise<ByteSource> {
  const first = await request(url, name, '0-0', signal);
  const size = first.status === 206 ? totalOf(first) : null;
  if (size === null) return createBlobSource(name, await first.blob());
  await first.arrayBuffer();
  return {
    name,
    size,
    async read(offset, length, readSignal) {
      if (length === 0) return new Uint8Array(0);
      if (offset + length > size) throw truncatedError(name, offset + length, size);
      const response = await request(url, name, `${offset}-${offset + length - 1}`, readSignal);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (response.status !== 206 || bytes.byteLength !== length) {
        throw new HeadlightError(
          'source-unreachable',
          `${name}: the server sent ${bytes.byteLength} bytes where ${length} were asked for.`,
          { name, received: bytes.byteLength, wanted: length },
        );
      }
      return bytes;
    },
    async close() {},
  };
}
