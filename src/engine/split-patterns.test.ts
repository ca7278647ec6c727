import { describe, expect, it } from 'vitest';
import { CUT_RULES } from './pre-tokenizers.ts';
import { escapePattern, findSlowness, toIsolating } from './split-patterns.ts';

const cut = (text: string, pattern: string, behavior: string): string[] => {
  const step = toIsolating(pattern, behavior, false);
  const regex = new RegExp(step?.pattern.Regex ?? '', 'gu');
  const pieces: string[] = [];
  let end = 0;
  for (const { 0: match, index } of text.matchAll(regex)) {
    if (index > end) pieces.push(text.slice(end, index));
    pieces.push(match);
    end = index + match.length;
  }
  return end < text.length ? [...pieces, text.slice(end)] : pieces;
};

describe('a cut', () => {
  // Examples of the documentation of Hugging Face tokenizers (SplitDelimiterBehavior).
  it.each([
    ['Isolated', ['the', '-', 'final', '-', '-', 'countdown']],
    ['MergedWithPrevious', ['the-', 'final-', '-', 'countdown']],
    ['MergedWithNext', ['the', '-final', '-', '-countdown']],
    ['Contiguous', ['the', '-', 'final', '--', 'countdown']],
  ])('%s is one that isolates', (behavior, pieces) => {
    expect(cut('the-final--countdown', escapePattern('-'), behavior)).toEqual(pieces);
  });
  it('that drops matches cannot be said', () => {
    expect(toIsolating('-', 'Removed', false)).toBeNull();
    expect(toIsolating('-', 'MergedWithNext', true)).toBeNull();
  });
  it('by a text takes its marks for themselves', () => {
    expect(cut('a.b*c', escapePattern('.'), 'Isolated')).toEqual(['a', '.', 'b*c']);
  });
});

describe('a pattern that may take time without bound', () => {
  it.each([
    '(a+)+$',
    '(a*)*b',
    '(?:a|a)*b',
    '(?:\\s+)*x',
    '([a-z]+)*\\d',
    '((a+)b?)+',
    '(x+x+)+y',
    '\\s*\\s*x',
    '.*.*.*=',
    '(a{2,})+b',
    '(a{1,500})+b',
    'a*b*c*d*e*f',
    'x'.repeat(30_000),
  ])('is found: %s', (pattern) => expect(findSlowness(pattern)).not.toBeNull());

  it.each([
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
    "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{M}]*[\\p{Ll}\\p{Lm}]+(?i:'s|'t)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*",
    '(?=(\\d{3})+(?!\\d))',
    '\\d{1,3}(?=(?:\\d{3})*\\b)',
    '[[a-z]&&[^b]]+x+',
    '[]a]+[^]b]+',
    '\\(+\\)+',
    ' {2,}',
    '',
  ])('is not seen in %s', (pattern) => expect(findSlowness(pattern)).toBeNull());

  it('is none of those by which GGUF files cut', () => {
    const patterns = Object.values(CUT_RULES).flatMap(({ preTokenizers }) =>
      preTokenizers.flatMap((step) => ('pattern' in step ? [step.pattern.Regex] : [])),
    );
    expect(patterns.length).toBeGreaterThan(20);
    expect(patterns.map(findSlowness).filter((slow) => slow !== null)).toEqual([]);
  });
});
