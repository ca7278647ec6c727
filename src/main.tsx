import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { createPageAnalysis } from './app/create-page-analysis.ts';
import { createPageAtlas } from './app/create-page-atlas.ts';
import { createPageDomains } from './app/create-page-domains.ts';
import { createPageLibrary, openFirstModel } from './app/create-page-library.ts';
import { createPageStore } from './app/create-page-store.ts';
import { AnalysisDesk } from './state/analysis-desk.ts';
import { AnalysisProvider } from './state/analysis-hooks.tsx';
import { AtlasProvider } from './state/atlas/atlas-hooks.tsx';
import { DomainsProvider } from './state/domains/domains-hooks.tsx';
import { StoreProvider } from './state/hooks.tsx';
import { LibraryProvider } from './state/library-hooks.tsx';
import type { LinkPart } from './state/link-part.ts';
import { createMeasurePageStore } from './state/measure-page.ts';
import { MeasurePageProvider } from './state/measure-page-hooks.tsx';
import './ui/theme.css';

const { store, linkProblems, linkParameters, linkedModel, showOpening } = createPageStore();
const measurePage = createMeasurePageStore(linkParameters);
const library = createPageLibrary(store);
const domains = createPageDomains(store, linkParameters);
const atlas = createPageAtlas(store, linkParameters);
const analysis = createPageAnalysis();
const desk = new AnalysisDesk();
const firstModel = openFirstModel(store, library, linkedModel, showOpening);
Object.assign(window, {
  __headlight: store,
  __library: library,
  __domains: domains.domains,
  __atlas: atlas.atlas,
  /** Resolves when nothing is on its way any more. */
  async __idle() {
    await firstModel;
    do {
      await library.whenIdle();
      await domains.domains.whenIdle();
      await atlas.atlas.whenIdle();
      await store.whenIdle();
      await desk.whenIdle();
    } while (library.isBusy() || domains.domains.isBusy() || atlas.atlas.isBusy() || desk.isBusy);
  },
});

/** What single workspaces add to the link. */
const LINK_PARTS: readonly LinkPart[] = [domains.linkPart, atlas.atlas.link, measurePage.linkPart];

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StoreProvider store={store}>
    <LibraryProvider library={library}>
      <DomainsProvider domains={domains.domains}>
        <AtlasProvider atlas={atlas.atlas}>
          <MeasurePageProvider page={measurePage}>
            <AnalysisProvider analysis={analysis} desk={desk}>
              <App
                linkProblems={[...linkProblems, ...domains.problems, ...atlas.problems]}
                linkParts={LINK_PARTS}
              />
            </AnalysisProvider>
          </MeasurePageProvider>
        </AtlasProvider>
      </DomainsProvider>
    </LibraryProvider>
  </StoreProvider>,
);
