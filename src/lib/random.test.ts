import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

describe('createRandom', () => {
  it('repeats itself with its seed and covers [0, 1)', () => {
    const random = createRandom(42);
    const first = Array.from({ length: 1000 }, random);
    expect(Array.from({ length: 1000 }, createRandom(42))).toEqual(first);
    expect(Math.min(...first)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...first)).toBeLessThan(1);
    const mean = first.reduce((sum, value) => sum + value, 0) / first.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.04);
  });
});
