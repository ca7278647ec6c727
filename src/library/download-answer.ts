/** What is known of a file before the next answer. */
export interface KnownPart {
  /** Bytes that are here. */
  readonly have: number;
  /** The whole's size; null while nobody has said. */
  readonly total: number | null;
  /** What the server called the version of which these bytes are, as `readVersion` reads it. */
  readonly etag: string | null;
}

/** What a server's answer to "from byte `have` on" means. */
export type DownloadAnswer =
  /** It goes on where we are. */
  | {
      readonly kind: 'goes-on';
      readonly total: number | null;
      /** False where the total is only where this answer ends: the server hid the whole's size. */
      readonly isWhole: boolean;
      readonly etag: string | null;
    }
  /** It sends the whole file whatever was asked for. */
  | { readonly kind: 'from-start'; readonly total: number | null; readonly etag: string | null }
  /** There is nothing after what we have. */
  | { readonly kind: 'whole-already'; readonly total: number; readonly etag: string | null }
  /** What we have is of another version, or the server gives another range: ask again from 0. */
  | { readonly kind: 'start-again' }
  /** A page for people instead of the file: a login, a start page, a network that wants to be greeted. */
  | { readonly kind: 'page' }
  | { readonly kind: 'refused'; readonly seconds: number | null };

type Answer = Pick<Response, 'status' | 'ok' | 'headers'>;

const RANGE = /^bytes (\d+)-(\d+)\/(\d+|\*)$/;
const MODIFIED = 'modified ';

function toCount(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

/** Seconds that a server asks to wait: a number, or a date. Null when it does not say. */
export function readRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  const seconds = toCount(value.trim());
  if (seconds !== null) return seconds;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000));
}

/**
 * What a server calls this version of a file: its ETag, or when it was changed, which other origins may
 * read without being allowed to. Null when it says neither.
 */
export function readVersion(headers: Headers): string | null {
  const tag = headers.get('etag');
  if (tag !== null) return tag;
  const modified = headers.get('last-modified');
  return modified === null ? null : MODIFIED + modified;
}

/** Whether two versions are known to differ; a tag and a date cannot be compared. */
function areOthers(mine: string | null, theirs: string | null): boolean {
  if (mine === null || theirs === null) return false;
  return mine.startsWith(MODIFIED) === theirs.startsWith(MODIFIED) && mine !== theirs;
}

/** Reads the answer's status and headers. */
export function readAnswer(response: Answer, { have, total, etag }: KnownPart): DownloadAnswer {
  const { status, headers } = response;
  const version = readVersion(headers);
  const isOther = have > 0 && areOthers(etag, version);
  if (status === 416) {
    const size = toCount(headers.get('content-range')?.split('/')[1] ?? null);
    return size === have && !isOther
      ? { kind: 'whole-already', total: size, etag: version }
      : { kind: 'start-again' };
  }
  if (!response.ok || status === 204) {
    return { kind: 'refused', seconds: readRetryAfter(headers.get('retry-after'), Date.now()) };
  }
  if (/^text\/html\b/i.test(headers.get('content-type') ?? '')) return { kind: 'page' };
  const length = headers.get('content-encoding') ? null : toCount(headers.get('content-length'));
  if (status !== 206) return { kind: 'from-start', total: length, etag: version };
  if (isOther) return { kind: 'start-again' };
  const range = headers.get('content-range')?.match(RANGE) ?? null;
  // Hidden from another origin: that the server answers 206 is its word for where it begins.
  if (range === null) {
    const end = length === null ? null : have + length;
    return { kind: 'goes-on', total: end, isWhole: false, etag: version };
  }
  const size = toCount(range[3]);
  const isLonger = have > 0 && total !== null && size !== null && size !== total;
  if (Number(range[1]) !== have || isLonger) return { kind: 'start-again' };
  return { kind: 'goes-on', total: size, isWhole: size !== null, etag: version };
}
