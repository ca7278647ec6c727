import {
  createDecoder,
  HEAD_BYTES,
  listReadings,
  type Reading,
  type TextEncoding,
} from '../decode-text.ts';

/** How many bytes are read at once: a piece of a table is parsed within a few milliseconds. */
const PIECE = 262_144;

/** A large file's text, to be read in pieces as often as wanted. */
export interface TextStream {
  readonly encoding: TextEncoding;
  /** True where letters may be wrong, since the file does not say how it is encoded. */
  readonly isGuess: boolean;
  readonly byteCount: number;
  /** Pieces of the text with "\n" as line ends, and the bytes read so far. */
  read(): AsyncGenerator<{ readonly text: string; readonly bytesRead: number }>;
}

export type OpenedText =
  | { readonly ok: true; readonly stream: TextStream }
  | { readonly ok: false; readonly why: 'binary' | 'encoding' | 'unreadable' | 'cancelled' };

/** Finds out how a file is encoded, by reading all of it once without keeping it. */
export async function openTextStream(
  content: Blob,
  goOn: () => Promise<boolean>,
): Promise<OpenedText> {
  const head = await readBytes(content, 0, HEAD_BYTES);
  if (head === null) return { ok: false, why: 'unreadable' };
  let refusal: 'binary' | 'encoding' = 'binary';
  for (const reading of listReadings(head)) {
    const found = await findRefusal(content, reading, goOn);
    if (found === null) return { ok: true, stream: createStream(content, reading) };
    if (found === 'unreadable' || found === 'cancelled') return { ok: false, why: found };
    refusal = found;
    if (found === 'binary' && reading.encoding === 'utf-8') break;
  }
  return { ok: false, why: refusal };
}

async function findRefusal(
  content: Blob,
  reading: Reading,
  goOn: () => Promise<boolean>,
): Promise<'binary' | 'encoding' | 'unreadable' | 'cancelled' | null> {
  const decode = createDecoder(reading);
  for (let start = 0; start < content.size; start += PIECE) {
    const bytes = await readBytes(content, start, start + PIECE);
    if (bytes === null) return 'unreadable';
    const decoded = decode(bytes, start + PIECE >= content.size);
    if (!decoded.ok) return decoded.why;
    if (!(await goOn())) return 'cancelled';
  }
  return null;
}

function createStream(content: Blob, reading: Reading): TextStream {
  return {
    ...reading,
    byteCount: content.size,
    async *read() {
      const decode = createDecoder(reading);
      // A "\r" at the end of a piece may be half of a line end.
      let held = '';
      for (let start = 0; start < content.size; start += PIECE) {
        const isLast = start + PIECE >= content.size;
        const bytes = await readBytes(content, start, start + PIECE);
        const decoded = bytes === null ? null : decode(bytes, isLast);
        if (decoded === null || !decoded.ok) throw new LostFile();
        let text = held + decoded.text;
        held = !isLast && text.endsWith('\r') ? '\r' : '';
        if (held !== '') text = text.slice(0, -1);
        yield {
          text: text.replace(/\r\n?/g, '\n'),
          bytesRead: Math.min(start + PIECE, content.size),
        };
      }
    },
  };
}

/** A file that was read before and cannot be read again, or has become another one. */
export class LostFile extends Error {
  override readonly name = 'LostFile';
}

/** Some bytes of a file; null when it is gone or may not be read. */
export async function readBytes(
  content: Blob,
  start: number,
  end: number,
): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await content.slice(start, end).arrayBuffer());
  } catch {
    return null;
  }
}
