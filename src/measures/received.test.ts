import { describe, expect, it } from 'vitest';
import { findDifference } from '../testing/close-to.ts';
import { computeReceived, computeShownMass } from './received.ts';

const slice = (...rows: number[][]) => ({
  size: rows.length,
  packed: Float32Array.from(rows.flat()),
});

describe('marginals of a matrix', () => {
  it('shown mass is 1 of a whole row, less of a thinned one, NaN of an undefined one', () => {
    const mass = computeShownMass(slice([1], [0, 0.25], [Number.NaN, Number.NaN, Number.NaN]));
    expect(findDifference(mass, [1, 0.25, Number.NaN], { atol: 1e-7 }, true)).toBeNull();
  });
  it('received leaves undefined rows out, and is NaN where no row is left', () => {
    const nan = Number.NaN;
    const received = computeReceived(slice([nan], [0.5, 0.5], [nan, nan, nan]));
    expect(findDifference(received, [0.5, 0.5, nan], { atol: 1e-7 }, true)).toBeNull();
  });
  it('does not choke on nothing', () => {
    expect(computeShownMass(slice())).toHaveLength(0);
    expect(computeReceived(slice())).toHaveLength(0);
  });
});
