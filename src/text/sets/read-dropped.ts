import type { LongWork } from './breaks.ts';
import { type NamedFile, partFiles } from './file-kinds.ts';
import { type JoinedSets, joinSets } from './join-sets.ts';
import { readTable, type TableResult } from './read-table.ts';
import { type FilesReport, readTextFiles } from './read-text-files.ts';
import type { TextSet } from './text-set.ts';

export type DroppedResult =
  | (JoinedSets & {
      readonly ok: true;
      /** What became of each table; one that needs a choice is read again by `readTable` with it. */
      readonly tables: readonly TableResult[];
      /** What became of the files that are a text each; null when there were none. */
      readonly files: FilesReport | null;
    })
  | { readonly ok: false; readonly why: 'no-files' | 'cancelled' };

/**
 * The sets of whatever was dropped or picked: tables by their labels, other files as a text each. Sets of
 * the same name become one.
 */
export async function readDropped(
  files: readonly NamedFile[],
  work: LongWork = {},
): Promise<DroppedResult> {
  const { tables, texts } = partFiles(files);
  if (tables.length === 0 && texts.length === 0) return { ok: false, why: 'no-files' };
  const added: TextSet[] = [];
  const results: TableResult[] = [];
  const isAlone = files.length === 1;
  for (const [i, table] of tables.entries()) {
    const result = await readTable(table, {}, isAlone ? work : withoutProgress(work));
    if (!result.ok && result.why === 'cancelled') return { ok: false, why: 'cancelled' };
    if (result.ok) added.push(...result.sets);
    results.push(result);
    if (!isAlone) work.onProgress?.({ done: i + 1, total: tables.length });
  }
  const read = texts.length === 0 ? null : await readTextFiles(texts, {}, work);
  if (read?.ok === false && (read.why === 'cancelled' || tables.length === 0)) return read;
  if (read?.ok) added.push(...read.sets);
  return {
    ok: true,
    ...joinSets([], added),
    tables: results,
    files: read?.ok ? read.report : null,
  };
}

/** Bytes of one table among many would count from nothing again and again. */
const withoutProgress = ({ signal, pause }: LongWork): LongWork => ({ signal, pause });
