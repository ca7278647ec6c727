import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DownloadProgress } from '../protocol/library.ts';
import { DownloadTeller } from './download-teller.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

function open(sizes: Record<string, number | null>, done: Record<string, number> = {}) {
  const told: DownloadProgress[] = [];
  const teller = new DownloadTeller(
    (progress) => told.push(progress),
    new Map(Object.entries(sizes)),
    new Map(Object.entries(done)),
  );
  return { teller, told };
}

describe('what is told of a download', () => {
  it('adds all files, also those that are here already', () => {
    const { teller, told } = open({ a: 100, b: 200 }, { a: 100 });
    teller.bytes('b', 50, 200);
    expect(told).toEqual([
      expect.objectContaining({
        stage: 'downloading',
        fileName: 'b',
        doneBytes: 150,
        totalBytes: 300,
        hasRestarted: false,
      }),
    ]);
  });
  it('has no total while one size is not known, and one when it is', () => {
    const { teller, told } = open({ a: null, b: 200 });
    teller.bytes('a', 0, null);
    expect(told.at(-1)).toMatchObject({ totalBytes: null, secondsLeft: null });
    teller.bytes('a', 70, 70);
    expect(told.at(-1)).toMatchObject({ doneBytes: 70, totalBytes: 270 });
  });
  it('comes at most ten times a second, and at a file’s end', () => {
    const { teller, told } = open({ a: 1000 });
    for (let bytes = 0; bytes <= 1000; bytes += 10) {
      teller.bytes('a', bytes, 1000);
      vi.advanceTimersByTime(5);
    }
    expect(told.length).toBeLessThan(9);
    expect(told.at(-1)).toMatchObject({ doneBytes: 1000, totalBytes: 1000 });
  });
  it('says that a file began anew of that file only', () => {
    const { teller, told } = open({ a: 100, b: 100 });
    teller.bytes('a', 50, 100);
    teller.restarts('a');
    teller.bytes('a', 100, 100);
    expect(told.at(-1)).toMatchObject({ hasRestarted: true });
    teller.bytes('b', 100, 100);
    expect(told.at(-1)).toMatchObject({ hasRestarted: false, doneBytes: 200 });
  });
  it('never shows a speed below zero when a file begins anew', () => {
    const { teller, told } = open({ a: 1000 });
    teller.bytes('a', 0, 1000);
    vi.advanceTimersByTime(1000);
    teller.bytes('a', 900, 1000);
    vi.advanceTimersByTime(1000);
    teller.bytes('a', 10, 1000);
    expect(told.at(-1)).toMatchObject({ doneBytes: 10, bytesPerSecond: null });
  });
  it('leaves out a file that is not there', () => {
    const { teller, told } = open({ a: null, b: 100 });
    teller.forget('a');
    teller.bytes('b', 100, 100);
    expect(told.at(-1)).toMatchObject({ doneBytes: 100, totalBytes: 100 });
  });
  it('says for how long and why it waits, and what it reads again', () => {
    const { teller, told } = open({ a: 100 }, { a: 40 });
    teller.waits(7, 'the server answered 429');
    teller.checks('a');
    expect(told).toEqual([
      {
        stage: 'waiting',
        seconds: 7,
        why: 'the server answered 429',
        doneBytes: 40,
        totalBytes: 100,
      },
      expect.objectContaining({ stage: 'checking', fileName: 'a', doneBytes: 40 }),
    ]);
  });
});
