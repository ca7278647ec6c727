import { formatBytes } from '../lib/format-number.ts';
import { createMessages } from '../lib/messages.ts';
import { decodeText } from '../text/decode-text.ts';

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
