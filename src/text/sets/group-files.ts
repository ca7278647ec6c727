import { group } from 'd3';
import type { NamedFile } from './file-kinds.ts';
import { SET_LIMIT } from './text-set.ts';

/** What the names of sets were taken from: folders, the beginnings of file names, or nothing. */
export type Grouping = 'folder' | 'beginning' | 'none';

export interface FileGroups {
  readonly grouping: Grouping;
  /** Files by the name of their set, in the order of their paths; "" where nothing names it. */
  readonly groups: ReadonlyMap<string, readonly NamedFile[]>;
}

const inNumbers = new Intl.Collator('en', { numeric: true });

/**
 * Files that are a text each, as sets. Files of several folders are a set a folder; files of one folder
 * are parted by how their names begin ("web-01.txt", "code-01.txt") where that gives two to eight sets
 * of two files or more, else they are one set, named by the folder.
 */
export function groupFiles(files: readonly NamedFile[]): FileGroups {
  const sorted = files.toSorted((a, b) => inNumbers.compare(a.path, b.path));
  const folders = group(sorted, ({ path }) => getFolder(path));
  if (folders.size > 1) return { grouping: 'folder', groups: nameFolders(folders) };
  const beginnings = group(sorted, ({ name }) => getBeginning(name));
  const isParted =
    beginnings.size > 1 &&
    beginnings.size <= SET_LIMIT &&
    [...beginnings].every(([name, members]) => name !== '' && members.length > 1);
  if (isParted) return { grouping: 'beginning', groups: beginnings };
  const [folder = ''] = folders.keys();
  if (folder !== '') return { grouping: 'folder', groups: nameFolders(folders) };
  const [only = ''] = beginnings.size === 1 ? beginnings.keys() : [];
  return {
    grouping: only === '' ? 'none' : 'beginning',
    groups: new Map(sorted.length === 0 ? [] : [[only, sorted]]),
  };
}

const getFolder = (path: string): string => path.replace(/\\/g, '/').replace(/\/?[^/]*$/, '');

/** "web-01.txt" -> "web", "Chat 12 (b).md" -> "Chat"; "" for "12.txt". */
const getBeginning = (name: string): string =>
  name
    .replace(/\.[^.]*$/, '')
    .replace(/[\s_.#(-]*\p{N}.*$/u, '')
    .trim();

/** Folders by their own name, by more of their path where two have the same. */
function nameFolders(
  folders: ReadonlyMap<string, readonly NamedFile[]>,
): ReadonlyMap<string, readonly NamedFile[]> {
  const lastPart = (path: string): string => path.split('/').at(-1) ?? path;
  const shared = group(folders.keys(), lastPart);
  return new Map(
    [...folders].map(([path, files]) => {
      const name = lastPart(path);
      return [(shared.get(name)?.length ?? 0) > 1 ? path : name, files];
    }),
  );
}
