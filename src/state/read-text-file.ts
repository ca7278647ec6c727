import { formatBytes } from '../lib/format-number.ts';
import { createMessages } from '../lib/messages.ts';

/** Files above this many bytes are not texts that a person wants to look at. */
const LIMIT = 2_000_000;

const t = createMessages('read-text-file', {
  binary:
    '{{name}} is not a text file. Choose plain text, Markdown, JSON, CSV or source code. Your text is kept.',
  'too-large':
    '{{name}} has {{size}}; files up to 2 MB are read as text. Cut it, or paste the part that matters. Your text is kept.',
  encoding:
    '{{name}} is in an encoding that it does not name. Save it as UTF-8, or copy its text and paste it here. Your text is kept.',
  unreadable: '{{name}} could not be read. Is it still there? Your text is kept.',
});

export type ReadText =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      readonly why: 'binary' | 'too-large' | 'encoding' | 'unreadable';
      /** What happened and the next step, in a sentence or two. */
      readonly message: string;
    };

type DecodedText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: 'binary' | 'encoding' };

/** A byte order mark, and the encoding that it names. */
const MARKS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * The text of some bytes: by their byte order mark, else as UTF-8. `binary` when there is a NUL, which no
 * text file has; `encoding` when the bytes are not what the mark says, or no UTF-8. Line ends become "\n".
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const marked = MARKS.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (marked === undefined && bytes.includes(0)) return { ok: false, why: 'binary' };
  try {
    const text = new TextDecoder(marked?.[0] ?? 'utf-8', { fatal: true }).decode(bytes);
    if (text.includes('\0')) return { ok: false, why: 'binary' };
    return { ok: true, text: text.replace(/\r\n?/g, '\n') };
  } catch {
    return { ok: false, why: 'encoding' };
  }
}

/** Reads a dropped or picked file as text, or says why it cannot be one. */
export async function readTextFile(file: File): Promise<ReadText> {
  const refuse = (why: 'binary' | 'too-large' | 'encoding' | 'unreadable'): ReadText => ({
    ok: false,
    why,
    message: t(why, { name: file.name, size: formatBytes(file.size) }),
  });
  if (file.size > LIMIT) return refuse('too-large');
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return refuse('unreadable');
  }
  const decoded = decodeText(bytes);
  return decoded.ok ? decoded : refuse(decoded.why);
}
