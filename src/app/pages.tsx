import type { ComponentType } from 'react';
import type { Workspace } from '../state/workspace.ts';
import { ReadPage } from './ReadPage.tsx';

/** What each workspace shows. */
export const PAGES: Readonly<Record<Workspace, ComponentType>> = {
  read: ReadPage,
};
