import { describe, expect, it } from 'vitest';
import { HeadlightError } from '../lib/headlight-error.ts';
import { createMemoryStore } from '../testing/memory-store.ts';
import { storageFull, toStorageError } from './file-store.ts';

describe('a text that is written anew', () => {
  it('replaces the old one, also a longer one', async () => {
    const store = createMemoryStore();
    for (const text of ['first and long', 'second', '']) {
      await store.writeText('m', 'a', text);
      expect(await store.readText('m', 'a')).toBe(text);
    }
  });
  it('leaves the old one where there is no room for it', async () => {
    const store = createMemoryStore(10);
    await store.writeText('m', 'a', 'old text');
    await expect(store.writeText('m', 'a', 'a longer text')).rejects.toMatchObject({
      code: 'storage-full',
    });
    expect(await store.readText('m', 'a')).toBe('old text');
    expect(store.locked.size).toBe(0);
  });
  it('is refused while another writes it', async () => {
    const store = createMemoryStore();
    await store.openForWriting('m', 'a');
    await expect(store.writeText('m', 'a', 'x')).rejects.toMatchObject({ code: 'storage-busy' });
  });
});

describe('what a browser’s storage throws', () => {
  it.each([
    ['QuotaExceededError', 'storage-full'],
    ['NoModificationAllowedError', 'storage-busy'],
    ['InvalidStateError', 'storage-unavailable'],
    ['AbortError', 'cancelled'],
  ])('%s is %s', (name, code) => {
    expect(toStorageError(new DOMException('no', name)).code).toBe(code);
  });
  it('keeps an error that is known, and says how much room is missing', () => {
    const known = new HeadlightError('source-changed', 'x');
    expect(toStorageError(known)).toBe(known);
    expect(storageFull(5_400_000, 1_200_000).message).toBe(
      '5 MB are needed, but the browser gives this page only 1 MB more on the disk.',
    );
  });
});
