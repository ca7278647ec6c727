import { HeadlightError } from '../lib/headlight-error.ts';
import { createHash } from '../model/hash-source.ts';
import type { DownloadedFile } from './download-file.ts';
import type { WritableFile } from './file-store.ts';

/** Bytes that are copied at once. */
const PIECE = 4 << 20;

/**
 * Copies a file from disk into `into`, always from its first byte: nothing says whether it is still the
 * file of an earlier attempt. Rejects with `source-unreachable` when it can no longer be read.
 */
export async function copyFile(
  name: string,
  blob: Blob,
  into: WritableFile,
  onBytes: (doneBytes: number, totalBytes: number) => void,
  signal?: AbortSignal,
): Promise<DownloadedFile> {
  const hash = createHash();
  into.truncate(0);
  onBytes(0, blob.size);
  for (let at = 0; at < blob.size; at += PIECE) {
    if (signal?.aborted) throw new HeadlightError('cancelled', 'Cancelled.');
    const piece = await readPiece(name, blob.slice(at, at + PIECE));
    into.append(piece);
    hash.add(piece);
    onBytes(into.size(), blob.size);
  }
  return { bytes: into.size(), sha256: hash.finish(), isVerified: false };
}

async function readPiece(name: string, piece: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await piece.arrayBuffer());
  } catch (thrown) {
    throw new HeadlightError(
      'source-unreachable',
      `${name} could no longer be read from the disk: it was moved or changed meanwhile.`,
      { name },
      thrown,
    );
  }
}
