import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { createPageLibrary, openFirstModel } from './app/create-page-library.ts';
import { createPageStore } from './app/create-page-store.ts';
import { StoreProvider } from './state/hooks.tsx';
import { LibraryProvider } from './state/library-hooks.tsx';
import type { LinkPart } from './state/link-part.ts';
import './ui/theme.css';

const { store, linkProblems, linkedModel, showOpening } = createPageStore();
const library = createPageLibrary(store);
const firstModel = openFirstModel(store, library, linkedModel, showOpening);
Object.assign(window, {
  __headlight: store,
  __library: library,
  /** Resolves when nothing is on its way any more. */
  async __idle() {
    await firstModel;
    do await library.whenIdle();
    while (await store.whenIdle().then(() => library.isBusy()));
  },
});

/** What single workspaces add to the link. */
const LINK_PARTS: readonly LinkPart[] = [];

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StoreProvider store={store}>
    <LibraryProvider library={library}>
      <App linkProblems={linkProblems} linkParts={LINK_PARTS} />
    </LibraryProvider>
  </StoreProvider>,
);
