/** Every way in which the program can refuse or fail; `app/` maps each to the person's next step. */
export type ErrorCode =
  | 'file-not-gguf'
  | 'file-missing'
  | 'file-truncated'
  | 'file-malformed'
  | 'tensor-type-unknown'
  | 'tensor-missing'
  | 'tensor-shape'
  | 'tensor-unused'
  | 'architecture-unknown'
  | 'tokenizer-unknown'
  | 'source-unreachable'
  | 'source-forbidden'
  | 'source-busy'
  | 'source-changed'
  | 'model-not-found'
  | 'storage-full'
  | 'storage-busy'
  | 'storage-unavailable'
  | 'text-empty'
  | 'text-too-long'
  | 'token-id-out-of-range'
  | 'out-of-memory'
  | 'runtime-failed'
  | 'worker-died'
  | 'run-let-go'
  | 'cancelled'
  | 'not-ready'
  | 'argument-invalid'
  | 'unexpected';

/** Values that complete a message: sizes, limits, names. They cross the worker boundary as they are. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/**
 * The one error class of the program. `message` states what happened with the value and the limit, in
 * plain English; `code` and `details` let the page say the same, and the next step, in any language.
 */
export class HeadlightError extends Error {
  override readonly name = 'HeadlightError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }
}

/** Turns anything thrown into a HeadlightError; recognises the runtime's ways to say "no memory". */
export function toHeadlightError(thrown: unknown): HeadlightError {
  if (thrown instanceof HeadlightError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return new HeadlightError('cancelled', 'Cancelled.', {}, thrown);
  }
  const isMemory =
    thrown instanceof RangeError
      ? /allocat|array length|buffer|memory/i.test(message)
      : /bad_alloc|out of memory|OOM|memory access out of bounds|Cannot enlarge memory|allocat/i.test(
          message,
        );
  if (isMemory) {
    return new HeadlightError('out-of-memory', `Not enough memory: ${message}`, {}, thrown);
  }
  return new HeadlightError('unexpected', message, {}, thrown);
}
