import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { HeadlightError } from '../lib/headlight-error.ts';
import type { ByteSource } from '../model/byte-source.ts';
import { truncatedError } from '../model/memory-source.ts';

/** A file on disk. Throws `source-unreachable` when it cannot be opened. */
export async function openFileSource(path: string): Promise<ByteSource> {
  const name = basename(path);
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new HeadlightError('source-unreachable', `${path} cannot be read: ${why}.`, {
      name: path,
    });
  });
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    throw new HeadlightError('source-unreachable', `${path} is not a file.`, { name: path });
  }
  return {
    name,
    size: stat.size,
    async read(offset, length) {
      if (offset + length > stat.size) throw truncatedError(name, offset + length, stat.size);
      const bytes = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0) throw truncatedError(name, offset + length, offset + done);
        done += bytesRead;
      }
      return bytes;
    },
    close: () => handle.close(),
  };
}
