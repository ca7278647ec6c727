import { describe, expect, it } from 'vitest';
import type { WantedModel } from '../protocol/library.ts';
import { createRecord, isSafeName, readRecord, toWantedFile, writeRecord } from './model-record.ts';

const MODEL: WantedModel = {
  origin: {
    kind: 'hub',
    hubUrl: 'https://huggingface.co',
    repo: 'o/n',
    revision: 'refs/pr/1',
    path: 'Some Folder/a b.gguf',
  },
  name: 'a',
  files: [
    { name: 'a.gguf', url: 'https://h/a.gguf', bytes: 10, sha256: 'ab' },
    { name: 'b.json', url: 'https://h/b.json', bytes: null, sha256: null, isOptional: true },
  ],
  token: 'secret',
};
const RECORD = createRecord(MODEL, 5);

describe('a record', () => {
  it('comes back as it was written', () => {
    const whole = {
      ...RECORD,
      files: [
        {
          ...RECORD.files[0],
          etag: '"x"',
          seenBytes: 10,
          done: { bytes: 10, sha256: 'ab' },
          isVerified: true,
        },
      ],
    };
    expect(readRecord(writeRecord(RECORD))).toEqual(RECORD);
    expect(readRecord(writeRecord(whole))).toEqual(whole);
  });
  it('keeps no token', () => {
    expect(writeRecord(RECORD)).not.toContain('secret');
  });
  it('gives what was asked for, without what is known since', () => {
    expect(RECORD.files.map(toWantedFile)).toEqual(MODEL.files);
  });
  const change = (changes: object): string =>
    JSON.stringify({ ...JSON.parse(writeRecord(RECORD)), ...changes });
  const changeFile = (changes: object): string =>
    change({ files: [{ ...RECORD.files[0], ...changes }] });
  it.each([
    ['is empty', ''],
    ['is cut short', writeRecord(RECORD).slice(0, -3)],
    ['is no object', '7'],
    ['is nothing', 'null'],
    ['is a newer version’s', change({ version: 2 })],
    ['has no name', change({ name: 3 })],
    ['has an origin of no kind that is known', change({ origin: 'moon:x' })],
    ['has no list of files', change({ files: {} })],
    ['has a file that is none', change({ files: [null] })],
    ['has a size below zero', changeFile({ bytes: -1 })],
    ['has a size that is none', changeFile({ bytes: 1.5 })],
    ['has a hash that is none', changeFile({ sha256: 5 })],
    ['has an end that is none', changeFile({ done: { bytes: '10' } })],
    ['has an end without a value', changeFile({ done: undefined })],
    ['names a file outside of its folder', changeFile({ name: '../x' })],
    ['names itself', changeFile({ name: 'record.json' })],
  ])('that %s is none', (_, text) => {
    expect(readRecord(text)).toBeNull();
  });
});

describe('a name that a file may have', () => {
  it.each(['a.gguf', 'model-00001-of-00002.safetensors', '..gguf', 'ü ñ.gguf', 'con'])(
    '%s',
    (name) => expect(isSafeName(name)).toBe(true),
  );
  it.each(['', '.', '..', '../x', 'a/b', 'a\\b', 'a\0b', 'record.json', 'RECORD.json'])(
    'not "%s"',
    (name) => expect(isSafeName(name)).toBe(false),
  );
});
