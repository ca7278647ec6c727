import { HeadlightError } from '../../lib/headlight-error.ts';
import type { ByteSource } from '../byte-source.ts';
import type { FileTensor, TensorMap } from '../tensor-file.ts';
import type { GgufHeader } from './header.ts';

/** The parts of a model as one: the first part's metadata, all parts' tensors. */
export interface JoinedParts {
  readonly header: GgufHeader;
  readonly tensors: TensorMap;
  readonly fileName: string;
}

const count = (header: GgufHeader, key: string): number | null => {
  const value = header.metadata.get(key);
  return typeof value === 'number' ? value : null;
};

/**
 * Joins the parts of a split model by the numbers that they carry (`split.no`, `split.count` of ggml's
 * gguf-split). Throws `file-missing` when there are fewer than there should be, `file-malformed` when there
 * are too many, one is twice there, or names a tensor again.
 */
export function joinParts(
  sources: readonly ByteSource[],
  headers: readonly GgufHeader[],
): JoinedParts {
  const fail = (name: string, what: string): never => {
    throw new HeadlightError('file-malformed', `${name}: ${what}.`, { name, what });
  };
  const [first] = sources;
  const wanted = count(headers[0], 'split.count') ?? 1;
  if (wanted !== sources.length) {
    const what = `it is one of ${wanted} parts, and ${sources.length} were given`;
    if (!(Number.isInteger(wanted) && wanted > sources.length)) fail(first.name, what);
    throw new HeadlightError('file-missing', `${first.name}: ${what}.`, {
      name: first.name,
      wanted,
    });
  }
  const parts = sources.map((source, index) => ({
    source,
    header: headers[index],
    number: wanted === 1 ? 0 : (count(headers[index], 'split.no') ?? -1),
  }));
  const ordered = Array.from({ length: wanted }, (_, number) => {
    const found = parts.filter((part) => part.number === number);
    if (found.length !== 1) fail(first.name, `part ${number + 1} of ${wanted} is not there once`);
    return found[0];
  });
  const tensors = new Map<string, FileTensor>();
  for (const { source, header } of ordered) {
    for (const [name, tensor] of header.tensors) {
      if (tensors.has(name)) fail(source.name, `tensor ${name} was in an earlier part`);
      tensors.set(name, tensor);
    }
  }
  return { header: ordered[0].header, tensors, fileName: ordered[0].source.name };
}
