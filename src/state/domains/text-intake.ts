import type { StoreApi } from 'zustand/vanilla';
import { LatestWins } from '../../lib/latest-wins.ts';
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
  /** Takes the texts of a table out again: it is read anew by other columns. */
  removeTable(name: string): void;
  loadBuiltIn(): Promise<readonly NamedTexts[]>;
}

/** Reads what a person gives into sets of texts, and says what became of it. */
export class TextIntake {
  private readonly work = new LatestWins();
  /** Tables by name: other columns may be wanted. */
  private readonly tables = new Map<string, NamedFile>();
  /** Tables that wait until the person has answered for the one before. */
  private waiting: NamedFile[] = [];

  constructor(
    private readonly store: Pick<StoreApi<DomainsState>, 'getState' | 'setState'>,
    private readonly scene: IntakeScene,
  ) {}

  /** False where they could not be fetched. */
  async addBuiltIn(): Promise<boolean> {
    this.set({ notes: [], reading: { name: '', share: null } });
    try {
      await this.scene.add(await this.scene.loadBuiltIn());
      return true;
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      this.note({ kind: 'built-in-missing', why });
      return false;
    } finally {
      this.set({ reading: null });
    }
  }

  async addPasted(pasted: string, name: string, cut?: PasteCut): Promise<void> {
    const { texts, leftOut, shortened } = partPasted(pasted, cut);
    if (texts.length === 0) return;
    this.dismissNotes();
    if (leftOut > 0 || shortened.length > 0)
      this.note({ kind: 'pasted', leftOut, shortened: shortened.length });
    await this.scene.add([{ name: name.trim(), texts }]);
  }

  async addFiles(files: readonly NamedFile[], lost?: LostFiles): Promise<void> {
    this.set({ notes: [], asking: null });
    if (lost !== undefined && (lost.isCut || lost.unreadable.length > 0)) {
      const { unreadable, isCut } = lost;
      this.note({ kind: 'lost', unreadable, isCut });
    }
    this.waiting = [];
    const { tables, texts } = partFiles(files);
    await this.work.start(async (signal) => {
      try {
        if (texts.length > 0) await this.readTexts(texts, signal);
        this.waiting = [...tables];
        if (files.length === 0) this.note({ kind: 'refused', name: '', why: 'no-files' });
        await this.readTables(signal);
      } finally {
        if (!signal.aborted) this.set({ reading: null });
      }
    });
  }

  async chooseColumns(text: string, label: string | null): Promise<void> {
    const file = this.tables.get(this.state.asking?.name ?? '');
    if (file === undefined) return;
    this.set({ asking: null });
    await this.work.start(async (signal) => {
      try {
        if (await this.readTable(file, { text, label }, signal)) await this.readTables(signal);
      } finally {
        if (!signal.aborted) this.set({ reading: null });
      }
    });
  }

  askColumns(name: string): void {
    const report = this.state.notes.find(
      (note) => note.kind === 'table' && note.report.name === name,
    );
    if (report?.kind !== 'table') return;
    const { columns, used } = report.report;
    const { text, label } = used;
    this.set({ asking: { name, columns, text, label, problem: null, wanted: null } });
  }

  dropTable(): void {
    this.set({ asking: null });
    void this.work.start(async (signal) => {
      await this.readTables(signal);
      if (!signal.aborted) this.set({ reading: null });
    });
  }

  cancel(): void {
    this.work.cancel();
    this.waiting = [];
    this.set({ reading: null });
  }

  note(note: IntakeNote): void {
    this.set({ notes: [...this.state.notes, note] });
  }

  dismissNotes(): void {
    this.set({ notes: [] });
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
    for (let file = this.waiting.shift(); file !== undefined; file = this.waiting.shift()) {
      if (signal.aborted || !(await this.readTable(file, {}, signal))) return;
    }
  }

  /** False where the person has to say first which columns are meant. */
  private async readTable(
    file: NamedFile,
    choice: TableChoice,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { name } = file;
    this.set({ reading: { name, share: null } });
    const read = await readTable(file, choice, {
      signal,
      onProgress: this.tell(name, signal),
    });
    if (signal.aborted) return false;
    this.tables.set(name, file);
    if (read.ok) {
      const others = this.state.notes.filter(
        (note) => !(note.kind === 'table' && note.report.name === name),
      );
      this.set({ notes: [...others, { kind: 'table', report: read.report }] });
      if (others.length < this.state.notes.length - 1 || choice.text !== undefined)
        this.scene.removeTable(name);
      await this.scene.add(read.sets);
      return true;
    }
    if ('columns' in read) {
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
      return false;
    }
    if (read.why !== 'cancelled') this.note({ kind: 'refused', name, why: read.why });
    return true;
  }
}
