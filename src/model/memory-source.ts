import { HeadlightError } from '../lib/headlight-error.ts';
import type { ByteSource } from './byte-source.ts';

/** The error of every source that ends too early. */
export function truncatedError(name: string, end: number, size: number): HeadlightError {
  return new HeadlightError(
    'file-truncated',
    `${name} ends at byte ${size}, but its contents go on to byte ${end}: the file is cut short.`,
    { name, size, wanted: end },
  );
}

/** Bytes that are in memory already. */
export function createMemorySource(name: string, bytes: Uint8Array<ArrayBuffer>): ByteSource {
  return {
    name,
    size: bytes.byteLength,
    isInMemory: true,
    async read(offset, length) {
      if (offset + length > bytes.byteLength) {
        throw truncatedError(name, offset + length, bytes.byteLength);
      }
      return bytes.subarray(offset, offset + length);
    },
    async close() {},
  };
}

/** A file that the browser holds (dropped, picked, or downloaded whole); read piece by piece. */
export function createBlobSource(name: string, blob: Blob): ByteSource {
  return {
    name,
    size: blob.size,
    async read(offset, length) {
      if (offset + length > blob.size) throw truncatedError(name, offset + length, blob.size);
      return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
    },
    async close() {},
  };
}
