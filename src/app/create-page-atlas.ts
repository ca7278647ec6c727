import { type AtlasStore, createAtlasStore } from '../state/atlas/atlas-store.ts';
import { fromAtlasParameters } from '../state/atlas/atlas-view.ts';
import type { LinkParameters } from '../state/link-part.ts';
import type { HeadlightStore } from '../state/store.ts';
import { createBrowserAtlas } from './kept-atlas.ts';

/** The page's atlas: it follows the page's model and keeps what it finds in this browser. */
export function createPageAtlas(
  { store, engine, whenIdle }: HeadlightStore,
  parameters: LinkParameters,
): {
  readonly atlas: AtlasStore;
  /** What the link says of the atlas that cannot be read. */
  readonly problems: readonly string[];
} {
  const { view, problems } = fromAtlasParameters(parameters);
  const atlas = createAtlasStore(
    {
      engine,
      facts() {
        const { model } = store.getState();
        return model.status === 'ready' ? model.facts : null;
      },
      onModel(listener) {
        store.subscribe((state, before) => {
          if (state.model !== before.model) listener();
        });
      },
      tokens: () => store.getState().tokens,
      whenFree: whenIdle,
      now: Date.now,
      kept: createBrowserAtlas(),
      warn: (message) => console.warn(`headlight: ${message}`),
    },
    view,
  );
  return { atlas, problems };
}
