import { expect, it } from 'vitest';
import { computeSinkRate } from './sink-rate.ts';

it('computeSinkRate is the share of heads above .3, undefined ones aside', () => {
  expect(computeSinkRate([0.1, 0.4, 0.9])).toBeCloseTo(2 / 3);
  expect(computeSinkRate([0.3, Number.NaN])).toBe(0);
  expect(computeSinkRate([])).toBeNaN();
});
