import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { orAborted, wait } from './wait.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('waiting', () => {
  it('takes as long as it should', async () => {
    let isOver = false;
    const waited = wait(1000).then(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(999);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await waited;
  });
  it('ends at once when it is cancelled, before or meanwhile, and leaves no timer', async () => {
    await expect(wait(1000, AbortSignal.abort('no'))).rejects.toBe('no');
    const controller = new AbortController();
    const waited = expect(wait(1000, controller.signal)).rejects.toBe('stop');
    controller.abort('stop');
    await waited;
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('work that may be given up', () => {
  it('settles as it does by itself', async () => {
    const { signal } = new AbortController();
    expect(await orAborted(Promise.resolve(7), signal)).toBe(7);
    await expect(orAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  });
  it('is given up though it never ends', async () => {
    const never = new Promise(() => undefined);
    await expect(orAborted(never, AbortSignal.abort('before'))).rejects.toBe('before');
    const controller = new AbortController();
    const given = expect(orAborted(never, controller.signal)).rejects.toBe('now');
    controller.abort('now');
    await given;
  });
});
