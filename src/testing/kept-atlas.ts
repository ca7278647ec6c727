import type { AtlasResult } from '../state/atlas/atlas-result.ts';
import type { KeptAtlas } from '../state/atlas/atlas-store.ts';

/** Results in memory, copied as a browser's storage does. */
export function createKeptAtlas(): KeptAtlas & { readonly results: Map<string, AtlasResult> } {
  const results = new Map<string, AtlasResult>();
  return {
    results,
    async load(key) {
      const found = results.get(key);
      return found === undefined ? null : structuredClone(found);
    },
    async save(result) {
      results.set(result.modelKey, structuredClone(result));
    },
    async remove(key) {
      results.delete(key);
    },
  };
}
