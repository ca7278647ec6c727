import { expect, it } from 'vitest';
import {
  calibrateThreads,
  chooseThreads,
  listCandidates,
  type Spinner,
} from './calibrate-threads.ts';

/** A worker whose work takes `cost(busy)` units of a clock when `busy` of them run at once. */
function createMachine(cost: (busy: number) => number) {
  let clock = 0;
  let busy = 0;
  let terminated = 0;
  const createSpinner = (): Spinner => {
    const listeners = new Set<() => void>();
    const tell = () => {
      for (const listener of [...listeners]) listener();
    };
    queueMicrotask(tell);
    return {
      addEventListener: (type, listener) => void (type === 'message' && listeners.add(listener)),
      removeEventListener: (_, listener) => void listeners.delete(listener),
      postMessage() {
        busy++;
        setTimeout(() => {
          if (busy > 0) clock += cost(busy);
          busy = 0;
          tell();
        }, 0);
      },
      terminate: () => void terminated++,
    };
  };
  return { createSpinner, now: () => clock, terminated: () => terminated };
}

it('compares powers of two and all cores, eight at the most', () => {
  expect(listCandidates(1)).toEqual([1]);
  expect(listCandidates(2)).toEqual([1, 2]);
  expect(listCandidates(6)).toEqual([1, 2, 4, 6]);
  expect(listCandidates(64)).toEqual([1, 2, 4, 8]);
  expect(listCandidates(Number.NaN)).toEqual([1]);
});

it('takes more threads only where they get more done', () => {
  const timing = (threads: number, milliseconds: number) => ({ threads, milliseconds });
  expect(chooseThreads([timing(1, 10), timing(2, 11)])).toBe(2);
  expect(chooseThreads([timing(1, 10), timing(2, 19)])).toBe(1);
  expect(chooseThreads([timing(1, 10), timing(2, 10), timing(4, 20)])).toBe(2);
  expect(chooseThreads([timing(1, 10), timing(2, 19), timing(4, 12)])).toBe(4);
});

it('measures free cores as parallel, a busy machine as not, and ends its workers', async () => {
  const free = createMachine(() => 10);
  expect(await calibrateThreads(2, free.createSpinner, free.now)).toBe(2);
  expect(free.terminated()).toBe(2);
  const full = createMachine((busy) => 10 * busy);
  expect(await calibrateThreads(2, full.createSpinner, full.now)).toBe(1);
});

it('takes what the machine says when workers cannot be made', async () => {
  const createSpinner = (): Spinner => ({
    addEventListener: (type, listener) => void (type === 'error' && queueMicrotask(listener)),
    removeEventListener: () => undefined,
    postMessage: () => undefined,
    terminate: () => undefined,
  });
  expect(await calibrateThreads(4, createSpinner)).toBe(4);
});
