import { describe, expect, it } from 'vitest';
import { createTextItem } from '../../text/sets/text-set.ts';
import { DEFAULT_RULES } from './domain-rules.ts';
import type { SavedDomains } from './kept-domains.ts';
import { mergeDomains } from './merge-domains.ts';

/** Sets given as "id: a b c". */
const draw = (...sets: readonly string[]): SavedDomains => ({
  sets: sets.map((drawn) => {
    const [id, texts] = drawn.split(':');
    const words = texts.split(' ').filter((word) => word !== '');
    return {
      id,
      name: id,
      texts: words.map((word) => createTextItem(word, { kind: 'pasted' }).item),
    };
  }),
  rules: DEFAULT_RULES,
});

const show = ({ sets }: SavedDomains): readonly string[] =>
  sets.map(({ id, texts }) => `${id}: ${texts.map(({ text }) => text).join(' ')}`.trimEnd());

const merge = (base: SavedDomains | null, mine: SavedDomains, theirs: SavedDomains) =>
  show(mergeDomains(base, mine, theirs));

describe('mergeDomains', () => {
  it('has what either page added', () => {
    const base = draw('a: x');
    expect(merge(base, draw('a: x y', 'm: 1'), draw('a: x z', 't: 2'))).toEqual([
      'a: x z y',
      't: 2',
      'm: 1',
    ]);
    expect(merge(null, draw('a: y'), draw('a: x'))).toEqual(['a: x y']);
  });

  it('removes what one page removed, but nothing that the other put there since', () => {
    const base = draw('a: x y', 'b: z');
    expect(merge(base, draw('a: y', 'b: z'), draw('a: x y'))).toEqual(['a: y']);
    expect(merge(base, draw('b: z'), draw('a: x y new', 'b: z'))).toEqual(['a: new', 'b: z']);
    expect(merge(base, draw('a: x y', 'b: z new'), draw('a: x y'))).toEqual(['a: x y', 'b: new']);
    expect(merge(base, draw(), draw())).toEqual([]);
  });

  it('counts repeats: both took one of two away, both added the same', () => {
    expect(merge(draw('a: x x'), draw('a: x'), draw('a: x'))).toEqual(['a: x']);
    expect(merge(draw('a:'), draw('a: x'), draw('a: x'))).toEqual(['a: x']);
    expect(merge(draw('a: x'), draw('a:'), draw('a: x x'))).toEqual(['a: x x']);
  });

  it('takes names and rules of the page that changed them', () => {
    const base = draw('a: x', 'b: y');
    const renamed = (saved: SavedDomains, at: number): SavedDomains => ({
      rules: { length: 32 + at, samples: 'cut' },
      sets: saved.sets.map((set, i) => (i === at ? { ...set, name: 'new' } : set)),
    });
    const theirs = mergeDomains(base, base, renamed(base, 0));
    expect(theirs.sets.map(({ name }) => name)).toEqual(['new', 'b']);
    expect(theirs.rules.length).toBe(32);
    const both = mergeDomains(base, renamed(base, 1), renamed(base, 0));
    expect(both.sets.map(({ name }) => name)).toEqual(['new', 'new']);
    expect(both.rules.length).toBe(33);
  });
});
