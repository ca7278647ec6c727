import { describe, expect, it } from 'vitest';
import { nextTask } from './next-task.ts';
import { finish, runSlices, type SlicedWork, within } from './sliced-work.ts';

/** Work of `count` slices of `length` milliseconds on a clock of its own. */
function createWork(count: number, length: number) {
  let time = 0;
  let isLetGo = false;
  let done = 0;
  function* work(): SlicedWork<string> {
    try {
      for (; done < count; done++) {
        time += length;
        yield (done + 1) / count;
      }
      return 'result';
    } finally {
      isLetGo = true;
    }
  }
  return {
    work: work(),
    host: { pause: nextTask, now: () => time },
    isLetGo: () => isLetGo,
    done: () => done,
  };
}

describe('sliced work', () => {
  it('gives its result when it is done at once', () => {
    expect(finish(createWork(3, 1).work)).toBe('result');
    expect(finish(createWork(0, 1).work)).toBe('result');
  });

  it('tells its share of larger work', () => {
    expect([...within(createWork(4, 1).work, 0.5, 0.9)]).toEqual([0.6, 0.7, 0.8, 0.9]);
    expect(finish(within(createWork(4, 1).work, 0.5, 0.9))).toBe('result');
  });

  it('pauses and tells how far it is after each stretch, not after each slice', async () => {
    const { work, host } = createWork(10, 15);
    const told: number[] = [];
    let pauses = 0;
    const pause = async (): Promise<void> => {
      pauses++;
      await nextTask();
    };
    const result = await runSlices(work, { ...host, pause }, (share) => told.push(share));
    expect(result).toBe('result');
    expect(told).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
    expect(pauses).toBe(told.length);
  });

  it('stops between two stretches when it is cancelled, and lets go of what it holds', async () => {
    const { work, host, isLetGo, done } = createWork(1000, 50);
    const controller = new AbortController();
    const running = runSlices(
      work,
      host,
      (share) => share >= 0.01 && controller.abort(),
      controller.signal,
    );
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(done()).toBeLessThan(20);
    expect(isLetGo()).toBe(true);
  });

  it('does not begin when it is cancelled already, and lets errors through', async () => {
    const { work, host, done } = createWork(10, 1);
    await expect(runSlices(work, host, () => undefined, AbortSignal.abort())).rejects.toMatchObject(
      { code: 'cancelled' },
    );
    expect(done()).toBe(0);
    // biome-ignore lint/correctness/useYield: it fails before its first slice
    function* fail(): SlicedWork<never> {
      throw new Error('no');
    }
    await expect(runSlices(fail(), host, () => undefined)).rejects.toThrow('no');
  });
});
