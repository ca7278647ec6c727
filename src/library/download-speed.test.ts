import { describe, expect, it } from 'vitest';
import { DownloadSpeed } from './download-speed.ts';

function watch() {
  let now = 0;
  const speed = new DownloadSpeed(() => now);
  const at = (milliseconds: number, bytes: number): void => {
    now = milliseconds;
    speed.add(bytes);
  };
  return { speed, at };
}

describe('the speed of a download', () => {
  it('is not known before a quarter of a second has passed', () => {
    const { speed, at } = watch();
    expect(speed.bytesPerSecond).toBeNull();
    at(0, 0);
    expect(speed.bytesPerSecond).toBeNull();
    at(249, 1000);
    expect(speed.bytesPerSecond).toBeNull();
    expect(speed.secondsLeft(0, 100)).toBeNull();
    at(250, 1000);
    expect(speed.bytesPerSecond).toBe(4000);
  });
  it('counts from what was here already', () => {
    const { speed, at } = watch();
    at(0, 5_000_000);
    at(1000, 5_001_000);
    expect(speed.bytesPerSecond).toBe(1000);
    expect(speed.secondsLeft(5_001_000, 5_003_000)).toBe(2);
  });
  it('is that of the last seconds', () => {
    const { speed, at } = watch();
    for (let second = 0; second <= 10; second++) at(second * 1000, second * 1000);
    for (let second = 1; second <= 10; second++) at(10_000 + second * 1000, 10_000 + second * 100);
    expect(speed.bytesPerSecond).toBe(100);
  });
  it('is nothing when nothing comes, and then no time is said', () => {
    const { speed, at } = watch();
    at(0, 100);
    at(1000, 100);
    expect(speed.bytesPerSecond).toBe(0);
    expect(speed.secondsLeft(100, 200)).toBeNull();
  });
  it('says no time where the size is not known, and none below zero', () => {
    const { speed, at } = watch();
    at(0, 0);
    at(1000, 100);
    expect(speed.secondsLeft(100, null)).toBeNull();
    expect(speed.secondsLeft(100, 50)).toBe(0);
  });
  it('is forgotten after a pause', () => {
    const { speed, at } = watch();
    at(0, 0);
    at(1000, 100);
    speed.reset();
    expect(speed.bytesPerSecond).toBeNull();
    at(60_000, 100);
    at(61_000, 600);
    expect(speed.bytesPerSecond).toBe(500);
  });
});
