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
