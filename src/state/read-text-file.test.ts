import { describe, expect, it } from 'vitest';
import { decodeText, readTextFile } from './read-text-file.ts';

const utf16 = (text: string, isLittle: boolean) => {
  const bytes = new Uint8Array(2 + 2 * text.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, isLittle);
  for (let i = 0; i < text.length; i++) view.setUint16(2 + 2 * i, text.charCodeAt(i), isLittle);
  return bytes;
};
const file = (content: BlobPart, name = 'notes.txt') => new File([content], name);

describe('decodeText', () => {
  it('reads UTF-8 with and without a mark, and UTF-16 by its mark', () => {
    const text = 'Grüße, שלום 😀';
    const plain = new TextEncoder().encode(text);
    expect(decodeText(plain)).toEqual({ ok: true, text });
    expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, ...plain))).toEqual({ ok: true, text });
    expect(decodeText(utf16(text, true))).toEqual({ ok: true, text });
    expect(decodeText(utf16(text, false))).toEqual({ ok: true, text });
  });

  it('reads nothing as an empty text, and line ends of every system as one', () => {
    expect(decodeText(new Uint8Array())).toEqual({ ok: true, text: '' });
    expect(decodeText(new TextEncoder().encode('a\r\nb\rc\n'))).toEqual({
      ok: true,
      text: 'a\nb\nc\n',
    });
  });

  it('says that bytes without a mark are no UTF-8, and that a mark does not hold', () => {
    expect(decodeText(Uint8Array.of(0x47, 0x72, 0xfc, 0xdf, 0x65))).toEqual({
      ok: false,
      why: 'encoding',
    });
    expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x00, 0xd8))).toEqual({
      ok: false,
      why: 'encoding',
    });
  });

  it('takes a NUL for the sign of no text, marked or not', () => {
    expect(decodeText(Uint8Array.of(0x47, 0, 0x47))).toEqual({ ok: false, why: 'binary' });
    expect(decodeText(utf16('a\0b', true))).toEqual({ ok: false, why: 'binary' });
  });
});

describe('readTextFile', () => {
  it('gives the text', async () => {
    expect(await readTextFile(file('Hello'))).toEqual({ ok: true, text: 'Hello' });
  });

  it('names the file, what is wrong with it, and the next step', async () => {
    const latin = await readTextFile(file(Uint8Array.of(0xe9, 0x20, 0xe8), 'old.txt'));
    expect(latin).toMatchObject({ ok: false, why: 'encoding' });
    expect(latin.ok || latin.message).toMatch(/old\.txt.*UTF-8.*kept/);
    const picture = await readTextFile(file(Uint8Array.of(0x89, 0, 0), 'cat.png'));
    expect(picture.ok || picture.message).toMatch(/cat\.png is not a text file/);
  });

  it('refuses a file of 3 MB with its size, without reading it', async () => {
    const large = file('x'.repeat(3_000_000), 'book.txt');
    const read = await readTextFile(large);
    expect(read).toMatchObject({ ok: false, why: 'too-large' });
    expect(read.ok || read.message).toMatch(/book\.txt has 3\.0 MB; files up to 2 MB/);
  });

  it('says so when the file has gone', async () => {
    const gone = file('x');
    Object.defineProperty(gone, 'arrayBuffer', { value: () => Promise.reject(new Error('gone')) });
    expect(await readTextFile(gone)).toMatchObject({ ok: false, why: 'unreadable' });
  });
});
