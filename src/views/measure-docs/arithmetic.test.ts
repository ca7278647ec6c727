import { describe, expect, it } from 'vitest';
import {
  apply,
  distanceOf,
  entropyOf,
  formatTerm,
  largest,
  mean,
  minus,
  negative,
  over,
  root,
  squared,
  sum,
  times,
} from './arithmetic.ts';
import { splitLine } from './arithmetic-line.ts';

describe('arithmetic', () => {
  it('is written as it is done', () => {
    expect(mean([0.5, minus(1, 0.25)])).toMatchObject({
      tex: '\\frac{0.5 + (1 − 0.25)}{2}',
      value: 0.625,
    });
    expect(times(2, sum([1, 3]), 4)).toMatchObject({ tex: '2 · (1 + 3) · 4', value: 32 });
    expect(minus(1, minus(3, 1))).toMatchObject({ tex: '1 − (3 − 1)', value: -1 });
    expect(negative(sum([1, 2]))).toMatchObject({ tex: '−(1 + 2)', value: -3 });
    expect(root(sum([squared(-3), 16]))).toMatchObject({ value: 5 });
    expect(squared(-3).tex).toBe('{(−3)}^2');
    expect(distanceOf(minus(1, 4))).toMatchObject({ tex: '|1 − 4|', value: 3 });
    expect(largest([1, over(9, 3)])).toMatchObject({ tex: '\\max(1, \\frac{9}{3})', value: 3 });
    expect(apply('ln', over(1, 1))).toMatchObject({ tex: '\\ln \\frac{1}{1}', value: 0 });
    expect(sum([1, -2])).toMatchObject({ tex: '1 + (−2)', value: -1 });
  });
  it('leaves out what a weight of 0 does not add to entropy', () => {
    expect(entropyOf([0.5, 0, 0.5]).value).toBeCloseTo(Math.LN2);
    expect(entropyOf([0.5, 0, 0.5]).tex.match(/ln/g)).toHaveLength(2);
  });
  it('writes numbers short, and small ones so that they say something', () => {
    expect([0.5, 2 / 3, -1, 0, 0.00042, Number.NaN].map((value) => formatTerm(value))).toEqual([
      '0.5',
      '0.667',
      '−1',
      '0',
      '0.00042',
      '–',
    ]);
  });
});

describe('splitLine', () => {
  it('wraps between terms, never within braces', () => {
    expect(splitLine('−(0.5 + \\frac{1 + 2}{3}) − 2', '=')).toEqual([
      { joiner: '=', tex: '−(0.5' },
      { joiner: '+', tex: '\\frac{1 + 2}{3})' },
      { joiner: '−', tex: '2' },
    ]);
    expect(splitLine('2 · 3')).toEqual([{ joiner: '', tex: '2 · 3' }]);
  });
});
