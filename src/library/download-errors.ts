import { HeadlightError } from '../lib/headlight-error.ts';
import { pageError, refusedError } from '../model/url-source.ts';
import type { WantedFile } from '../protocol/library.ts';

/** Longer waits than this that a server asks for are the person's decision, seconds. */
const LONGEST_WAIT = 120;

/** A failure that may pass: the line dropped, the server is busy. `final` is thrown when it does not. */
export class PassingFailure extends Error {
  constructor(
    readonly why: string,
    /** As the server asks; null when it does not say. */
    readonly seconds: number | null,
    readonly final: HeadlightError,
  ) {
    super(why);
  }
}

/** What a server's refusal means for a download: to wait, or to give up. */
export function toRefusal(
  { name }: WantedFile,
  response: Response,
  seconds: number | null,
): PassingFailure | HeadlightError {
  const { status } = response;
  const final = refusedError(name, response);
  if (status !== 429 && status !== 408 && status < 500) return final;
  if (seconds !== null && seconds > LONGEST_WAIT) {
    const minutes = Math.ceil(seconds / 60);
    return new HeadlightError(
      'source-busy',
      `${name}: the server asks to wait ${minutes} minutes.`,
      { name, status, seconds },
    );
  }
  return new PassingFailure(`the server answered ${status}`, seconds, final);
}

/** A page for people came: a passing one after a beginning, as networks show that want a login. */
export function toPageFailure({ name }: WantedFile, isBegun: boolean): Error {
  const final = pageError(name);
  return isBegun
    ? new PassingFailure('the network answers with a web page instead of the file', null, final)
    : final;
}

/** The line dropped, or nothing came on it; `isSilent` when no answer at all ever came. */
export function toDropped({ name }: WantedFile, why: string, isSilent: boolean): PassingFailure {
  const what = isSilent ? 'could not be reached' : 'could not be fetched to its end';
  const message = `${name} ${what}: ${why} again and again.`;
  const details = { name, isSilent };
  return new PassingFailure(why, null, new HeadlightError('source-unreachable', message, details));
}

/** A file that is not there, though its server did not let it be seen. */
export function absentError({ name }: WantedFile): HeadlightError {
  const message = `${name} is not there.`;
  return new HeadlightError('source-unreachable', message, { name, status: 404 });
}

/** Every attempt begins at 0 again, and none comes to the end. */
export function endlessError({ name }: WantedFile): HeadlightError {
  return new HeadlightError(
    'source-unreachable',
    `${name} could not be fetched to its end: the line drops, and the server does not let a download go on where it stopped, or changes the file meanwhile.`,
    { name },
  );
}

/** The server has a file of another size than announced. */
export function sizeError({ name, bytes }: WantedFile, received: number): HeadlightError {
  return new HeadlightError(
    'source-changed',
    `${name} is not what it was said to be: it has ${received} bytes on the server, not the ${bytes} that were announced.`,
    { name, received, wanted: bytes },
  );
}

/** More bytes come than the whole should have. */
export function overflowError({ name }: WantedFile, total: number): HeadlightError {
  return new HeadlightError(
    'source-changed',
    `${name} is not what it was said to be: more bytes came than the ${total} that it should have.`,
    { name, wanted: total },
  );
}

/** What arrived has another hash than the host says. */
export function hashError({ name, sha256 }: WantedFile, received: string): HeadlightError {
  return new HeadlightError(
    'source-changed',
    `${name} arrived damaged: its SHA-256 is ${received.slice(0, 12)}…, not ${sha256?.slice(0, 12)}… as the host says.`,
    { name, received, wanted: sha256 },
  );
}

/**
 * Many servers let other origins read their files but not their refusals: a file that is not there looks
 * like a line that is dead. Such it is not when the same server answers for another file meanwhile.
 */
export async function isHiddenAbsence(
  error: unknown,
  answersElsewhere: () => Promise<unknown>,
): Promise<boolean> {
  if (!(error instanceof HeadlightError) || error.code !== 'source-unreachable') return false;
  const { status, isSilent } = error.details;
  if (status !== null && isSilent !== true) return false;
  return answersElsewhere().then(
    () => true,
    () => false,
  );
}

/**
 * Whether an error says that there is no such file. Stores without a right to list answer 403 for what
 * they do not have, and sites of one page answer with that page.
 */
export function isAbsence(error: unknown): boolean {
  if (!(error instanceof HeadlightError)) return false;
  const { status, isPage } = error.details;
  return isPage === true || status === 403 || status === 404 || status === 410;
}
