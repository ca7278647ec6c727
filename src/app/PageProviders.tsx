import type { ReactNode } from 'react';
import { AnalysisProvider } from '../state/analysis-hooks.tsx';
import { AtlasProvider } from '../state/atlas/atlas-hooks.tsx';
import { DomainsProvider } from '../state/domains/domains-hooks.tsx';
import { StoreProvider } from '../state/hooks.tsx';
import { LibraryProvider } from '../state/library-hooks.tsx';
import { MeasurePageProvider } from '../state/measure-page-hooks.tsx';
import type { Page } from './create-page.ts';

/** Gives each view what it reads by its hooks. */
export function PageProviders({
  page,
  children,
}: {
  readonly page: Page;
  readonly children: ReactNode;
}) {
  return (
    <StoreProvider store={page.store}>
      <LibraryProvider library={page.library}>
        <DomainsProvider domains={page.domains}>
          <AtlasProvider atlas={page.atlas}>
            <MeasurePageProvider page={page.measurePage}>
              <AnalysisProvider analysis={page.analysis} desk={page.desk}>
                {children}
              </AnalysisProvider>
            </MeasurePageProvider>
          </AtlasProvider>
        </DomainsProvider>
      </LibraryProvider>
    </StoreProvider>
  );
}
