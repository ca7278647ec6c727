import { HeadlightError } from '../lib/headlight-error.ts';
import type { FileStore } from './file-store.ts';
import {
  type ModelRecord,
  RECORD_NAME,
  type RecordedFile,
  readRecord,
  writeRecord,
} from './model-record.ts';

/** Times that a record which another tab is writing is tried again. */
const MOST_TRIES = 20;
const TRY_EVERY_MS = 25;

/** What is written beside a model's files, in its folder. */
export class RecordStore {
  constructor(
    private readonly store: FileStore,
    private readonly wait: (milliseconds: number) => Promise<void>,
  ) {}

  /** `unreadable` for a record that is damaged, being written, or a newer version's; null for none. */
  async read(id: string): Promise<ModelRecord | 'unreadable' | null> {
    const text = await this.store.readText(id, RECORD_NAME);
    return text === null ? null : (readRecord(text) ?? 'unreadable');
  }

  /** Writes a record; another tab may be writing it for a moment. */
  async write(id: string, record: ModelRecord): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await this.store.writeText(id, RECORD_NAME, writeRecord(record));
        return;
      } catch (thrown) {
        const isBusy = thrown instanceof HeadlightError && thrown.code === 'storage-busy';
        if (!isBusy || tries === MOST_TRIES) throw thrown;
        await this.wait(TRY_EVERY_MS);
      }
    }
  }

  /**
   * Puts what is known of one file into the record as it is now: another tab may have written of other
   * files. `known` stands in where the record is gone. Null takes the file out.
   */
  async change(
    id: string,
    known: ModelRecord,
    fileName: string,
    file: RecordedFile | null,
  ): Promise<ModelRecord> {
    const stored = await this.read(id);
    const record = stored === null || stored === 'unreadable' ? known : stored;
    const files = record.files.flatMap((each) => {
      if (each.name !== fileName) return [each];
      return file === null ? [] : [file];
    });
    const changed = { ...record, files };
    await this.write(id, changed);
    return changed;
  }
}
