import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import { addSource, createHash, type RunningHash } from '../model/hash-source.ts';
import { refusedError, toHeaders } from '../model/url-source.ts';
import type { WantedFile } from '../protocol/library.ts';
import { readAnswer } from './download-answer.ts';
import type { WritableFile } from './file-store.ts';

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
  /** What the server says of this version of the file, to recognise it later. */
  onLearnt(said: { readonly bytes: number | null; readonly etag: string | null }): void;
}

/** A file that is there whole. */
export interface DownloadedFile {
  readonly bytes: number;
  readonly sha256: string;
  /** Whether the host gave a size and a hash to compare with. */
  readonly isVerified: boolean;
}

/** Failures in a row without a new byte before a download gives up. */
const MOST_FAILURES = 6;
/** Times that a file begins anew before a download gives up. */
const MOST_RESTARTS = 3;
/** A line on which nothing comes for so long counts as dropped, milliseconds. */
const STALL = 45_000;
/** Longer waits than this that a server asks for are the person's decision, seconds. */
const LONGEST_WAIT = 120;

const WEIGHTS = /\.(gguf|safetensors)$/i;

const backOff = (failures: number): number => Math.min(16, 0.5 * 2 ** (failures - 1));

/** A failure that may pass: the line dropped, the server is busy. */
class Passing extends Error {
  constructor(
    readonly why: string,
    readonly seconds: number | null,
    readonly final: HeadlightError,
  ) {
    super(why);
  }
}

/**
 * Fetches one file into `into`, going on after what is there already: by ranges, with patience when the
 * line drops or the server asks to wait, from the start where the server refuses ranges or the file has
 * changed. Compares size and SHA-256 with what the host gave. What has arrived stays when it fails.
 *
 * Rejects with `source-unreachable`, `source-forbidden`, `source-busy`, `source-changed` (size or hash
 * differ), `storage-full`, or `cancelled`.
 */
export async function downloadFile(
  file: WantedFile & { readonly etag: string | null },
  token: string | undefined,
  into: WritableFile,
  host: DownloadHost,
  listener: DownloadListener,
  signal?: AbortSignal,
): Promise<DownloadedFile> {
  let total = file.bytes;
  let { etag } = file;
  let hash: RunningHash = createHash();
  let failures = 0;
  let restarts = 0;

  const begin = (): void => {
    into.truncate(0);
    hash = createHash();
  };
  const restart = (): void => {
    begin();
    // The old version's tag would send every later answer here again.
    etag = null;
    if (++restarts > MOST_RESTARTS) {
      const why = 'the line drops, and the server does not let a download go on where it stopped';
      throw dropped(file, why, '').final;
    }
    listener.onRestart();
  };
  // A server may compress texts on the way: their parts and lengths are then not the file's own.
  const isPlain = WEIGHTS.test(file.name);
  if (!isPlain || (total !== null && into.size() > total)) begin();
  else if (into.size() > 0) {
    listener.onCheck();
    await addSource(hash, into, into.size(), signal);
  }
  listener.onBytes(into.size(), total);

  const learn = (bytes: number | null, newTag: string | null): void => {
    if (file.bytes !== null && bytes !== null && bytes !== file.bytes) throw sizeError(file, bytes);
    total = bytes ?? total;
    etag = newTag ?? etag;
    listener.onLearnt({ bytes: total, etag });
  };

  /** One request, to the end of its body; whether the file is whole then. */
  const fetchRest = async (): Promise<boolean> => {
    const have = into.size();
    const stall = new AbortController();
    const signals = [stall.signal, ...(signal ? [signal] : [])];
    const response = await withPatience(stall, () =>
      host.fetch(file.url, {
        headers: toHeaders(have > 0 ? `${have}-` : null, token),
        signal: AbortSignal.any(signals),
        cache: 'no-store',
      }),
    );
    const answer = readAnswer(response, have, etag);
    if (answer.kind === 'refused') throw refusal(file, response, answer.seconds);
    if (answer.kind === 'whole-already') {
      await response.body?.cancel();
      learn(answer.total, answer.etag);
      return true;
    }
    if (answer.kind === 'start-again') {
      await response.body?.cancel();
      restart();
      return false;
    }
    if (answer.kind === 'from-start' && have > 0) restart();
    learn(isPlain ? answer.total : null, answer.etag);
    const reader = response.body?.getReader();
    while (reader !== undefined) {
      const { done, value } = await withPatience(stall, () => reader.read());
      if (done) break;
      if (total !== null && into.size() + value.byteLength > total) {
        await reader.cancel();
        throw sizeError(file, null);
      }
      into.append(value);
      hash.add(value);
      failures = 0;
      listener.onBytes(into.size(), total);
    }
    if (total !== null && into.size() < total) throw dropped(file, 'the line dropped');
    return true;
  };

  let hasEnded = total !== null && total > 0 && into.size() === total;
  while (!hasEnded) {
    signal?.throwIfAborted();
    try {
      hasEnded = await fetchRest();
    } catch (thrown) {
      if (signal?.aborted) throw new HeadlightError('cancelled', 'Cancelled.', {}, thrown);
      const passing = toPassing(file, thrown);
      failures++;
      if (failures >= MOST_FAILURES) throw passing.final;
      const seconds = passing.seconds ?? backOff(failures);
      if (seconds > LONGEST_WAIT) throw passing.final;
      listener.onWait(seconds, passing.why);
      await host.wait(1000 * seconds, signal);
    }
  }
  const sha256 = hash.finish();
  if (file.sha256 !== null && file.sha256 !== sha256) throw hashError(file, sha256);
  return {
    bytes: into.size(),
    sha256,
    isVerified: file.sha256 !== null,
  };
}

/** Waits for a step of a download, but not for ever: a line on which nothing comes is given up. */
async function withPatience<T>(stall: AbortController, step: () => Promise<T>): Promise<T> {
  const timer = setTimeout(() => stall.abort(), STALL);
  try {
    return await step();
  } finally {
    clearTimeout(timer);
  }
}

function refusal({ name }: WantedFile, response: Response, seconds: number | null): Error {
  const final = refusedError(name, response);
  const passes = response.status === 429 || response.status === 408 || response.status >= 500;
  if (!passes) return final;
  const wait = seconds ?? null;
  if (wait !== null && wait > LONGEST_WAIT) {
    return new HeadlightError(
      'source-busy',
      `${name}: the server asks to wait ${Math.ceil(wait / 60)} minutes.`,
      { name, seconds: wait },
    );
  }
  return new Passing(`the server answered ${response.status}`, wait, final);
}

function dropped({ name }: WantedFile, why: string, often = ' again and again'): Passing {
  const message = `${name} could not be fetched to its end: ${why}${often}.`;
  return new Passing(why, null, new HeadlightError('source-unreachable', message, { name }));
}

/** Failures of the network may pass; everything else is thrown as it is. */
function toPassing(file: WantedFile, thrown: unknown): Passing {
  if (thrown instanceof Passing) return thrown;
  if (thrown instanceof HeadlightError) throw thrown;
  const { code } = toHeadlightError(thrown);
  // fetch and its streams reject with a TypeError, or as aborted when we gave a stalled line up.
  if (thrown instanceof TypeError || code === 'cancelled') {
    return dropped(file, code === 'cancelled' ? 'nothing came for a while' : 'the line dropped');
  }
  throw toHeadlightError(thrown);
}

function sizeError({ name, bytes }: WantedFile, received: number | null): HeadlightError {
  const what =
    received === null
      ? `more bytes came than the ${bytes ?? 'announced'} it should have`
      : `it has ${received} bytes on the server, not the ${bytes} that were announced`;
  return new HeadlightError('source-changed', `${name} is not what it was said to be: ${what}.`, {
    name,
    received,
    wanted: bytes,
  });
}

function hashError({ name, sha256 }: WantedFile, received: string): HeadlightError {
  return new HeadlightError(
    'source-changed',
    `${name} arrived damaged: its SHA-256 is ${received.slice(0, 12)}…, not ${sha256?.slice(0, 12)}… as the host says.`,
    { name, received, wanted: sha256 },
  );
}
