import type { WantedFile, WantedModel } from '../protocol/library.ts';
import { readOrigin, writeOrigin } from '../protocol/model-origin.ts';

/** A file of a kept model: what was asked for, and what is known since. */
export interface RecordedFile extends WantedFile {
  /** What the server calls this version of the file. */
  readonly etag: string | null;
  /** The size by the server's own word, which a later version may change; `bytes` is the host's. */
  readonly seenBytes: number | null;
  /** Set once it is there whole: the hash as computed here. */
  readonly done: { readonly bytes: number; readonly sha256: string } | null;
  readonly isVerified: boolean;
}

/** What is written beside a kept model's files. */
export interface ModelRecord {
  readonly name: string;
  /** As `writeOrigin` writes it. */
  readonly origin: string;
  readonly addedAt: number;
  readonly files: readonly RecordedFile[];
}

const VERSION = 1;
export const RECORD_NAME = 'record.json';

/** A file of which nothing is known but what was asked for. */
function toRecordedFile(file: WantedFile): RecordedFile {
  return {
    ...toWantedFile(file),
    etag: null,
    seenBytes: null,
    done: null,
    isVerified: false,
  };
}

/** What was asked for, without what is known since. */
export function toWantedFile({ name, url, bytes, sha256, isOptional }: WantedFile): WantedFile {
  return { name, url, bytes, sha256, ...(isOptional ? { isOptional } : {}) };
}

/** The record of a model of which nothing is here yet. */
export function createRecord(model: WantedModel, addedAt: number): ModelRecord {
  return {
    name: model.name,
    origin: writeOrigin(model.origin),
    addedAt,
    files: model.files.map((file) => toRecordedFile(file)),
  };
}

/** The record as text, with its version. */
export function writeRecord(record: ModelRecord): string {
  return JSON.stringify({ version: VERSION, ...record });
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const isTextOrNull = (value: unknown): value is string | null =>
  value === null || typeof value === 'string';
const isCountOrNull = (value: unknown): value is number | null =>
  value === null || (Number.isSafeInteger(value) && (value as number) >= 0);

function isRecordedFile(value: unknown): value is RecordedFile {
  return (
    isObject(value) &&
    typeof value.name === 'string' &&
    isSafeName(value.name) &&
    typeof value.url === 'string' &&
    isCountOrNull(value.bytes) &&
    isTextOrNull(value.sha256) &&
    isTextOrNull(value.etag) &&
    isCountOrNull(value.seenBytes) &&
    typeof value.isVerified === 'boolean' &&
    (value.done === null ||
      (isObject(value.done) &&
        typeof value.done.bytes === 'number' &&
        typeof value.done.sha256 === 'string'))
  );
}

/** Reads a record; null when it is none of ours (a newer version's, or damaged). */
export function readRecord(text: string): ModelRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value) || value.version !== VERSION) return null;
  const { name, origin, addedAt, files } = value;
  if (typeof name !== 'string' || typeof origin !== 'string' || typeof addedAt !== 'number')
    return null;
  if (readOrigin(origin) === null || !Array.isArray(files) || !files.every(isRecordedFile))
    return null;
  return { name, origin, addedAt, files };
}

/** A name that a file may be kept under: one part of a path, and not the record's own. */
export function isSafeName(name: string): boolean {
  const isOwn = name.toLowerCase() === RECORD_NAME;
  return name !== '' && name !== '.' && name !== '..' && !isOwn && !/[/\\\0]/.test(name);
}
