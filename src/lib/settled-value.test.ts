import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SettledValue } from './settled-value.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('passes on only the value that rested', () => {
  const passed: number[] = [];
  const settled = new SettledValue<number>(50, (value) => passed.push(value));
  settled.set(1);
  vi.advanceTimersByTime(40);
  settled.set(2);
  vi.advanceTimersByTime(49);
  expect(passed).toEqual([]);
  expect(settled.waiting).toEqual({ value: 2 });
  vi.advanceTimersByTime(1);
  expect(passed).toEqual([2]);
  expect(settled.waiting).toBeNull();
});

it('drops what waits when it is told to', () => {
  const passed: number[] = [];
  const settled = new SettledValue<number>(50, (value) => passed.push(value));
  settled.set(1);
  settled.forget();
  vi.advanceTimersByTime(100);
  expect(passed).toEqual([]);
});
