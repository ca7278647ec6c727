import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import { useActions } from './hooks.tsx';
import { createMeasurePageStore, type MeasurePageStore } from './measure-page.ts';

/** Without a provider pages can be turned all the same; no link remembers which. */
const MeasurePageContext = createContext<MeasurePageStore>(createMeasurePageStore({}));

export function MeasurePageProvider(props: {
  readonly page: MeasurePageStore;
  readonly children: ReactNode;
}) {
  return (
    <MeasurePageContext.Provider value={props.page}>{props.children}</MeasurePageContext.Provider>
  );
}

/** The id of the measure whose page was asked for, and the way to ask for another. */
export function useMeasurePage(): {
  readonly id: string | null;
  readonly select: (id: string) => void;
} {
  const page = useContext(MeasurePageContext);
  return { id: useStore(page.store, (state) => state.id), select: page.select };
}

/** Opens the page of a measure from anywhere. */
export function useOpenMeasure(): (id: string) => void {
  const { select } = useContext(MeasurePageContext);
  const { openWorkspace } = useActions();
  return (id) => {
    select(id);
    openWorkspace('measures');
  };
}
