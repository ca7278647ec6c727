export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export type DecodedText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: 'binary' | 'encoding' };

/** A way to read some bytes. */
export interface Reading {
  readonly encoding: TextEncoding;
  /** True where nothing in the bytes names the encoding or proves it, so that letters may be wrong. */
  readonly isGuess: boolean;
}

export type GuessedText =
  | ({ readonly ok: true; readonly text: string } & Reading)
  | { readonly ok: false; readonly why: 'binary' | 'encoding' };

/** How many bytes of the beginning are enough to choose between encodings. */
export const HEAD_BYTES = 65_536;

/** A byte order mark, and the encoding that it names. */
const MARKS: readonly (readonly [encoding: TextEncoding, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * What windows-1252 has at 80 to 9f, where Latin-1 has controls; a space where it has nothing. Some
 * runtimes decode these bytes as Latin-1: https://github.com/nodejs/node/issues/56542
 */
const UPPER_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for
const CONTROLS = /[\x00-\x08\x0b\x0e-\x1f]/;
/** Characters that no text has, but bytes read in the wrong way do. */
const UNUSED = /[\p{Cn}\p{Co}]/u;

function getMarked(bytes: Uint8Array): TextEncoding | undefined {
  return MARKS.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte))?.[0];
}

/** Line ends of every system as "\n". */
export function toLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/**
 * The text of some bytes: by their byte order mark, else as UTF-8. `binary` when there is a NUL, which no
 * text file has; `encoding` when the bytes are not what the mark says, or no UTF-8. Line ends become "\n".
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const marked = getMarked(bytes);
  if (marked === undefined && bytes.includes(0)) return { ok: false, why: 'binary' };
  const decoded = createDecoder({ encoding: marked ?? 'utf-8', isGuess: false })(bytes, true);
  return decoded.ok ? { ok: true, text: toLineFeeds(decoded.text) } : decoded;
}

/**
 * The text of some bytes, with a guess where they do not name their encoding and are no UTF-8: UTF-16
 * where NULs stand where its letters have them, else windows-1252, which old files of western languages
 * are in. Other old encodings (Shift-JIS, GBK, KOI8) come out as wrong letters or as `encoding`; that is
 * why a guess has to be said. Line ends become "\n".
 */
export function guessText(bytes: Uint8Array): GuessedText {
  let refusal: 'binary' | 'encoding' = 'binary';
  for (const reading of listReadings(bytes.subarray(0, HEAD_BYTES))) {
    const decoded = createDecoder(reading)(bytes, true);
    if (decoded.ok) return { ...reading, ok: true, text: toLineFeeds(decoded.text) };
    refusal = decoded.why;
    if (refusal === 'binary' && reading.encoding === 'utf-8') break;
  }
  return { ok: false, why: refusal };
}

/** The ways in which bytes that begin with `head` may be read, likeliest first. */
export function listReadings(head: Uint8Array): readonly Reading[] {
  const marked = getMarked(head);
  if (marked !== undefined) return [{ encoding: marked, isGuess: false }];
  const nulls = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) nulls[i % 2]++;
  const [atEven, atOdd] = nulls;
  if (atEven + atOdd > 0) {
    const wide: readonly Reading[] = [
      { encoding: 'utf-16le', isGuess: true },
      { encoding: 'utf-16be', isGuess: true },
    ];
    return atEven > atOdd ? wide.toReversed() : wide;
  }
  return [
    { encoding: 'utf-8', isGuess: false },
    { encoding: 'windows-1252', isGuess: true },
  ];
}

/**
 * A decoder that takes bytes piece by piece and gives the text of each, or says that they cannot be read
 * this way. After a refusal it is used up. Line ends stay as they are.
 */
export function createDecoder({
  encoding,
  isGuess,
}: Reading): (bytes: Uint8Array, isLast: boolean) => DecodedText {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const isWide = encoding === 'utf-16le' || encoding === 'utf-16be';
  return (bytes, isLast) => {
    let text: string;
    try {
      text = decoder.decode(bytes, { stream: !isLast });
    } catch {
      return { ok: false, why: isWide && isGuess ? 'binary' : 'encoding' };
    }
    if (encoding === 'windows-1252') {
      text = text.replace(/[\x80-\x9f]/g, (byte) => UPPER_1252[byte.charCodeAt(0) - 0x80]);
      if (bytes.some((byte) => byte >= 0x80 && byte < 0xa0 && UPPER_1252[byte - 0x80] === ' '))
        return { ok: false, why: 'encoding' };
    }
    if (isGuess && (CONTROLS.test(text) || (isWide && UNUSED.test(text))))
      return { ok: false, why: 'binary' };
    return text.includes('\0') ? { ok: false, why: 'binary' } : { ok: true, text };
  };
}
