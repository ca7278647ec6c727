/** What a server's answer to "from byte `have` on" means. */
export type DownloadAnswer =
  /** It goes on where we are, or begins at 0 and `have` was 0. */
  | { readonly kind: 'goes-on'; readonly total: number | null; readonly etag: string | null }
  /** It sends the whole file whatever was asked for. */
  | { readonly kind: 'from-start'; readonly total: number | null; readonly etag: string | null }
  /** There is nothing after what we have. */
  | { readonly kind: 'whole-already'; readonly total: number; readonly etag: string | null }
  /** What we have is of another version, or the server gives another range: ask again from 0. */
  | { readonly kind: 'start-again' }
  | { readonly kind: 'refused'; readonly seconds: number | null };

const RANGE = /^bytes (\d+)-(\d+)\/(\d+|\*)$/;

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
 * Reads the answer's status and headers. `etag` is what the server called the version of which `have`
 * bytes are here; null when it was not known (other origins must expose the header).
 */
export function readAnswer(
  response: Pick<Response, 'status' | 'ok' | 'headers'>,
  have: number,
  etag: string | null,
): DownloadAnswer {
  const { status, headers } = response;
  const tag = headers.get('etag');
  const isOther = have > 0 && etag !== null && tag !== null && tag !== etag;
  if (status === 416) {
    const total = toCount(headers.get('content-range')?.split('/')[1] ?? null);
    return total === have && !isOther
      ? { kind: 'whole-already', total, etag: tag }
      : { kind: 'start-again' };
  }
  if (!response.ok) {
    return { kind: 'refused', seconds: readRetryAfter(headers.get('retry-after'), Date.now()) };
  }
  const length = headers.get('content-encoding') ? null : toCount(headers.get('content-length'));
  if (status !== 206) return { kind: 'from-start', total: length, etag: tag };
  const range = headers.get('content-range')?.match(RANGE) ?? null;
  // Hidden from another origin: that the server answers 206 is its word for where it begins.
  if (range === null) {
    return isOther
      ? { kind: 'start-again' }
      : { kind: 'goes-on', total: length === null ? null : have + length, etag: tag };
  }
  if (isOther || Number(range[1]) !== have) return { kind: 'start-again' };
  return { kind: 'goes-on', total: toCount(range[3]), etag: tag };
}
