import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { LibraryState } from './library-state.ts';
import type { LibraryActions, LibraryStore } from './library-store.ts';

const LibraryContext = createContext<LibraryStore | null>(null);

export function LibraryProvider(props: {
  readonly library: LibraryStore;
  readonly children: ReactNode;
}) {
  return <LibraryContext.Provider value={props.library}>{props.children}</LibraryContext.Provider>;
}

function useLibraryStore(): LibraryStore {
  const library = useContext(LibraryContext);
  if (library === null) throw new Error('a view stands outside the LibraryProvider');
  return library;
}

/** A part of the library's state; the component is drawn again when it changes (compared shallowly). */
export function useLibrary<T>(selector: (state: LibraryState) => T): T {
  return useStore(useLibraryStore().store, useShallow(selector));
}

export function useLibraryActions(): LibraryActions {
  return useLibraryStore().actions;
}
