import type { TextSet } from '../../text/sets/text-set.ts';
import type { QueueCounts, TextStatus } from './domains-state.ts';

export const WAITING: TextStatus = { status: 'waiting' };
export const RUNNING: TextStatus = { status: 'running' };
export const DONE: TextStatus = { status: 'done' };

type Statuses = ReadonlyMap<string, TextStatus>;

export const isOpen = (status: TextStatus | undefined): boolean =>
  status?.status === 'waiting' || status?.status === 'running';

export const hasOpen = (texts: Statuses): boolean => [...texts.values()].some(isOpen);

export function countTexts(texts: Statuses): QueueCounts {
  const count = (wanted: TextStatus['status']): number =>
    [...texts.values()].filter(({ status }) => status === wanted).length;
  const [done, failed] = [count('done'), count('failed')];
  return { done, failed, total: texts.size - count('left-out') };
}

/** Whether there is something to show: each set has a finished text, or can have none. */
export function canCompare(sets: readonly TextSet[], texts: Statuses): boolean {
  const hasDone = (set: TextSet): boolean =>
    set.texts.some(({ id }) => texts.get(id)?.status === 'done');
  return (
    sets.some(hasDone) &&
    sets.every(
      (set) => hasDone(set) || !set.texts.some(({ id }) => isOpen(texts.get(id) ?? WAITING)),
    )
  );
}
