import { type GuessedText, guessText } from '../decode-text.ts';
import { createBreaks, type LongWork } from './breaks.ts';
import { hasBinaryName, isSystemFile, type NamedFile } from './file-kinds.ts';
import { type Grouping, groupFiles } from './group-files.ts';
import { chooseLabels, type LabelCount, type LeftOut, rankLabels } from './labels.ts';
import { isSpread } from './spread.ts';
import {
  createTextItem,
  createTextSets,
  SET_TEXT_LIMIT,
  type TextItem,
  type TextSet,
} from './text-set.ts';
import { readBytes } from './text-stream.ts';

/** Bytes above which a file is no text of a set: it would have to be cut to a tenth or less. */
export const FILE_LIMIT = 2_000_000;

export interface FileChoice {
  /** All files as one set with this name. */
  readonly oneSet?: string | undefined;
  /** The folders or beginnings of names that become sets; the eight with most files when absent. */
  readonly groups?: readonly string[] | undefined;
}

export interface RefusedFile {
  /** With its folders. */
  readonly path: string;
  readonly why: 'binary' | 'encoding' | 'too-large' | 'unreadable' | 'empty';
}

export interface FilesReport {
  /** What the sets' names were taken from. */
  readonly grouping: Grouping;
  /** Every folder (or beginning of names) with its files, the largest first. */
  readonly groups: readonly LabelCount[];
  /** The groups that became sets. */
  readonly chosen: readonly string[];
  /** Groups with more files than a set takes. */
  readonly leftOut: readonly LeftOut[];
  readonly refused: readonly RefusedFile[];
  /** Files whose encoding nothing names: their letters may be wrong. */
  readonly guessed: readonly string[];
  /** Files that were too long and were cut. */
  readonly shortened: readonly string[];
  /** Files that systems leave in folders, which were passed over. */
  readonly systemFiles: number;
}

export type FilesResult =
  | { readonly ok: true; readonly sets: readonly TextSet[]; readonly report: FilesReport }
  | { readonly ok: false; readonly why: 'no-files' | 'cancelled' };

/**
 * The sets of many files, each a text with its file's name as title. Which files are read is settled by
 * their names first, at most `SET_TEXT_LIMIT` a set, spread evenly over the sorted names; so ten thousand
 * files cost no more than the few that are kept. A file that is no text is refused by name and does not
 * stop the others; a set of which none could be read stays, empty.
 */
export async function readTextFiles(
  files: readonly NamedFile[],
  { oneSet, groups: wished }: FileChoice = {},
  work: LongWork = {},
): Promise<FilesResult> {
  const own = files.filter(({ path }) => !isSystemFile(path));
  const refused: RefusedFile[] = own
    .filter(({ name }) => hasBinaryName(name))
    .map(({ path }) => ({ path, why: 'binary' }));
  const readable = own.filter(({ name }) => !hasBinaryName(name));
  if (own.length === 0) return { ok: false, why: 'no-files' };

  const { grouping, groups } =
    oneSet === undefined
      ? groupFiles(readable)
      : { grouping: 'none' as const, groups: new Map([[oneSet, readable]]) };
  const counts = new Map([...groups].map(([label, { length }]) => [label, length]));
  const chosen = chooseLabels(counts, wished);
  const spread = chosen.map((label) => {
    const all = groups.get(label) ?? [];
    return { label, files: all.filter((_, i) => isSpread(i, all.length, SET_TEXT_LIMIT)) };
  });

  const goOn = createBreaks(work);
  const total = spread.reduce((sum, group) => sum + group.files.length, 0);
  const guessed: string[] = [];
  const shortened: string[] = [];
  const named: { name: string; texts: TextItem[] }[] = [];
  let done = 0;
  for (const group of spread) {
    const texts: TextItem[] = [];
    named.push({ name: group.label, texts });
    for (const file of group.files) {
      if (!(await goOn())) return { ok: false, why: 'cancelled' };
      const read = await readFile(file);
      work.onProgress?.({ done: ++done, total });
      if (!read.ok) {
        refused.push({ path: file.path, why: read.why });
        continue;
      }
      const source = { kind: 'file', name: file.path } as const;
      const { item, isShortened } = createTextItem(read.text, source, file.name);
      texts.push(item);
      if (read.isGuess) guessed.push(file.path);
      if (isShortened) shortened.push(file.path);
    }
  }
  return {
    ok: true,
    sets: createTextSets(named),
    report: {
      grouping,
      groups: rankLabels(counts),
      chosen,
      leftOut: spread
        .map(({ label, files: { length } }) => ({
          label,
          kept: length,
          count: counts.get(label) ?? 0,
        }))
        .filter(({ kept, count }) => kept < count),
      refused,
      guessed,
      shortened,
      systemFiles: files.length - own.length,
    },
  };
}

async function readFile({
  content,
}: NamedFile): Promise<
  Extract<GuessedText, { ok: true }> | { readonly ok: false; readonly why: RefusedFile['why'] }
> {
  if (content.size > FILE_LIMIT) return { ok: false, why: 'too-large' };
  const bytes = await readBytes(content, 0, content.size);
  if (bytes === null) return { ok: false, why: 'unreadable' };
  const decoded = guessText(bytes);
  return decoded.ok && decoded.text.trim() === '' ? { ok: false, why: 'empty' } : decoded;
}
