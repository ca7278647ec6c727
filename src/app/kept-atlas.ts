import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { AtlasResult } from '../state/atlas/atlas-result.ts';
import type { KeptAtlas } from '../state/atlas/atlas-store.ts';

interface AtlasSchema extends DBSchema {
  /** One result a model, by the model's key. */
  results: { key: string; value: AtlasResult };
}

/** Results of the atlas in the browser's database; opened when it is first asked for. */
export function createBrowserAtlas(): KeptAtlas {
  let opened: Promise<IDBPDatabase<AtlasSchema>> | null = null;
  const open = (): Promise<IDBPDatabase<AtlasSchema>> => {
    opened ??= openDB<AtlasSchema>('headlight-atlas', 1, {
      upgrade: (database) => void database.createObjectStore('results'),
      // Another tab has a newer page and waits for this one.
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        opened = null;
      },
      terminated: () => {
        opened = null;
      },
    });
    opened.catch(() => {
      opened = null;
    });
    return opened;
  };
  return {
    load: async (key) => (await (await open()).get('results', key)) ?? null,
    async save(result) {
      await (await open()).put('results', result, result.modelKey);
    },
    async remove(key) {
      await (await open()).delete('results', key);
    },
  };
}
