import { type ComponentType, lazy } from 'react';
import type { Workspace } from '../state/workspace.ts';
import { DomainsPage } from './DomainsPage.tsx';
import { ReadPage } from './ReadPage.tsx';

/** What each workspace shows. Those that open without numbers to wait for come when they are asked for. */
export const PAGES: Readonly<Record<Workspace, ComponentType>> = {
  read: ReadPage,
  domains: DomainsPage,
  measures: lazy(() => import('../views/measure-docs/index.tsx')),
};
