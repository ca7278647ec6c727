import { expect, it } from 'vitest';
import { computeNegativeAttention } from './negative-attention.ts';

it('computeNegativeAttention is positive where "no" is looked at more', () => {
  const score = computeNegativeAttention(
    Float32Array.of(0.9, 0.1, 0.2),
    Float32Array.of(0, 0.3, 0.2),
    1,
  );
  expect(score.score).toBeCloseTo(0.4 * Math.log(3), 5);
  expect(score.mass).toBeCloseTo(0.4, 6);
  expect(score.logRatio).toBeCloseTo(Math.log(3) / 2, 5);
});
it('computeNegativeAttention changes its sign with the words', () => {
  const [a, b] = [Float32Array.of(0.1, 0.5), Float32Array.of(0.3, 0.1)];
  expect(computeNegativeAttention(a, b, 0).score).toBeCloseTo(
    -computeNegativeAttention(b, a, 0).score,
    9,
  );
});
it('computeNegativeAttention does not choke on weights of 0 or on no rows', () => {
  expect(computeNegativeAttention(Float32Array.of(0), Float32Array.of(0), 0).score).toBe(0);
  expect(computeNegativeAttention(Float32Array.of(0.1), Float32Array.of(0), 0).score).toBeLessThan(
    0,
  );
  expect(computeNegativeAttention(Float32Array.of(0.1), Float32Array.of(0), 1).mass).toBeNaN();
});
