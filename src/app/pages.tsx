import { type ComponentType, lazy } from 'react';
import type { Workspace } from '../state/workspace.ts';
import { ReadPage } from './ReadPage.tsx';

/** What each workspace shows. Those that open without numbers to wait for come when they are asked for. */
export const PAGES: Readonly<Record<Workspace, ComponentType>> = {
  read: ReadPage,
  measures: lazy(() => import('../views/measure-docs/index.tsx')),
};
