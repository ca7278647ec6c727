import { type ComponentType, lazy } from 'react';
import type { Workspace } from '../state/workspace.ts';
import { ReadPage } from './ReadPage.tsx';

/** What each workspace shows; those that the page does not open with are fetched when they are. */
export const PAGES: Readonly<Record<Workspace, ComponentType>> = {
  read: ReadPage,
  domains: lazy(async () => ({ default: (await import('./DomainsPage.tsx')).DomainsPage })),
  atlas: lazy(async () => ({ default: (await import('./AtlasPage.tsx')).AtlasPage })),
  measures: lazy(() => import('../views/measure-docs/index.tsx')),
};
