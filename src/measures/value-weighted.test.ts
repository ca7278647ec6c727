import { describe, expect, it } from 'vitest';
import { renormaliseRows, weightByValues } from './value-weighted.ts';

const slice = { size: 2, packed: Float32Array.of(1, 0.5, 0.5) };

describe('value-weighted attention', () => {
  it('is each weight times the length of what its key carries', () => {
    expect([...weightByValues(slice, Float32Array.of(0, 4)).packed]).toEqual([0, 0, 2]);
  });

  it('is made into shares; a row that carries nothing is undefined', () => {
    const weighted = weightByValues(slice, Float32Array.of(0, 4));
    const shares = renormaliseRows(weighted);
    expect([...shares.packed]).toEqual([Number.NaN, 0, 1]);
    expect([...renormaliseRows(shares).packed]).toEqual([Number.NaN, 0, 1]);
  });

  it('is the attention itself where all values are as long', () => {
    const weighted = weightByValues(slice, Float32Array.of(3, 3));
    expect(renormaliseRows(weighted)).toEqual(slice);
  });
});
