import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listCells } from '../testing/list-cells.ts';
import { tokensFromPieces } from '../testing/tokens-from-pieces.ts';
import { createDuplicatePattern, createInductionPattern } from './patterns/copies.ts';
import { createRulePattern, parseTokenRule } from './token-rule.ts';

const tokens = tokensFromPieces('a', ',', ' b', 'a', '.', 'a');
const cellsOf = (text: string) => {
  const parsed = parseTokenRule(text);
  if (!parsed.ok) throw new Error(parsed.problem.code);
  return listCells(createRulePattern(parsed.rule, tokens));
};
const problemOf = (text: string) => {
  const parsed = parseTokenRule(text);
  return parsed.ok ? null : parsed.problem;
};

describe('rules over tokens', () => {
  it('know their terms', () => {
    expect(cellsOf('same token')).toEqual(listCells(createDuplicatePattern(tokens.ids)));
    expect(cellsOf('after same token')).toEqual(listCells(createInductionPattern(tokens.ids)));
    expect(cellsOf('After the same')).toEqual(cellsOf('after same token'));
    expect(cellsOf('2 back')).toEqual(['2>0', '3>1', '4>2', '5>3']);
    expect(cellsOf('1 token back')).toEqual(cellsOf('previous token'));
    expect(cellsOf('current')).toEqual(cellsOf('0 back'));
    expect(cellsOf('first')).toHaveLength(6);
    expect(cellsOf('punctuation')).toEqual(['1>1', '2>1', '3>1', '4>1', '4>4', '5>1', '5>4']);
    expect(cellsOf('delimiter')).toEqual(['4>4', '5>4']);
  });
  it('join them: not before and, and before or, brackets first', () => {
    expect(cellsOf('punctuation and not delimiter')).toEqual(['1>1', '2>1', '3>1', '4>1', '5>1']);
    expect(cellsOf('delimiter or previous and punctuation')).toEqual(['2>1', '4>4', '5>4']);
    expect(cellsOf('(delimiter or previous) and punctuation')).toEqual(['2>1', '4>4', '5>4']);
    expect(cellsOf('(delimiter or first) and previous')).toEqual(['1>0', '5>4']);
    expect(cellsOf('delimiter or first and previous')).toEqual(['1>0', '4>4', '5>4']);
    expect(cellsOf('not not first')).toEqual(cellsOf('first'));
  });
  it('obey the laws of sets', () => {
    const term = fc.constantFrom('same', 'after same', '1 back', 'first', 'delimiter', 'current');
    fc.assert(
      fc.property(term, term, (a, b) => {
        expect(cellsOf(`not (${a} and ${b})`)).toEqual(cellsOf(`not ${a} or not ${b}`));
        expect(cellsOf(`${a} or not ${a}`)).toHaveLength(21);
        expect(cellsOf(`${a} and not ${a}`)).toEqual([]);
      }),
    );
  });
});

describe('problems of rules', () => {
  it('are named with their place', () => {
    expect(problemOf('  ')).toMatchObject({ code: 'empty' });
    expect(problemOf('first and verb')).toEqual({ code: 'unknown-term', words: 'verb', at: 10 });
    expect(problemOf('first second')).toMatchObject({
      code: 'unknown-term',
      words: 'first second',
    });
    expect(problemOf('first and')).toEqual({ code: 'missing-term', words: '', at: 9 });
    expect(problemOf('or first')).toEqual({ code: 'missing-term', words: 'or', at: 0 });
    expect(problemOf('()')).toEqual({ code: 'missing-term', words: ')', at: 1 });
    expect(problemOf('first (same)')).toEqual({ code: 'missing-operator', words: '(', at: 6 });
    expect(problemOf('first not same')).toMatchObject({ code: 'missing-operator', words: 'not' });
    expect(problemOf('(first')).toEqual({ code: 'unclosed', words: '(', at: 0 });
    expect(problemOf('first)')).toEqual({ code: 'unopened', words: ')', at: 5 });
    expect(problemOf('not '.repeat(100_000))).toMatchObject({ code: 'too-long' });
  });
  it('are all that can go wrong', () => {
    const word = fc.constantFrom('same', 'first', 'and', 'or', 'not', '(', ')', '2', 'back', '<b>');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const parsed = parseTokenRule(words.join(' '));
        if (parsed.ok) expect(createRulePattern(parsed.rule, tokens).size).toBe(6);
        else expect(parsed.problem.at).toBeLessThanOrEqual(words.join(' ').length);
      }),
      { numRuns: 500 },
    );
  });
});
