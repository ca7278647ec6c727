import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { createAtlasScene } from '../testing/atlas-scene.ts';
import { createBrowserAtlas } from './kept-atlas.ts';

describe('the atlas in the browser’s database', () => {
  it('comes back as it was, arrays and undefined numbers included', async () => {
    const result = await createAtlasScene().test();
    await createBrowserAtlas().save(result);
    // Another visit opens the database anew.
    const kept = createBrowserAtlas();
    expect(await kept.load(result.modelKey)).toEqual(result);
    expect(await kept.load('another model')).toBeNull();
    await kept.remove(result.modelKey);
    expect(await kept.load(result.modelKey)).toBeNull();
  });

  it('is opened again after a refusal, and after it was deleted beneath the page', async () => {
    await deleteDB('headlight-atlas');
    (await openDB('headlight-atlas', 2)).close();
    const kept = createBrowserAtlas();
    await expect(kept.load('a')).rejects.toThrow();
    await deleteDB('headlight-atlas');
    expect(await kept.load('a')).toBeNull();
    await deleteDB('headlight-atlas');
    expect(await kept.load('a')).toBeNull();
  });

  it('rejects where the browser has no database', async () => {
    const { indexedDB } = globalThis;
    Object.assign(globalThis, { indexedDB: undefined });
    try {
      await expect(createBrowserAtlas().load('a')).rejects.toThrow();
    } finally {
      Object.assign(globalThis, { indexedDB });
    }
  });
});
