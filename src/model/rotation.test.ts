import { describe, expect, it } from 'vitest';
import { computeFrequencies, dependsOnLength, type RotationScaling } from './rotation.ts';

const frequencies = (scaling: RotationScaling, length = 8, size = 8) =>
  computeFrequencies({ size, base: 10_000, scaling }, length);
const values = (scaling: RotationScaling, length = 8) =>
  Array.from(frequencies(scaling, length).values);
const plain = [1, 0.1, 0.01, 0.001];
const close = (actual: readonly number[], wanted: readonly number[]) => {
  for (const [i, value] of actual.entries()) expect(value).toBeCloseTo(wanted[i], 6);
};

describe('computeFrequencies', () => {
  it('falls by powers of the base', () => close(values({ kind: 'none' }), plain));

  it('divides all, or each by its own factor', () => {
    close(values({ kind: 'linear', factor: 4 }), [0.25, 0.025, 0.0025, 0.00025]);
    close(values({ kind: 'factors', factors: [1, 2, 4, 8] }), [1, 0.05, 0.0025, 0.000125]);
  });

  it('grows the base of a dynamic rotation only beyond its length', () => {
    const scaling = { kind: 'dynamic', factor: 2, originalLength: 16 } as const;
    close(values(scaling, 16), plain);
    // base x (2 x 32 / 16 - 1)^(8/6) = 10000 x 3^(4/3) = 43267.487...
    const base = 10_000 * 3 ** (4 / 3);
    close(values(scaling, 32), [1, base ** -0.25, base ** -0.5, base ** -0.75]);
  });

  it('keeps fast turns, divides slow ones and blends between (llama3)', () => {
    const scaling = {
      kind: 'llama3',
      factor: 8,
      lowFrequencyFactor: 1,
      highFrequencyFactor: 4,
      originalLength: 128,
    } as const;
    // Wavelengths 6.3, 62.8, 628, 6283 against 128/4 = 32 and 128/1 = 128: kept, blended, divided, divided.
    const smooth = (128 / (2 * Math.PI * 10) - 1) / 3;
    const blended = ((1 - smooth) * 0.1) / 8 + smooth * 0.1;
    close(values(scaling), [1, blended, 0.01 / 8, 0.001 / 8]);
  });

  it('blends over a range of pairs and scales both tables (yarn)', () => {
    const scaling = {
      kind: 'yarn',
      factor: 4,
      originalLength: 4096,
      betaFast: 32,
      betaSlow: 1,
      magnitude: 1.138629436111989,
      isTruncated: true,
    } as const;
    const { values: found, magnitude } = frequencies(scaling);
    expect(magnitude).toBeCloseTo(0.1 * Math.log(4) + 1, 12);
    // Pairs 1.3 and 2.8 turn 32 times and once in 4,096 tokens: rounded to 1 and 3.
    close(Array.from(found), [1, 0.1, 0.01 / 2 + 0.01 / 8, 0.001 / 4]);
  });

  it('chooses between two lists of factors by length', () => {
    const scaling = {
      kind: 'long',
      short: [1, 1, 1, 2],
      long: [1, 2, 2, 4],
      originalLength: 16,
      magnitude: 1.2,
    } as const;
    close(values(scaling, 16), [1, 0.1, 0.01, 0.0005]);
    close(values(scaling, 17), [1, 0.05, 0.005, 0.00025]);
    expect(frequencies(scaling).magnitude).toBe(1.2);
  });

  it('has nothing to turn in a head of no rotated dimensions', () =>
    expect(frequencies({ kind: 'none' }, 8, 0).values).toHaveLength(0));
});

it('only rotations that change with the length forbid taking over a shorter text', () => {
  const of = (scaling: RotationScaling) => ({ size: 8, base: 10_000, scaling });
  const dynamic = of({ kind: 'dynamic', factor: 2, originalLength: 16 });
  expect(dependsOnLength(dynamic, 4, 16)).toBe(false);
  expect(dependsOnLength(dynamic, 16, 17)).toBe(true);
  expect(dependsOnLength(dynamic, 20, 20)).toBe(false);
  expect(dependsOnLength(of({ kind: 'none' }), 4, 400)).toBe(false);
  expect(dependsOnLength(null, 4, 400)).toBe(false);
});
