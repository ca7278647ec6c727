import { expect, it } from 'vitest';
import { History } from './history.ts';

it('goes back and forward through what was left', () => {
  const history = new History<number>();
  expect(history.undo(0)).toBeNull();
  history.remember(1);
  history.remember(2);
  expect(history.undo(3)).toBe(2);
  expect(history.undo(2)).toBe(1);
  expect(history.undo(1)).toBeNull();
  expect(history.redo(1)).toBe(2);
  expect(history.redo(2)).toBe(3);
  expect(history.redo(3)).toBeNull();
});

it('forgets what was undone when a new step is taken, and the oldest of many', () => {
  const history = new History<number>();
  history.remember(1);
  history.undo(2);
  history.remember(5);
  expect(history.redo(6)).toBeNull();
  for (let step = 0; step < 150; step++) history.remember(step);
  let steps = 0;
  for (let at: number | null = 150; at !== null; steps++) at = history.undo(at);
  expect(steps - 1).toBe(100);
});
