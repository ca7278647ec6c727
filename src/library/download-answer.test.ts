import { describe, expect, it } from 'vitest';
import { type KnownPart, readAnswer, readRetryAfter, readVersion } from './download-answer.ts';

const NOTHING: KnownPart = { have: 0, total: null, etag: null };
const HALF: KnownPart = { have: 50, total: 100, etag: '"a"' };

function answer(status: number, headers: Record<string, string>): Response {
  return new Response(null, { status, headers });
}

describe('an answer to a beginning', () => {
  it('is the whole file, as long as it says', () => {
    expect(readAnswer(answer(200, { 'content-length': '100', etag: '"a"' }), NOTHING)).toEqual({
      kind: 'from-start',
      total: 100,
      etag: '"a"',
    });
  });
  it('has no known length when it is compressed on the way, or does not say', () => {
    const compressed = answer(200, { 'content-length': '100', 'content-encoding': 'gzip' });
    expect(readAnswer(compressed, NOTHING)).toMatchObject({ kind: 'from-start', total: null });
    expect(readAnswer(answer(200, {}), NOTHING)).toMatchObject({ total: null, etag: null });
    expect(readAnswer(answer(200, { 'content-length': '-1' }), NOTHING)).toMatchObject({
      total: null,
    });
  });
  it('is empty when there is no byte to give', () => {
    expect(readAnswer(answer(416, { 'content-range': 'bytes */0' }), NOTHING)).toEqual({
      kind: 'whole-already',
      total: 0,
      etag: null,
    });
  });
  it('is a page, not a file, when it says that it is HTML', () => {
    const page = answer(200, { 'content-type': 'text/html; charset=utf-8' });
    expect(readAnswer(page, NOTHING)).toEqual({ kind: 'page' });
    expect(readAnswer(page, HALF)).toEqual({ kind: 'page' });
  });
  it('without contents is no file', () => {
    expect(readAnswer(answer(204, {}), NOTHING)).toEqual({ kind: 'refused', seconds: null });
  });
});

describe('an answer to the rest', () => {
  it('goes on where we are', () => {
    const rest = answer(206, { 'content-range': 'bytes 50-99/100', etag: '"a"' });
    expect(readAnswer(rest, HALF)).toEqual({
      kind: 'goes-on',
      total: 100,
      isWhole: true,
      etag: '"a"',
    });
  });
  it('goes on without a total where the server does not know it', () => {
    const rest = answer(206, { 'content-range': 'bytes 50-99/*', 'content-length': '50' });
    expect(readAnswer(rest, HALF)).toMatchObject({ total: null, isWhole: false });
  });
  it('goes on where the range is hidden, with its own end and not the whole’s', () => {
    const rest = answer(206, { 'content-length': '50' });
    expect(readAnswer(rest, HALF)).toMatchObject({ kind: 'goes-on', total: 100, isWhole: false });
    expect(readAnswer(answer(206, {}), HALF)).toMatchObject({ total: null, isWhole: false });
  });
  it.each([
    ['begins elsewhere', { 'content-range': 'bytes 49-99/100' }],
    ['is of a file of another size', { 'content-range': 'bytes 50-119/120' }],
    ['is of another version', { 'content-range': 'bytes 50-99/100', etag: '"b"' }],
    ['is of another version and hides the range', { etag: '"b"' }],
  ])('is of no use when it %s', (_, headers) => {
    expect(readAnswer(answer(206, headers), HALF)).toEqual({ kind: 'start-again' });
  });
  it('is the whole file where ranges are refused', () => {
    expect(readAnswer(answer(200, { 'content-length': '100' }), HALF)).toMatchObject({
      kind: 'from-start',
    });
  });
  it('is that nothing is left', () => {
    const known = { ...HALF, have: 100 };
    const range = { 'content-range': 'bytes */100' };
    expect(readAnswer(answer(416, range), known)).toMatchObject({ kind: 'whole-already' });
    expect(readAnswer(answer(416, { ...range, etag: '"b"' }), known)).toEqual({
      kind: 'start-again',
    });
    expect(readAnswer(answer(416, range), HALF)).toEqual({ kind: 'start-again' });
    expect(readAnswer(answer(416, {}), known)).toEqual({ kind: 'start-again' });
  });
  it('is refused with the time that the server asks for', () => {
    expect(readAnswer(answer(429, { 'retry-after': '7' }), HALF)).toEqual({
      kind: 'refused',
      seconds: 7,
    });
    expect(readAnswer(answer(404, {}), HALF)).toEqual({ kind: 'refused', seconds: null });
  });
});

describe('a version', () => {
  const MAY = 'Fri, 01 May 2026 00:00:00 GMT';
  it('is the tag, else the date, which other origins may always read', () => {
    expect(readVersion(new Headers({ etag: '"a"', 'last-modified': MAY }))).toBe('"a"');
    expect(readVersion(new Headers({ 'last-modified': MAY }))).toBe(`modified ${MAY}`);
    expect(readVersion(new Headers())).toBeNull();
  });
  it('by date differs from another date, but from no tag', () => {
    const known = { ...HALF, etag: 'modified Thu, 30 Apr 2026 00:00:00 GMT' };
    const range = { 'content-range': 'bytes 50-99/100' };
    const later = answer(206, { ...range, 'last-modified': MAY });
    expect(readAnswer(later, known)).toEqual({ kind: 'start-again' });
    expect(readAnswer(answer(206, { ...range, etag: '"a"' }), known).kind).toBe('goes-on');
    expect(readAnswer(answer(206, range), known).kind).toBe('goes-on');
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-05-01T00:00:00Z');
  it.each([
    ['30', 30],
    [' 0 ', 0],
    ['Fri, 01 May 2026 00:01:30 GMT', 90],
    ['Fri, 01 May 2026 00:00:00.500 GMT', 1],
    ['Thu, 30 Apr 2026 00:00:00 GMT', 0],
    ['soon', null],
    ['-5x', null],
    [null, null],
  ])('%s asks for %s seconds', (value, seconds) => {
    expect(readRetryAfter(value, now)).toBe(seconds);
  });
});
