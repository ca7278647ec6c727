import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import { isWeights } from '../model/file-names.ts';
import { addSource, createHash, type RunningHash } from '../model/hash-source.ts';
import { toHeaders } from '../model/url-source.ts';
import type { WantedFile } from '../protocol/library.ts';
import { readAnswer } from './download-answer.ts';
import {
  endlessError,
  hashError,
  overflowError,
  PassingFailure,
  sizeError,
  toDropped,
  toPageFailure,
  toRefusal,
} from './download-errors.ts';
import type { WritableFile } from './file-store.ts';
import { orAborted } from './wait.ts';

/** What a download needs of the place it runs in. */
export interface DownloadHost {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Waits, or rejects as soon as the signal is raised. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** What is told while a file arrives. */
export interface DownloadListener {
  onBytes(doneBytes: number, totalBytes: number | null): void;
  /** What an earlier download left is being read again, for the hash of the whole. */
  onCheck(): void;
  onWait(seconds: number, why: string): void;
  /** The server does not let the download go on where it stopped: the file begins anew. */
  onRestart(): void;
  /** What the server says of this version of the file, before its bytes are taken; may refuse them. */
  onLearnt(said: { readonly bytes: number | null; readonly etag: string | null }): Promise<void>;
}

/** A file to be fetched, and what its server said of it the last time. */
export interface FileToDownload extends WantedFile {
  readonly etag: string | null;
  /** The size by the server's own word; null while it has not said. */
  readonly seenBytes: number | null;
}

/** A file that is there whole. */
export interface DownloadedFile {
  readonly bytes: number;
  readonly sha256: string;
  /** Whether the host gave a hash and it was compared; a size alone verifies nothing. */
  readonly isVerified: boolean;
}

/** Failures in a row before a download gives up. */
const MOST_FAILURES = 6;
/** Of a file that may be absent, while no answer at all has come. */
const MOST_SILENCES = 2;
/** Bytes after which a failure no longer counts as one in a row. */
const ENOUGH = 64 << 10;
/** Times that a file begins anew before a download gives up. */
const MOST_RESTARTS = 3;
/** A line on which nothing comes for so long counts as dropped, milliseconds. */
const STALL = 45_000;

/** The signals of one request: a stalled line's, and with the person's. */
interface Line {
  readonly stall: AbortController;
  readonly either: AbortSignal;
}

const backOff = (failures: number): number => Math.min(16, 0.5 * 2 ** (failures - 1));

/**
 * Fetches one file into `into`, going on after what is there already: by ranges, with patience when the
 * line drops or the server asks to wait, from the start where the server refuses ranges or the file has
 * changed. Compares size and SHA-256 with what the host gave. What has arrived stays when it fails.
 *
 * Rejects with `source-unreachable`, `source-forbidden`, `source-busy`, `source-changed` (size or hash
 * differ), `storage-*`, or `cancelled`; with nothing else.
 */
export async function downloadFile(
  file: FileToDownload,
  token: string | undefined,
  into: WritableFile,
  host: DownloadHost,
  listener: DownloadListener,
  signal?: AbortSignal,
): Promise<DownloadedFile> {
  try {
    return await fetchWhole(file, token, into, host, listener, signal);
  } catch (thrown) {
    if (thrown instanceof HeadlightError) throw thrown;
    if (signal?.aborted) throw new HeadlightError('cancelled', 'Cancelled.', {}, thrown);
    throw toHeadlightError(thrown);
  }
}

async function fetchWhole(
  file: FileToDownload,
  token: string | undefined,
  into: WritableFile,
  host: DownloadHost,
  listener: DownloadListener,
  signal?: AbortSignal,
): Promise<DownloadedFile> {
  let total = file.bytes ?? file.seenBytes;
  let { etag } = file;
  let hash: RunningHash = createHash();
  let failures = 0;
  let restarts = 0;
  let hasAnswered = false;
  /** Bytes since the last failure. */
  let gained = 0;
  /** A server may compress texts on the way: their parts and lengths are then not the file's own. */
  const isPlain = isWeights(file.name);
  /** Also for the first byte on: what is asked for by a range is never compressed. */
  let asksForRange = isPlain;

  const begin = (): void => {
    into.truncate(0);
    hash = createHash();
  };
  const restart = (): void => {
    begin();
    // Of the old version; by its tag every later answer would be another one's.
    etag = null;
    total = file.bytes;
    if (++restarts > MOST_RESTARTS) throw endlessError(file);
    listener.onRestart();
  };
  // Without a version and a hash nobody would see that the file was changed since an earlier session.
  const isOfKnown = file.etag !== null || file.sha256 !== null;
  if (!isPlain || !isOfKnown || (total !== null && into.size() > total)) begin();
  else if (into.size() > 0) {
    listener.onCheck();
    await addSource(hash, into, into.size(), signal);
  }
  listener.onBytes(into.size(), total);

  const learn = async (bytes: number | null, newTag: string | null): Promise<void> => {
    if (file.bytes !== null && bytes !== null && bytes !== file.bytes) throw sizeError(file, bytes);
    total = bytes ?? total;
    etag = newTag ?? etag;
    await listener.onLearnt({ bytes: total, etag });
  };

  /** Waits for a step of a request, but not for ever; a failure of it may pass. */
  const withPatience = async <T>({ stall, either }: Line, step: () => Promise<T>): Promise<T> => {
    const timer = setTimeout(() => stall.abort(), STALL);
    try {
      return await orAborted(step(), either);
    } catch (thrown) {
      const known = toHeadlightError(thrown);
      if (signal?.aborted || thrown instanceof HeadlightError || known.code === 'out-of-memory')
        throw thrown;
      const why = stall.signal.aborted ? 'nothing came for a while' : 'the line dropped';
      throw toDropped(file, why, !hasAnswered);
    } finally {
      clearTimeout(timer);
    }
  };

  const takeBody = async (response: Response, line: Line): Promise<void> => {
    const reader = response.body?.getReader();
    while (reader !== undefined) {
      const { done, value } = await withPatience(line, () => reader.read());
      if (done) break;
      if (total !== null && into.size() + value.byteLength > total)
        throw overflowError(file, total);
      into.append(value);
      hash.add(value);
      gained += value.byteLength;
      listener.onBytes(into.size(), total);
    }
    if (total !== null && into.size() < total) throw toDropped(file, 'the line dropped', false);
  };

  /** One request, to the end of its body; whether the file is whole then. */
  const fetchRest = async (line: Line): Promise<boolean> => {
    if (!isPlain && into.size() > 0) restart();
    const have = into.size();
    const response = await withPatience(line, () =>
      host.fetch(file.url, {
        headers: toHeaders(have > 0 || asksForRange ? `${have}-` : null, token),
        signal: line.either,
        cache: 'no-store',
      }),
    );
    hasAnswered = true;
    const answer = readAnswer(response, { have, total, etag });
    switch (answer.kind) {
      case 'refused':
        throw toRefusal(file, response, answer.seconds);
      case 'page':
        throw toPageFailure(file, have > 0);
      case 'start-again':
        asksForRange &&= have > 0;
        restart();
        return false;
      case 'whole-already':
        await learn(answer.total, answer.etag);
        return true;
      case 'from-start':
        if (have > 0) restart();
        await learn(isPlain ? answer.total : null, answer.etag);
        break;
      case 'goes-on':
        // A part's end is the whole's only where nothing better is known.
        await learn(answer.isWhole ? answer.total : (total ?? answer.total), answer.etag);
        break;
    }
    await takeBody(response, line);
    return true;
  };

  let hasEnded = total !== null && total > 0 && into.size() === total;
  while (!hasEnded) {
    signal?.throwIfAborted();
    const stall = new AbortController();
    const either = signal ? AbortSignal.any([stall.signal, signal]) : stall.signal;
    try {
      hasEnded = await fetchRest({ stall, either });
    } catch (thrown) {
      if (!(thrown instanceof PassingFailure)) throw thrown;
      failures = gained >= ENOUGH ? 1 : failures + 1;
      gained = 0;
      const isIdle = file.isOptional === true && !hasAnswered;
      if (failures >= (isIdle ? MOST_SILENCES : MOST_FAILURES)) throw thrown.final;
      const seconds = thrown.seconds ?? backOff(failures);
      listener.onWait(seconds, thrown.why);
      await host.wait(1000 * seconds, signal);
    } finally {
      // Whatever of the answer has not been read is not wanted.
      stall.abort();
    }
  }
  const sha256 = hash.finish();
  if (file.sha256 !== null && file.sha256 !== sha256) throw hashError(file, sha256);
  return { bytes: into.size(), sha256, isVerified: file.sha256 !== null };
}
