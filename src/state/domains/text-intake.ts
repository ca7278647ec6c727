import type { StoreApi } from 'zustand/vanilla';
import type { Progress } from '../../text/sets/breaks.ts';
import { type NamedFile, partFiles } from '../../text/sets/file-kinds.ts';
import { type PasteCut, partPasted } from '../../text/sets/pasted-texts.ts';
import { readTable, type TableChoice } from '../../text/sets/read-table.ts';
import { readTextFiles } from '../../text/sets/read-text-files.ts';
import type { DomainsState } from './domains-state.ts';
import type { IntakeNote, IntakeState, LostFiles } from './intake-state.ts';
import type { NamedTexts } from './set-edits.ts';

/** What reading texts needs of the store. */
export interface IntakeScene {
  add(sets: readonly NamedTexts[]): Promise<void>;
  /** Takes the texts of the table with this path out again: it is read anew by other columns. */
  removeTable(path: string): void;
  loadBuiltIn(): Promise<readonly NamedTexts[]>;
}

/** A table that is to be read; no columns: those that are found by their names. */
interface WaitingTable {
  readonly file: NamedFile;
  readonly choice: TableChoice;
}

/**
 * Reads what a person gives into sets of texts, one thing after another, and says what became of it. Until
 * the person says so, nothing that was given is left out because something else was given after it.
 */
export class TextIntake {
  private last: Promise<unknown> = Promise.resolve();
  private pending = 0;
  private stopping = new AbortController();
  /** Tables by path: other columns may be wanted. Their paths are made different where they are alike. */
  private readonly tables = new Map<string, WaitingTable>();
  /** Tables to be read next; they stand still while one is asked about. */
  private waiting: WaitingTable[] = [];

  constructor(
    private readonly store: Pick<StoreApi<DomainsState>, 'getState' | 'setState'>,
    private readonly scene: IntakeScene,
  ) {}

  get isBusy(): boolean {
    return this.pending > 0;
  }

  /** False where they could not be fetched. */
  async addBuiltIn(): Promise<boolean> {
    this.beginNotes();
    let isAdded = false;
    await this.enqueue(async (signal) => {
      this.set({ reading: { name: '', share: null } });
      try {
        const sets = await this.scene.loadBuiltIn();
        if (signal.aborted) return;
        await this.scene.add(sets);
        isAdded = true;
      } catch (thrown) {
        const why = thrown instanceof Error ? thrown.message : String(thrown);
        this.note({ kind: 'built-in-missing', why });
      }
    });
    return isAdded;
  }

  async addPasted(pasted: string, name: string, cut?: PasteCut): Promise<void> {
    const { texts, leftOut, shortened } = partPasted(pasted, cut);
    if (texts.length === 0) return;
    this.beginNotes();
    if (leftOut > 0 || shortened.length > 0)
      this.note({ kind: 'pasted', leftOut, shortened: shortened.length });
    await this.scene.add([{ name: name.trim(), texts }]);
  }

  async addFiles(files: readonly NamedFile[], lost?: LostFiles): Promise<void> {
    this.beginNotes();
    // A table whose texts are there already: only other columns were looked for.
    if (this.state.asking?.problem === null) this.set({ asking: null });
    if (lost !== undefined && (lost.isCut || lost.unreadable.length > 0)) {
      const { unreadable, isCut } = lost;
      this.note({ kind: 'lost', unreadable, isCut });
    }
    const { tables, texts } = partFiles(files);
    const named = this.nameTables(tables);
    await this.enqueue(async (signal) => {
      if (texts.length > 0) await this.readTexts(texts, signal);
      if (signal.aborted) return;
      if (files.length === 0) this.note({ kind: 'refused', name: '', why: 'no-files' });
      this.waiting.push(...named);
      await this.readTables(signal);
    });
  }

  async chooseColumns(text: string, label: string | null): Promise<void> {
    const table = this.tables.get(this.state.asking?.name ?? '');
    if (table === undefined) return;
    this.set({ asking: null });
    this.waiting.unshift({ ...table, choice: { ...table.choice, text, label } });
    await this.enqueue((signal) => this.readTables(signal));
  }

  askColumns(name: string): void {
    const { notes, asking } = this.state;
    const report = notes.find((note) => note.kind === 'table' && note.report.name === name);
    if (report?.kind !== 'table') return;
    // The one that is asked about has no texts yet: it is asked about again afterwards.
    const asked = asking === null ? undefined : this.tables.get(asking.name);
    if (asking?.problem !== null && asked !== undefined) this.waiting.unshift(asked);
    const { columns, used } = report.report;
    const { text, label } = used;
    this.set({ asking: { name, columns, text, label, problem: null, wanted: null } });
  }

  dropTable(): void {
    this.set({ asking: null });
    void this.enqueue((signal) => this.readTables(signal));
  }

  /** Leaves everything that is not read yet. */
  cancel(): void {
    this.stopping.abort();
    this.stopping = new AbortController();
    this.waiting = [];
    this.set({ reading: null });
  }

  note(note: IntakeNote): void {
    this.set({ notes: [...this.state.notes, note] });
  }

  dismissNotes(): void {
    this.set({ notes: [] });
  }

  /** Notes are of what was given last: they begin anew unless something before it is not read yet. */
  private beginNotes(): void {
    const { asking } = this.state;
    const isUnderWay = this.isBusy || this.waiting.length > 0 || (asking?.problem ?? null) !== null;
    if (!isUnderWay) this.set({ notes: [] });
  }

  private enqueue(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    if (this.pending++ === 0) this.set({ reading: { name: '', share: null } });
    const done = this.last.then(async () => {
      try {
        if (!signal.aborted) await work(signal);
      } finally {
        if (--this.pending === 0) this.set({ reading: null });
      }
    });
    this.last = done.catch(() => undefined);
    return done;
  }

  /** Tables under paths that no other table of this page has; those of the same name make sets by path. */
  private nameTables(files: readonly NamedFile[]): readonly WaitingTable[] {
    const sources = this.store.getState().sets.flatMap(({ texts }) => texts);
    const taken = new Set([
      ...this.tables.keys(),
      ...sources.flatMap(({ source }) => (source.kind === 'table' ? [source.name] : [])),
    ]);
    const given = [...[...this.tables.values()].map(({ file }) => file), ...files];
    return files.map((file) => {
      let { path } = file;
      for (let i = 2; taken.has(path); i++)
        path = file.path.replace(/(\.[^./\\]*)?$/, (ending) => ` (${i})${ending}`);
      taken.add(path);
      const hasTwin = given.some(
        (other) => other.name === file.name && toFolder(other.path) !== toFolder(file.path),
      );
      const choice = hasTwin ? { setName: file.path.replace(/\.[^./\\]*$/, '') } : {};
      const table = { file: { ...file, path }, choice };
      this.tables.set(path, table);
      return table;
    });
  }

  private get state(): IntakeState {
    return this.store.getState().intake;
  }

  private set(part: Partial<IntakeState>): void {
    this.store.setState(({ intake }) => ({ intake: { ...intake, ...part } }));
  }

  private tell(name: string, signal: AbortSignal): (progress: Progress) => void {
    return ({ done, total }) => {
      if (!signal.aborted) this.set({ reading: { name, share: done / total } });
    };
  }

  private async readTexts(files: readonly NamedFile[], signal: AbortSignal): Promise<void> {
    const name = files.length === 1 ? files[0].name : '';
    this.set({ reading: { name, share: null } });
    const read = await readTextFiles(
      files,
      {},
      {
        signal,
        onProgress: this.tell(name, signal),
      },
    );
    if (signal.aborted) return;
    if (!read.ok) {
      if (read.why === 'no-files') this.note({ kind: 'refused', name, why: 'no-files' });
      return;
    }
    this.note({ kind: 'files', report: read.report });
    await this.scene.add(read.sets);
  }

  /** Reads tables until one has to be asked about. */
  private async readTables(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.state.asking === null) {
      const table = this.waiting.shift();
      if (table === undefined) return;
      await this.readTable(table, signal);
    }
  }

  private async readTable(table: WaitingTable, signal: AbortSignal): Promise<void> {
    const { file, choice } = table;
    const name = file.path;
    this.set({ reading: { name, share: null } });
    const read = await readTable(file, choice, { signal, onProgress: this.tell(name, signal) });
    if (signal.aborted) return;
    if (read.ok) {
      const others = this.state.notes.filter(
        (note) => !(note.kind === 'table' && note.report.name === name),
      );
      this.set({ notes: [...others, { kind: 'table', report: read.report }] });
      if (choice.text !== undefined) this.scene.removeTable(name);
      await this.scene.add(read.sets);
      return;
    }
    if (!('columns' in read)) {
      if (read.why !== 'cancelled') this.note({ kind: 'refused', name, why: read.why });
      return;
    }
    if (this.state.asking !== null) {
      // The person has asked for another one's columns meanwhile: this one comes after it.
      this.waiting.unshift(table);
      return;
    }
    const { columns, proposal, wanted, why } = read;
    const isText = why === 'no-text-column' || why === 'no-texts';
    this.set({
      asking: {
        name,
        columns,
        text: isText ? proposal : (choice.text ?? null),
        label: isText ? (choice.label ?? null) : proposal,
        problem: why,
        wanted,
      },
    });
  }
}

const toFolder = (path: string): string => path.replace(/[^/\\]*$/, '');
