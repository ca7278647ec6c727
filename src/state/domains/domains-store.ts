import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NamedFile } from '../../text/sets/file-kinds.ts';
import type { PasteCut } from '../../text/sets/pasted-texts.ts';
import { withoutRepeats } from '../../text/sets/text-set.ts';
import { DEFAULT_DOMAIN_OPTIONS, type DomainOptions } from './domain-options.ts';
import { createResultsReader, type DomainResults } from './domain-results.ts';
import { DEFAULT_RULES, type DomainRules } from './domain-rules.ts';
import type { DomainsState } from './domains-state.ts';
import { type LostFiles, NO_INTAKE } from './intake-state.ts';
import { Keeper } from './keeper.ts';
import type { KeptDomains } from './kept-domains.ts';
import { ProfileCache } from './profile-cache.ts';
import {
  addSets,
  changeSet,
  mergeSets,
  moveText,
  type NamedTexts,
  removeText,
} from './set-edits.ts';
import { SetsKeeper } from './sets-keeper.ts';
import { type QueueHost, SurveyQueue } from './survey-queue.ts';
import { TextIntake } from './text-intake.ts';

/** What sets of texts need of the place they live in. */
export interface DomainsHost {
  readonly headlight: QueueHost;
  readonly kept: KeptDomains;
  /** The texts that come with the page; rejects where they cannot be fetched. */
  loadBuiltIn(): Promise<readonly NamedTexts[]>;
}

/** Everything a person can do with sets of texts. */
export interface DomainsActions {
  /** Brings back what this browser keeps, once; whatever adds texts does it first. */
  open(): Promise<void>;
  setOptions(part: Partial<DomainOptions>): void;
  setRules(part: Partial<DomainRules>): void;
  /** Texts under a name that a set has already join it. */
  addSets(sets: readonly NamedTexts[]): Promise<void>;
  /** The texts that come with the page; they are run at once. */
  addBuiltIn(): Promise<void>;
  /** Texts of what was pasted, into the set of this name. */
  addPasted(pasted: string, name: string, cut?: PasteCut): Promise<void>;
  /** Tables and texts; a table without a column of texts asks for one. */
  addFiles(files: readonly NamedFile[], lost?: LostFiles): Promise<void>;
  /** Which columns hold what; label null: the table is one set. */
  chooseColumns(text: string, label: string | null): Promise<void>;
  /** Asks for other columns of a table that was read. */
  askColumns(name: string): void;
  /** Leaves the table that is asked about. */
  dropTable(): void;
  cancelReading(): void;
  dismissNotes(): void;
  rename(setId: string, name: string): void;
  removeSet(setId: string): void;
  removeAll(): void;
  removeText(setId: string, textId: string): void;
  /** Keeps each text of a set once. */
  removeRepeats(setId: string): void;
  moveText(textId: string, fromId: string, toId: string): void;
  /** Puts the texts of one set at the end of another. */
  mergeSets(fromId: string, intoId: string): void;
  /** Runs what waits; also goes on after a pause. */
  start(): void;
  pause(): void;
  cancel(): void;
  retryFailed(): void;
  /** Deletes the results of all texts, of all models; the sets stay. */
  forgetResults(): Promise<void>;
}

export interface DomainsStore {
  readonly store: StoreApi<DomainsState>;
  readonly actions: DomainsActions;
  /** Finished texts of a state; the same object for the same results. Null before there are any. */
  results(state: DomainsState): DomainResults | null;
  isBusy(): boolean;
  /** Resolves when nothing is being read, prepared, surveyed or kept. */
  whenIdle(): Promise<void>;
}

/** The store of the Domains workspace. */
export function createDomainsStore(
  host: DomainsHost,
  options: Partial<DomainOptions> = {},
): DomainsStore {
  const store = createStore<DomainsState>(() => ({
    isRestored: false,
    sets: [],
    rules: DEFAULT_RULES,
    options: { ...DEFAULT_DOMAIN_OPTIONS, ...options },
    plan: null,
    texts: new Map(),
    queue: { status: 'idle' },
    counts: { done: 0, failed: 0, total: 0 },
    shownPlan: null,
    resultsVersion: 0,
    keeping: { status: 'kept' },
    room: host.kept.room,
    profileBytes: null,
    usage: null,
    intake: NO_INTAKE,
  }));
  const set = store.setState;
  const get = store.getState;
  const profiles = new ProfileCache();
  const keeper = new Keeper(host.kept, store);
  const setsKeeper = new SetsKeeper(keeper, store, (why) => {
    if (!get().intake.notes.some((note) => note.kind === 'merged' && note.why === why))
      intake.note({ kind: 'merged', why });
    queue.prepare();
  });
  const save = (): void => setsKeeper.save();
  const queue = new SurveyQueue(host.headlight, store, profiles, keeper, save);

  let restoring: Promise<void> | null = null;
  const restore = async (): Promise<void> => {
    await setsKeeper.restore();
    const progress = await keeper.do((kept) => kept.loadProgress(), null);
    set({ isRestored: true });
    if (get().sets.length > 0) {
      if (progress !== null) queue.offer(progress);
      queue.prepare();
    }
    await queue.keepUsage();
  };
  const open = (): Promise<void> => {
    restoring ??= restore();
    return restoring;
  };

  /** Takes other sets; what is done of the same texts stays done. */
  const place = (sets: DomainsState['sets']): void => {
    if (sets === get().sets) return;
    set({ sets });
    save();
    queue.prepare();
  };
  const add = async (added: readonly NamedTexts[]): Promise<void> => {
    await open();
    const { sets, setsLeftOut, textsLeftOut } = addSets(get().sets, added);
    if (setsLeftOut.length > 0 || textsLeftOut.length > 0)
      intake.note({ kind: 'limits', sets: setsLeftOut, texts: textsLeftOut });
    place(sets);
  };
  const intake = new TextIntake(store, {
    add,
    removeTable: (path) =>
      set(({ sets }) => ({
        sets: sets
          .map((each) => ({
            ...each,
            texts: each.texts.filter(
              ({ source }) => !(source.kind === 'table' && source.name === path),
            ),
          }))
          .filter(({ texts }, i) => texts.length > 0 || sets[i].texts.length === 0),
      })),
    loadBuiltIn: host.loadBuiltIn,
  });

  const actions: DomainsActions = {
    open,
    setOptions: (part) => set((state) => ({ options: { ...state.options, ...part } })),
    setRules(part) {
      set(({ rules }) => ({ rules: { ...rules, ...part } }));
      save();
      queue.prepare();
    },
    addSets: add,
    async addBuiltIn() {
      if (await intake.addBuiltIn()) queue.start();
    },
    addPasted: (pasted, name, cut) => intake.addPasted(pasted, name, cut),
    addFiles: (files, lost) => intake.addFiles(files, lost),
    chooseColumns: (text, label) => intake.chooseColumns(text, label),
    askColumns: (name) => intake.askColumns(name),
    dropTable: () => intake.dropTable(),
    cancelReading: () => intake.cancel(),
    dismissNotes: () => intake.dismissNotes(),
    rename(setId, name) {
      set(({ sets }) => ({ sets: changeSet(sets, setId, (each) => ({ ...each, name })) }));
      save();
    },
    removeSet: (setId) => place(get().sets.filter(({ id }) => id !== setId)),
    removeAll() {
      set({ rules: DEFAULT_RULES });
      place([]);
    },
    removeText: (setId, textId) => place(removeText(get().sets, setId, textId)),
    removeRepeats: (setId) =>
      place(changeSet(get().sets, setId, (each) => withoutRepeats(each).set)),
    moveText: (textId, fromId, toId) => place(moveText(get().sets, textId, fromId, toId)),
    mergeSets: (fromId, intoId) => place(mergeSets(get().sets, fromId, intoId)),
    start: () => queue.start(),
    pause: () => queue.pause('person'),
    cancel: () => queue.cancel(),
    retryFailed: () => queue.retryFailed(),
    async forgetResults() {
      queue.cancel();
      profiles.clear();
      set({ shownPlan: null });
      await keeper.do((kept) => kept.forgetProfiles(), undefined);
      await queue.keepUsage();
      queue.prepare();
    },
  };

  const isBusy = (): boolean =>
    queue.isBusy || keeper.isBusy || intake.isBusy || (restoring !== null && !get().isRestored);
  return {
    store,
    actions,
    results: createResultsReader(profiles),
    isBusy,
    async whenIdle() {
      while (isBusy()) await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}
