import { AnalysisDesk } from '../state/analysis-desk.ts';
import type { LinkPart } from '../state/link-part.ts';
import { createMeasurePageStore } from '../state/measure-page.ts';
import { createPageAnalysis } from './create-page-analysis.ts';
import { createPageAtlas } from './create-page-atlas.ts';
import { createPageDomains } from './create-page-domains.ts';
import { createPageLibrary, openFirstModel } from './create-page-library.ts';
import { createPageStore } from './create-page-store.ts';

/** All that the page is made of beside what it shows: one store for each concern, wired to each other. */
export function createPage() {
  const { store, linkProblems, linkParameters, linkedModel, showOpening } = createPageStore();
  const library = createPageLibrary(store);
  const { domains, linkPart: domainsLink, problems } = createPageDomains(store, linkParameters);
  const { atlas, problems: atlasProblems } = createPageAtlas(store, linkParameters);
  const measurePage = createMeasurePageStore(linkParameters);
  const analysis = createPageAnalysis();
  const desk = new AnalysisDesk();
  const firstModel = openFirstModel(store, library, linkedModel, showOpening);
  const linkParts: readonly LinkPart[] = [domainsLink, atlas.link, measurePage.linkPart];
  const workers = [library, domains, atlas, store, desk];
  return {
    store,
    library,
    domains,
    atlas,
    measurePage,
    analysis,
    desk,
    /** What single workspaces add to the link. */
    linkParts,
    /** Parts of the link that nothing could read. */
    linkProblems: [...linkProblems, ...problems, ...atlasProblems],
    /** Resolves when nothing is on its way any more. */
    async whenIdle(): Promise<void> {
      await firstModel;
      do {
        for (const each of workers) await each.whenIdle();
      } while (library.isBusy() || domains.isBusy() || atlas.isBusy() || desk.isBusy);
    },
  };
}

export type Page = ReturnType<typeof createPage>;
