import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDifference } from '../../testing/close-to.ts';
import { readGoldenJson } from '../../testing/golden.ts';
import { adjustFalseDiscovery } from './false-discovery.ts';

const golden = readGoldenJson<{
  readonly benjamini_hochberg: {
    readonly p: readonly number[];
    readonly adjusted: readonly number[];
  };
}>('statistics.json').benjamini_hochberg;

/** [p, adjusted], from scipy.stats.false_discovery_control (1.17). */
const WORKED_OUT: readonly (readonly [readonly number[], readonly number[]])[] = [
  [
    [0.04, 0.04, 0.01, 0.9, 1],
    [0.06666666666666667, 0.06666666666666667, 0.05, 1, 1],
  ],
  [
    [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205],
    [0.008, 0.032, 0.0672, 0.0672, 0.0672, 0.08, 0.08457142857142856, 0.205],
  ],
];

const p = fc.double({ min: 0, max: 1, noNaN: true });

describe('adjusted p values', () => {
  it('are the reference’s, and what was worked out', () => {
    const adjusted = adjustFalseDiscovery(golden.p);
    expect(findDifference(adjusted, golden.adjusted, { atol: 1e-9 })).toBeNull();
    for (const [values, expected] of WORKED_OUT)
      expect(findDifference(adjustFalseDiscovery(values), expected, { atol: 1e-12 })).toBeNull();
    const example = adjustFalseDiscovery([0.01, 0.04, 0.03]);
    expect(findDifference(example, [0.03, 0.04, 0.04], { atol: 1e-12 })).toBeNull();
  });

  it('are never smaller than p, at most 1, and keep the order', () => {
    fc.assert(
      fc.property(fc.array(p, { maxLength: 40 }), (values) => {
        const adjusted = adjustFalseDiscovery(values);
        values.forEach((each, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(each);
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          values.forEach((other, j) => {
            if (each < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]);
          });
        });
      }),
    );
  });

  it('call so many tests different as the step-up rule does', () => {
    fc.assert(
      fc.property(
        fc.array(p, { minLength: 1, maxLength: 40 }),
        fc.constantFrom(0.05, 0.2),
        (values, rate) => {
          const sorted = [...values].sort((one, other) => one - other);
          const rank = sorted.findLastIndex(
            (each, i) => each * values.length <= rate * (i + 1) * (1 - 1e-12),
          );
          const found = adjustFalseDiscovery(values).filter((each) => each <= rate).length;
          expect(found).toBeGreaterThanOrEqual(rank + 1);
          const loose = sorted.findLastIndex(
            (each, i) => each * values.length <= rate * (i + 1) * (1 + 1e-12),
          );
          expect(found).toBeLessThanOrEqual(loose + 1);
        },
      ),
    );
  });

  it('leave out what is no test', () => {
    const adjusted = adjustFalseDiscovery([Number.NaN, 0.01, 0.04, Number.NaN, 0.03]);
    const expected = [Number.NaN, 0.03, 0.04, Number.NaN, 0.04];
    expect(findDifference(adjusted, expected, { atol: 1e-12 }, true)).toBeNull();
    expect(adjustFalseDiscovery([])).toHaveLength(0);
    expect(adjustFalseDiscovery([0.3])[0]).toBe(0.3);
  });
});
