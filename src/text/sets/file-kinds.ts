/** A file as it was dropped, picked or fetched. */
export interface NamedFile {
  readonly name: string;
  /** Its place in the folder that was dropped, "news/today/a.txt"; the name alone where it was in none. */
  readonly path: string;
  readonly content: Blob;
}

/** A picked file with its place in the folder that was picked, if one was. */
export function toNamedFile(file: File): NamedFile {
  return { name: file.name, path: file.webkitRelativePath || file.name, content: file };
}

export type TableFormat = 'csv' | 'tsv' | 'jsonl' | 'json';

const TABLES: Readonly<Record<string, TableFormat>> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'json',
};

/** Kinds of files that are no text, known by their names so that thousands need not be read. */
const BINARY = new Set(
  (
    'png jpg jpeg gif webp bmp tif tiff ico heic avif psd mp3 wav ogg flac m4a aac mp4 m4v mov avi mkv webm ' +
    'pdf doc docx xls xlsx ppt pptx odt ods odp epub mobi zip gz tgz bz2 xz 7z rar tar zst jar exe dll so ' +
    'dylib bin o a class pyc wasm gguf safetensors onnx pt pth npy npz pkl parquet arrow feather sqlite db ' +
    'woff woff2 ttf otf eot dmg iso'
  ).split(' '),
);

/** A name's extension in small letters without its dot; "" where there is none. */
export function getExtension(name: string): string {
  return name.match(/[^./\\]\.([^./\\]+)$/)?.[1].toLowerCase() ?? '';
}

/** Whether a file is a table of texts by its name, and of which kind; null for a text of its own. */
export function getTableFormat(name: string): TableFormat | null {
  const extension = getExtension(name);
  return Object.hasOwn(TABLES, extension) ? TABLES[extension] : null;
}

export function hasBinaryName(name: string): boolean {
  return BINARY.has(getExtension(name));
}

/** Files that systems put into folders of their own accord. */
export function isSystemFile(path: string): boolean {
  return path
    .split(/[/\\]/)
    .some((part) => part.startsWith('.') || /^(__MACOSX|Thumbs\.db|desktop\.ini)$/i.test(part));
}

/** What was dropped or picked: tables, which hold many texts each, and files that are a text each. */
export function partFiles(files: readonly NamedFile[]): {
  readonly tables: readonly NamedFile[];
  readonly texts: readonly NamedFile[];
} {
  const tables: NamedFile[] = [];
  const texts: NamedFile[] = [];
  for (const file of files) {
    if (getTableFormat(file.name) !== null && !isSystemFile(file.path)) tables.push(file);
    else texts.push(file);
  }
  return { tables, texts };
}
