import type { AtlasResult } from '../state/atlas/atlas-result.ts';
import { type AtlasHost, createAtlasStore } from '../state/atlas/atlas-store.ts';
import type { AtlasView } from '../state/atlas/atlas-view.ts';
import { createKeptAtlas } from './kept-atlas.ts';
import { createStoreScene } from './store-scene.ts';

/** A page with an atlas on the fake engine; what it keeps is in memory. */
export function createAtlasScene(view?: AtlasView, kept = createKeptAtlas()) {
  const scene = createStoreScene();
  const warnings: string[] = [];
  let time = 1000;
  const host: AtlasHost = {
    engine: scene.engine,
    facts() {
      const { model } = scene.state();
      return model.status === 'ready' ? model.facts : null;
    },
    onModel: (listener) => void scene.store.subscribe(listener),
    tokens: () => scene.state().tokens,
    whenFree: scene.whenIdle,
    now: () => {
      time += 1;
      return time;
    },
    kept,
    warn: (message) => void warnings.push(message),
  };
  const atlas = createAtlasStore(host, view);
  /** Loads the fake model; its hash is there and what was kept of it was looked for. */
  const load = async (): Promise<void> => {
    await scene.load();
    await scene.until(({ model }) => model.status === 'ready' && model.facts.sha256 !== null);
    await atlas.whenIdle();
  };
  return {
    scene,
    atlas,
    kept,
    load,
    warnings,
    state: () => atlas.store.getState(),
    /** Loads the fake model and tests all its heads. */
    async test(): Promise<AtlasResult> {
      await load();
      atlas.actions.start();
      await atlas.whenIdle();
      const { result, battery } = atlas.store.getState();
      if (result === null) throw new Error(`the battery ended ${JSON.stringify(battery)}`);
      return result;
    },
  };
}
