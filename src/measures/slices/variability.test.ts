import { describe, expect, it } from 'vitest';
import { computeVariability } from './variability.ts';

/** The beginning of one head's matrix, side 2. */
const corner = (second: number) => Float32Array.of(1, 1 - second, second);

describe('variability', () => {
  it('is 0 when texts make no difference', () => {
    expect(computeVariability([corner(0.5), corner(0.5)], 1, 2)).toEqual(Float64Array.of(0));
  });
  it('is more, the more a head goes by the text', () => {
    // Rows 2 without the first key: .2 and .6, mean .4: (.2 + .2) / (2 · .8).
    expect(computeVariability([corner(0.2), corner(0.6)], 1, 2)[0]).toBeCloseTo(0.25, 6);
    const packed = (key: number) => {
      const values = new Float32Array(10);
      values[6 + key] = 1;
      return values;
    };
    // Each text looks elsewhere: (3 · (2/3 + 1/3 + 1/3)) / (2 · 3).
    expect(computeVariability([1, 2, 3].map(packed), 1, 4)[0]).toBeCloseTo(2 / 3, 6);
  });
  it('tells heads apart', () => {
    const texts = [0.2, 0.6].map((x) => Float32Array.of(...corner(0.5), ...corner(x)));
    const [same, other] = computeVariability(texts, 2, 2);
    expect(same).toBe(0);
    expect(other).toBeCloseTo(0.25, 6);
  });
  it('is undefined of one text, and of heads that look at the first key only', () => {
    expect(computeVariability([corner(0.5)], 1, 2)[0]).toBeNaN();
    expect(computeVariability([corner(0), corner(0)], 1, 2)[0]).toBeNaN();
  });
  it('leaves out texts that are shorter', () => {
    const short = Float32Array.of(1, Number.NaN, Number.NaN);
    const [value] = computeVariability([corner(0.2), short, corner(0.6)], 1, 2);
    expect(value).toBeCloseTo(0.25, 6);
    expect(computeVariability([corner(0.2), short], 1, 2)[0]).toBeNaN();
  });
  it('refuses corners of another size', () => {
    expect(() => computeVariability([corner(0.5)], 1, 3)).toThrow(RangeError);
  });
});
