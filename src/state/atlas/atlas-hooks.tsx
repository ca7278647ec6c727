import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { AtlasActions, AtlasState, AtlasStore } from './atlas-store.ts';
import type { CustomRoleActions, CustomRoleState } from './custom-role-store.ts';

const AtlasContext = createContext<AtlasStore | null>(null);

export function AtlasProvider(props: { readonly atlas: AtlasStore; readonly children: ReactNode }) {
  return <AtlasContext.Provider value={props.atlas}>{props.children}</AtlasContext.Provider>;
}

function useAtlasStore(): AtlasStore {
  const atlas = useContext(AtlasContext);
  if (atlas === null) throw new Error('a view stands outside the AtlasProvider');
  return atlas;
}

/** A part of the atlas's state; the component is drawn again when it changes (compared shallowly). */
export function useAtlas<T>(selector: (state: AtlasState) => T): T {
  return useStore(useAtlasStore().store, useShallow(selector));
}

export function useAtlasActions(): AtlasActions {
  return useAtlasStore().actions;
}

/** A part of the state of the person's own role. */
export function useCustomRole<T>(selector: (state: CustomRoleState) => T): T {
  return useStore(useAtlasStore().custom.store, useShallow(selector));
}

export function useCustomRoleActions(): CustomRoleActions {
  return useAtlasStore().custom.actions;
}
