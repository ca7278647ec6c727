import { HeadlightError } from './headlight-error.ts';

/** Work that is cut into slices: it yields the share that is done, 0 to 1, and returns its result. */
export type SlicedWork<Result> = Generator<number, Result, void>;

/** Does all of it at once. */
export function finish<Result>(work: SlicedWork<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** A part of larger work: it tells from `from` to `to` while the part goes from 0 to 1. */
export function* within<Result>(
  work: SlicedWork<Result>,
  from: number,
  to: number,
): SlicedWork<Result> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield from + (to - from) * step.value;
  }
}

/** How sliced work is run beside other things. */
export interface SliceHost {
  /** Lets other things happen: messages be read, a signal be raised. */
  readonly pause: () => Promise<void>;
  /** Milliseconds, for the length of what is done at a stretch. */
  readonly now: () => number;
}

/** The longest stretch without a pause, unless one slice is longer, milliseconds. */
const STRETCH = 30;

/**
 * Does the work in stretches, telling how far it is and pausing after each. Rejects with `cancelled` when
 * the signal is raised, at the latest after the stretch that runs; what the work holds is let go.
 */
export async function runSlices<Result>(
  work: SlicedWork<Result>,
  host: SliceHost,
  onProgress: (share: number) => void,
  signal?: AbortSignal,
): Promise<Result> {
  let began = host.now();
  try {
    for (;;) {
      if (signal?.aborted) throw new HeadlightError('cancelled', 'Cancelled.');
      const step = work.next();
      if (step.done) return step.value;
      if (host.now() - began < STRETCH) continue;
      onProgress(step.value);
      await host.pause();
      began = host.now();
    }
  } finally {
    work.return(undefined as never);
  }
}
