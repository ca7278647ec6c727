import type { ComponentType } from 'react';
import type { Workspace } from '../state/workspace.ts';
import { DomainsPage } from './DomainsPage.tsx';
import { ReadPage } from './ReadPage.tsx';

/** What each workspace shows. */
export const PAGES: Readonly<Record<Workspace, ComponentType>> = {
  read: ReadPage,
  domains: DomainsPage,
};
