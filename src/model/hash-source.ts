import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ByteSource } from './byte-source.ts';

/** Bytes that are read and hashed at once. */
const PIECE = 4 << 20;
/** Up to this size a whole file is given to the browser's own hash, which works beside this thread. */
const WHOLE = 128 << 20;

/** A SHA-256 that is fed piece by piece: the browser's own takes whole files only. */
export interface RunningHash {
  add(bytes: Uint8Array): void;
  /** Hex; nothing can be added afterwards. */
  finish(): string;
}

export function createHash(): RunningHash {
  const hash = sha256.create();
  return {
    add: (bytes) => void hash.update(bytes),
    finish: () => bytesToHex(hash.digest()),
  };
}

/**
 * Feeds the first `length` bytes of a source to a hash, piece by piece, letting others work in between.
 * Rejects as the source's `read` does.
 */
export async function addSource(
  hash: RunningHash,
  source: Pick<ByteSource, 'read'>,
  length: number,
  signal?: AbortSignal,
): Promise<void> {
  for (let at = 0; at < length; at += PIECE) {
    signal?.throwIfAborted();
    hash.add(await source.read(at, Math.min(PIECE, length - at), signal));
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** Hex SHA-256 of a whole source. */
export async function hashSource(source: ByteSource, signal?: AbortSignal): Promise<string> {
  if (source.size <= WHOLE) {
    const bytes = await source.read(0, source.size, signal);
    return bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  }
  const hash = createHash();
  await addSource(hash, source, source.size, signal);
  return hash.finish();
}

/** One hash for a model: of its only file, or of its files' hex hashes one after another. */
export function joinHashes(hashes: readonly string[]): string {
  if (hashes.length === 1) return hashes[0];
  const hash = createHash();
  hash.add(new TextEncoder().encode(hashes.join('')));
  return hash.finish();
}
