import { HeadlightError } from '../lib/headlight-error.ts';
import type { ByteSource } from '../model/byte-source.ts';
import { createBlobSource } from '../model/memory-source.ts';
import { openUrlSource } from '../model/url-source.ts';
import type { SourceRequest } from '../protocol/engine.ts';
import { isAbsence, isHiddenAbsence } from './download-errors.ts';
import type { FileStore } from './file-store.ts';

/** How to open one file of a model that is on a server. */
type OpenUrl = (
  url: string,
  name: string,
  token: string | undefined,
  signal?: AbortSignal,
) => Promise<ByteSource | null>;

/**
 * Opens all files of a model, wherever they are. Optional ones that are not there are left out. Rejects
 * with the codes of the sources, and closes what was opened.
 */
export async function openSources(
  requests: readonly SourceRequest[],
  openStore: () => Promise<FileStore | null>,
  signal?: AbortSignal,
  openUrl: OpenUrl = openUrlSource,
): Promise<readonly ByteSource[]> {
  const sources: ByteSource[] = [];
  let store: FileStore | null = null;
  try {
    for (const request of requests) {
      if (signal?.aborted) throw new HeadlightError('cancelled', 'Cancelled.');
      if (request.kind === 'file') {
        sources.push(createBlobSource(request.name, request.file));
      } else if (request.kind === 'url') {
        const source = await openOrSkip(request, requests, openUrl, signal);
        if (source !== null) sources.push(source);
      } else {
        store ??= await openStore();
        const blob = await store?.openForReading(request.modelId, request.name);
        if (!blob) throw goneError(request.name);
        sources.push(createBlobSource(request.name, blob));
      }
    }
    return sources;
  } catch (error) {
    await Promise.all(sources.map((source) => source.close()));
    throw error;
  }
}

type UrlRequest = Extract<SourceRequest, { kind: 'url' }>;

async function openOrSkip(
  request: UrlRequest,
  all: readonly SourceRequest[],
  openUrl: OpenUrl,
  signal?: AbortSignal,
): Promise<ByteSource | null> {
  try {
    return await openUrl(request.url, request.name, request.token, signal);
  } catch (error) {
    if (!request.isOptional) throw error;
    const sure = all.find((each): each is UrlRequest => each.kind === 'url' && !each.isOptional);
    const ask = async (): Promise<void> => {
      if (sure === undefined) throw error;
      await (await openUrl(sure.url, sure.name, sure.token, signal))?.close();
    };
    if (isAbsence(error) || (await isHiddenAbsence(error, ask))) return null;
    throw error;
  }
}

function goneError(name: string): HeadlightError {
  return new HeadlightError(
    'source-unreachable',
    `${name} is no longer in this browser’s storage.`,
    { name },
  );
}
