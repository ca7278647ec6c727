import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LinkParameters, LinkPart } from './link-part.ts';

/** Which measure's page is open in the Measures workspace. */
export interface MeasurePageState {
  /** A measure's or page's id as it was asked for, known or not; null: none was. */
  readonly id: string | null;
}

export interface MeasurePageStore {
  readonly store: StoreApi<MeasurePageState>;
  readonly linkPart: LinkPart;
  select(id: string): void;
}

const PARAMETER = 'measures.id';
/** A link may say anything. */
const LONGEST_ID = 80;

/** The Measures workspace's state, opened as the page's link says ("measures.id=entropy"). */
export function createMeasurePageStore(parameters: LinkParameters): MeasurePageStore {
  const store = createStore<MeasurePageState>(() => ({
    id: parameters[PARAMETER]?.slice(0, LONGEST_ID) ?? null,
  }));
  return {
    store,
    linkPart: {
      write() {
        const { id } = store.getState();
        return id === null ? {} : { [PARAMETER]: id };
      },
      subscribe: store.subscribe,
    },
    select: (id) => store.setState({ id }),
  };
}
