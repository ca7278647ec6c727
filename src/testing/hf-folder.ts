import { readdirSync, readFileSync } from 'node:fs';
import type { ByteSource } from '../model/byte-source.ts';
import { createMemorySource } from '../model/memory-source.ts';
import type { ModelFile } from '../model/model-file.ts';
import { openModel } from '../model/open-model.ts';

/** One tensor of a safetensors file as its header describes it, and its bytes. */
export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}
export type StoredTensors = Readonly<Record<string, StoredTensor>>;
/** What a header says of one tensor; in a file that lies, anything. */
export interface HeaderEntry {
  dtype: unknown;
  shape: unknown;
  data_offsets: unknown;
}

/** The tensors of a safetensors file that is known to be right. */
export function readStoredTensors(file: Uint8Array): StoredTensors {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  return Object.fromEntries(
    Object.entries(header)
      .filter(([name]) => name !== '__metadata__')
      .map(
        ([
          name,
          {
            dtype,
            shape,
            data_offsets: [start, end],
          },
        ]) => [name, { dtype, shape, data: file.slice(8 + length + start, 8 + length + end) }],
      ),
  );
}

/** Writes a safetensors file; `change` may make its header lie. */
export function writeStoredTensors(
  tensors: StoredTensors,
  change: (header: Record<string, HeaderEntry>) => unknown = (header) => header,
): Uint8Array<ArrayBuffer> {
  let at = 0;
  const header: Record<string, HeaderEntry> = {};
  for (const [name, { dtype, shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [at, at + data.length] };
    at += data.length;
  }
  return withHeader(JSON.stringify(change(header)), Object.values(tensors));
}

/** A safetensors file with the text of its header as given. */
export function withHeader(
  text: string,
  tensors: readonly StoredTensor[],
): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(text);
  const size = new Uint8Array(new BigUint64Array([BigInt(json.length)]).buffer);
  const parts = [size, json, ...tensors.map(({ data }) => data)];
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A model's folder in memory: text or bytes of each file; a value is written as JSON; null leaves a file out. */
export type FolderFiles = Readonly<
  Record<string, Uint8Array<ArrayBuffer> | string | object | null>
>;

const ARCHITECTURES = 'src/testing/golden/architectures';
const MODEL_FILES = /^(config|tokenizer|tokenizer_config)\.json$|^model\.safetensors$/;

/** The files of one of the small reference models. */
export function readReferenceFolder(name: string): Record<string, Uint8Array<ArrayBuffer>> {
  const folder = `${ARCHITECTURES}/${name}`;
  const names = readdirSync(folder).filter((file) => MODEL_FILES.test(file));
  return Object.fromEntries(
    names.map((file) => [file, new Uint8Array(readFileSync(`${folder}/${file}`))]),
  );
}

/** A file of a reference folder as JSON. */
export function toJson(file: Uint8Array): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(file));
}

/** Byte sources of a folder in memory. */
export function toSources(files: FolderFiles): readonly ByteSource[] {
  const encode = (content: Uint8Array<ArrayBuffer> | string | object): Uint8Array<ArrayBuffer> => {
    if (content instanceof Uint8Array) return content as Uint8Array<ArrayBuffer>;
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
  };
  return Object.entries(files).flatMap(([name, content]) =>
    content === null ? [] : [createMemorySource(name, encode(content))],
  );
}

/** Opens a folder in memory. */
export function openFolder(files: FolderFiles): Promise<ModelFile> {
  return openModel('tiny', toSources(files));
}
