import type { StoreApi } from 'zustand/vanilla';
import type { TextItem } from '../../text/sets/text-set.ts';
import type { DomainOptions } from './domain-options.ts';
import type { DomainResults } from './domain-results.ts';
import type { DomainRules, DomainsState } from './domains-state.ts';

/** A set to be: its name may be empty. */
export interface NamedTexts {
  readonly name: string;
  readonly texts: readonly TextItem[];
}

/** Everything a person can do with sets of texts. */
export interface DomainsActions {
  setOptions(part: Partial<DomainOptions>): void;
  setRules(part: Partial<DomainRules>): void;
  addSets(sets: readonly NamedTexts[]): void;
  rename(setId: string, name: string): void;
  removeSet(setId: string): void;
  removeText(setId: string, textId: string): void;
  moveText(textId: string, fromId: string, toId: string): void;
  /** Puts the texts of one set at the end of another. */
  mergeSets(fromId: string, intoId: string): void;
  start(): void;
  pause(): void;
  cancel(): void;
  retryFailed(): void;
  forgetResults(): void;
}

export interface DomainsStore {
  readonly store: StoreApi<DomainsState>;
  readonly actions: DomainsActions;
  /** Finished texts of a state; the same object for the same results. Null before there are any. */
  results(state: DomainsState): DomainResults | null;
  /** Resolves when nothing is being read, prepared, surveyed or kept. */
  whenIdle(): Promise<void>;
}
