import { expect, it } from 'vitest';
import { sayTime } from './say-queue.ts';

it('tells the time that is left no more exactly than an estimate is', () => {
  expect([0.2, 7, 41, 54].map(sayTime)).toEqual(['5 s', '10 s', '45 s', '55 s']);
  expect([56, 89, 91, 3500].map(sayTime)).toEqual(['1 min', '1 min', '2 min', '58 min']);
  expect([3595, 4800, 9000].map(sayTime)).toEqual(['1 h 0 min', '1 h 20 min', '2 h 30 min']);
});
