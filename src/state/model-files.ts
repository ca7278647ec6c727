import { HeadlightError } from '../lib/headlight-error.ts';
import { isFolderFile, isGguf, isShard, isWeights, stemOf } from '../model/file-names.ts';

/** Files that a person drops or picks, and which of them are a model. */

/** A file and the folder that it was dropped in, if any. */
export interface PickedFile {
  readonly file: File;
  readonly folder: string | null;
}

/** More files than this are no model's folder; the rest is not looked at. */
const MOST_FILES = 2000;

/** Whether files are a model rather than a text. */
export function isModel(picked: readonly PickedFile[]): boolean {
  return picked.some(({ file }) => isWeights(file.name));
}

/**
 * A model's files out of all that were picked, and what it is called. Throws `argument-invalid` when they
 * are several models.
 */
export function toModelFiles(picked: readonly PickedFile[]): {
  readonly name: string;
  readonly files: readonly File[];
} {
  const weights = picked.filter(({ file }) => isWeights(file.name));
  const ggufs = weights.filter(({ file }) => isGguf(file.name));
  if (ggufs.length > 0) {
    const files = ggufs.map(({ file }) => file);
    const stems = new Set(files.map(({ name }) => stemOf(name)));
    if (stems.size > 1) {
      throw new HeadlightError(
        'argument-invalid',
        `These are ${stems.size} models: ${[...stems].slice(0, 3).join(', ')}. Open one of them.`,
        { models: stems.size },
      );
    }
    // Names that say nothing are told apart by their folder.
    const folder = /^(ggml-)?model\b/i.test(files[0].name) ? ggufs[0].folder : null;
    return { name: folder === null ? files[0].name : `${folder}/${files[0].name}`, files };
  }
  // Beside weights under their usual names others are copies of them (consolidated.safetensors).
  const hasUsual = weights.some(({ file }) => isShard(file.name));
  const files = picked
    .filter(({ file }) => isFolderFile(file.name) || (!hasUsual && isWeights(file.name)))
    .map(({ file }) => file);
  return { name: weights[0]?.folder ?? weights[0]?.file.name ?? '', files };
}

/** Files of an `<input type=file>`, with or without `webkitdirectory`. */
export function fromInput(files: Iterable<File>): readonly PickedFile[] {
  return (
    Array.from(files, (file) => ({
      file,
      path: file.webkitRelativePath.split('/'),
    }))
      // A folder's own files: those of folders inside it belong to other models.
      .filter(({ path }) => path.length <= 2)
      .map(({ file, path }) => ({ file, folder: path.length === 2 ? path[0] : null }))
  );
}

function readFile(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A directory's entries; they come some at a time. */
async function readEntries(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0 || all.length > MOST_FILES) return all;
    all.push(...some);
  }
}

/**
 * All files of a drop; of a dropped folder, its own files. Must be called while the event is handled:
 * the browser forgets the items afterwards.
 */
export async function readDrop(transfer: DataTransfer): Promise<readonly PickedFile[]> {
  const entries = Array.from(transfer.items, (item) =>
    item.kind === 'file' ? (item.webkitGetAsEntry?.() ?? item.getAsFile()) : null,
  );
  const picked: PickedFile[] = [];
  for (const entry of entries) {
    if (entry === null) continue;
    if (entry instanceof File) picked.push({ file: entry, folder: null });
    else if (entry.isFile) {
      picked.push({ file: await readFile(entry as FileSystemFileEntry), folder: null });
    } else {
      for (const inner of await readEntries(entry as FileSystemDirectoryEntry)) {
        if (inner.isFile)
          picked.push({ file: await readFile(inner as FileSystemFileEntry), folder: entry.name });
      }
    }
  }
  return picked;
}
