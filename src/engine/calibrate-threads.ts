/** How long equal loads took when `threads` of them ran at once, from start to the last one's end. */
export interface ParallelTiming {
  readonly threads: number;
  readonly milliseconds: number;
}

/** The part of a Worker that the measurement needs. */
export interface Spinner {
  postMessage(steps: number): void;
  addEventListener(type: 'message' | 'error', listener: () => void): void;
  removeEventListener(type: 'message' | 'error', listener: () => void): void;
  terminate(): void;
}

const STEPS = 12_000_000;
const REPETITIONS = 3;
/** A machine that takes longer than this is not worth more measuring. */
const LIMIT_MS = 3000;
/** A larger number of threads must do at least this much more work in a given time. */
const LEAST_GAIN = 1.15;

/** Numbers of threads worth comparing: 1, 2, 4 … and all of them, 8 at the most. */
export function listCandidates(available: number): readonly number[] {
  const most = Math.max(1, Math.min(8, Math.floor(available) || 1));
  const doubled = [1, 2, 4, 8].filter((count) => count < most);
  return [...doubled, most];
}

/**
 * The number of threads that got most work done. Threads of a matrix product wait for the slowest of
 * them, so `threads / milliseconds` of loads that end together is what a product would gain.
 */
export function chooseThreads(timings: readonly ParallelTiming[]): number {
  let best: ParallelTiming = { threads: 1, milliseconds: Number.POSITIVE_INFINITY };
  for (const timing of timings) {
    const gain = timing.threads / timing.milliseconds / (best.threads / best.milliseconds);
    if (best.milliseconds === Number.POSITIVE_INFINITY || gain >= LEAST_GAIN) best = timing;
  }
  return best.threads;
}

function next(spinner: Spinner): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => () => {
      spinner.removeEventListener('message', done);
      spinner.removeEventListener('error', failed);
      finish();
    };
    const done = settle(resolve);
    const failed = settle(() => reject(new Error('a measuring worker failed')));
    spinner.addEventListener('message', done);
    spinner.addEventListener('error', failed);
  });
}

/**
 * Measures at the start how many threads this machine really gives at this moment: on a busy machine
 * two can be slower than one. Takes about a tenth of a second; falls back to all candidates' largest when it fails.
 */
export async function calibrateThreads(
  available: number,
  createSpinner: () => Spinner,
  now: () => number = () => performance.now(),
): Promise<number> {
  const candidates = listCandidates(available);
  const most = candidates[candidates.length - 1];
  if (most === 1) return 1;
  const spinners: Spinner[] = [];
  let isLate: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    isLate = setTimeout(() => reject(new Error('measuring took too long')), LIMIT_MS);
  });
  const inTime = (work: readonly Promise<void>[]): Promise<unknown> =>
    Promise.race([Promise.all(work), late]);
  try {
    for (let made = 0; made < most; made++) spinners.push(createSpinner());
    await inTime(spinners.map(next));
    const timings: ParallelTiming[] = [];
    for (const threads of candidates) {
      let milliseconds = Number.POSITIVE_INFINITY;
      for (let repetition = 0; repetition < REPETITIONS; repetition++) {
        const start = now();
        const used = spinners.slice(0, threads);
        const done = used.map(next);
        for (const spinner of used) spinner.postMessage(STEPS);
        await inTime(done);
        milliseconds = Math.min(milliseconds, now() - start);
      }
      timings.push({ threads, milliseconds });
    }
    return chooseThreads(timings);
  } catch {
    return most;
  } finally {
    clearTimeout(isLate);
    for (const spinner of spinners) spinner.terminate();
  }
}
