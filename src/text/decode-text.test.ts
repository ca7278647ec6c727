import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, guessText } from './decode-text.ts';

const utf16 = (text: string, isLittle: boolean) => {
  const bytes = new Uint8Array(2 + 2 * text.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, isLittle);
  for (let i = 0; i < text.length; i++) view.setUint16(2 + 2 * i, text.charCodeAt(i), isLittle);
  return bytes;
};

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

const bytesOf = (...parts: (string | number)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)],
    ),
  );

describe('guessText', () => {
  it('names the encoding, and says that UTF-8 and marks are no guess', () => {
    expect(guessText(bytesOf('Grüße 😀\r\n'))).toEqual({
      ok: true,
      text: 'Grüße 😀\n',
      encoding: 'utf-8',
      isGuess: false,
    });
    expect(guessText(utf16('Grüße', false))).toMatchObject({
      encoding: 'utf-16be',
      isGuess: false,
    });
    expect(guessText(new Uint8Array())).toMatchObject({ ok: true, text: '', encoding: 'utf-8' });
  });

  it.each([
    'Hello, this is plain.\nTwo lines.',
    'Привет, мир.\nВторая строка.',
    '你好,世界。\n第二行 text',
    'mixed 😀 emoji',
  ])('reads UTF-16 without a mark, either way round: %j', (text) => {
    for (const isLittle of [true, false]) {
      expect(guessText(utf16(text, isLittle).subarray(2))).toEqual({
        ok: true,
        text,
        encoding: isLittle ? 'utf-16le' : 'utf-16be',
        isGuess: true,
      });
    }
  });

  it('reads what is no UTF-8 as windows-1252, its own characters included', () => {
    // "“Grüße” – 5 €", as Windows wrote it.
    const old = bytesOf(0x93, 'Gr', 0xfc, 0xdf, 'e', 0x94, ' ', 0x96, ' 5 ', 0x80);
    expect(guessText(old)).toEqual({
      ok: true,
      text: '“Grüße” – 5 €',
      encoding: 'windows-1252',
      isGuess: true,
    });
  });

  it('refuses what windows-1252 does not have, and bytes that no text has', () => {
    expect(guessText(bytesOf('a', 0x81, 'b'))).toEqual({ ok: false, why: 'encoding' });
    expect(guessText(bytesOf(0xff, 'a', 0x03, 'b'))).toEqual({ ok: false, why: 'binary' });
    expect(
      guessText(bytesOf(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13, 'IHDR', 0, 0, 1, 0)),
    ).toEqual({
      ok: false,
      why: 'binary',
    });
    expect(guessText(bytesOf('a', 0, 'b'))).toEqual({ ok: false, why: 'binary' });
  });

  it('holds a mark to what it says', () => {
    expect(guessText(bytesOf(0xef, 0xbb, 0xbf, 'a', 0xff))).toEqual({ ok: false, why: 'encoding' });
    expect(guessText(Uint8Array.of(0xff, 0xfe, 0x00, 0xd8))).toEqual({
      ok: false,
      why: 'encoding',
    });
  });

  it('gives back any text that was written in UTF-8 or marked UTF-16', () => {
    const texts = fc
      .string({ unit: 'binary' })
      .filter((text) => !text.includes('\0') && !text.includes('\r') && !text.startsWith('\ufeff'));
    fc.assert(
      fc.property(texts, fc.boolean(), (text, isLittle) => {
        expect(guessText(bytesOf(text))).toMatchObject({ ok: true, text });
        expect(guessText(utf16(text, isLittle))).toMatchObject({ ok: true, text });
      }),
    );
  });

  it('takes any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(typeof guessText(bytes).ok).toBe('boolean');
      }),
    );
  });
});
