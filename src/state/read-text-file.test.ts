import { describe, expect, it } from 'vitest';
import { readTextFile } from './read-text-file.ts';

const file = (content: BlobPart, name = 'notes.txt') => new File([content], name);

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
