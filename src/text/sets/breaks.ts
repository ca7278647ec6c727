/** How far a reading has come: bytes of a table, or files. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** What a long reading is given beside its material. */
export interface LongWork {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Lets other work of the page go first; by default a timer's turn. */
  readonly pause?: (() => Promise<void>) | undefined;
}

/** Milliseconds that a reading may hold the page's thread before it lets go. */
const TURN = 12;

const waitTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * A function to call between small pieces of work: it pauses when a turn's time is used up, and tells
 * whether to go on (false once the signal is raised).
 */
export function createBreaks({ signal, pause = waitTurn }: LongWork): () => Promise<boolean> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since >= TURN) {
      await pause();
      since = performance.now();
    }
    return signal?.aborted !== true;
  };
}
