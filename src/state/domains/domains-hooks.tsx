import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { DomainResults } from './domain-results.ts';
import type { DomainsState } from './domains-state.ts';
import type { DomainsActions, DomainsStore } from './domains-store.ts';

const DomainsContext = createContext<DomainsStore | null>(null);

export function DomainsProvider(props: {
  readonly domains: DomainsStore;
  readonly children: ReactNode;
}) {
  return <DomainsContext.Provider value={props.domains}>{props.children}</DomainsContext.Provider>;
}

function useDomainsStore(): DomainsStore {
  const domains = useContext(DomainsContext);
  if (domains === null) throw new Error('a view stands outside the DomainsProvider');
  return domains;
}

/** A part of the state; the component is drawn again when it changes (compared shallowly). */
export function useDomains<T>(selector: (state: DomainsState) => T): T {
  return useStore(useDomainsStore().store, useShallow(selector));
}

export function useDomainsActions(): DomainsActions {
  return useDomainsStore().actions;
}

/**
 * Finished texts and their profiles, the same object until something of it changes; null before the first
 * text of every set is done. Grows in steps while the queue runs.
 */
export function useDomainResults(): DomainResults | null {
  const { store, results } = useDomainsStore();
  return useStore(store, results);
}
