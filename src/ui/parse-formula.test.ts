import { describe, expect, it } from 'vitest';
import { parseFormula } from './parse-formula.ts';

describe('parseFormula', () => {
  it('reads letters, numbers, operators and names', () => {
    expect(parseFormula('−2.5 λ \\ln')).toEqual([
      { kind: 'operator', text: '−' },
      { kind: 'number', text: '2.5' },
      { kind: 'name', text: 'λ' },
      { kind: 'name', text: 'ln' },
    ]);
  });
  it('puts indices below and above what stands before them', () => {
    expect(parseFormula('a_{ij}^2')).toEqual([
      {
        kind: 'scripts',
        base: { kind: 'name', text: 'a' },
        below: {
          kind: 'row',
          parts: [
            { kind: 'name', text: 'i' },
            { kind: 'name', text: 'j' },
          ],
        },
        above: { kind: 'number', text: '2' },
      },
    ]);
  });
  it('reads fractions, roots, bars and words', () => {
    const [fraction] = parseFormula('\\frac{\\sqrt{x}}{\\bar{y}}');
    expect(fraction).toMatchObject({
      kind: 'fraction',
      parts: [{ kind: 'root' }, { kind: 'overline' }],
    });
    expect(parseFormula('\\text{ all of } n')[0]).toEqual({ kind: 'text', text: ' all of ' });
    expect(parseFormula('')).toEqual([]);
  });
  it.each(['{a', 'a}', '\\frac{a}', '_2', 'a_', '\\', '\\text{a', '\\frac a b'])(
    'refuses %s',
    (source) => {
      expect(() => parseFormula(source)).toThrow(/formula/);
    },
  );
});
