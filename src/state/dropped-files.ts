import { createBreaks, type LongWork } from '../text/sets/breaks.ts';
import { isSystemFile, type NamedFile } from '../text/sets/file-kinds.ts';

/** Files beyond this many are not looked for: no eight sets come out of them. */
const MOST_FILES = 50_000;

export type DroppedFiles =
  | {
      readonly ok: true;
      readonly files: readonly NamedFile[];
      /** Paths of files and folders that the browser would not give. */
      readonly unreadable: readonly string[];
      /** True when there are more than 50,000 files; the rest is not in `files`. */
      readonly isCut: boolean;
    }
  | { readonly ok: false; readonly why: 'cancelled' };

/**
 * All files of a drop, those of dropped folders and the folders within them at their paths; hidden folders
 * and those that systems make are not entered. Must be called while the event is handled: the browser
 * forgets the items afterwards. Progress counts the files found so far.
 */
export async function readDroppedFiles(
  transfer: DataTransfer,
  work: LongWork = {},
): Promise<DroppedFiles> {
  const roots = Array.from(transfer.items, (item) =>
    item.kind === 'file' ? (item.webkitGetAsEntry?.() ?? item.getAsFile()) : null,
  );
  const goOn = createBreaks(work);
  const files: NamedFile[] = [];
  const unreadable: string[] = [];
  const waiting = roots.filter((root) => root !== null).reverse();
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    if (!(await goOn())) return { ok: false, why: 'cancelled' };
    if (files.length >= MOST_FILES) return { ok: true, files, unreadable, isCut: true };
    if (entry instanceof File) {
      files.push({ name: entry.name, path: entry.name, content: entry });
      continue;
    }
    const path = entry.fullPath.replace(/^\//, '') || entry.name;
    if (entry.isDirectory && isSystemFile(path)) continue;
    try {
      if (entry.isFile) {
        const content = await openFile(entry as FileSystemFileEntry);
        files.push({ name: content.name, path, content });
        work.onProgress?.({ done: files.length, total: files.length + waiting.length });
      } else {
        const inner = await listEntries(entry as FileSystemDirectoryEntry);
        for (const each of inner.reverse()) waiting.push(each);
      }
    } catch {
      unreadable.push(path);
    }
  }
  return { ok: true, files, unreadable, isCut: false };
}

function openFile(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A folder's entries; they come some at a time. */
async function listEntries(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0 || all.length > MOST_FILES) return all;
    for (const entry of some) all.push(entry);
  }
}
