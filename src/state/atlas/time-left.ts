import type { ModelFacts } from '../../model/model-facts.ts';

/** Seconds that the battery takes for each thousand million parameters in one thread (measured). */
const SECONDS_PER_BILLION = 700;
const LEAST_SECONDS = 2;

/** How long the battery will take on a model, roughly, before anything of it was run; seconds. */
export function estimateSeconds({ parameterCount, threads }: ModelFacts): number {
  const work = (SECONDS_PER_BILLION * parameterCount) / 1e9;
  return Math.max(LEAST_SECONDS, work / Math.max(1, threads));
}

/** Seconds that are left when a share of the work took so long; null while nothing is known. */
export function estimateLeft(share: number, elapsedSeconds: number): number | null {
  return share > 0.01 ? (elapsedSeconds / share) * (1 - share) : null;
}
