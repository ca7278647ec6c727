import { describe, expect, it } from 'vitest';
import { parseDomainFile } from './domain-file.ts';
import { findSetProblems } from './set-problems.ts';
import { createTextItem, createTextSets, type TextSet } from './text-set.ts';

const BODY = 'has some twenty letters and more';
const sets = (named: Record<string, readonly string[]>): readonly TextSet[] =>
  createTextSets(
    Object.entries(named).map(([name, texts]) => ({
      name,
      texts: texts.map((text) => createTextItem(text, { kind: 'pasted' }).item),
    })),
  );
const some = (name: string, count = 5) =>
  Array.from({ length: count }, (_, i) => `${name}${i} ${BODY}`);

describe('findSetProblems', () => {
  it('finds nothing wrong with sets that are well', () => {
    expect(findSetProblems(sets({ a: some('a'), b: some('b') }))).toEqual([]);
  });

  it('tells empty sets, single texts and few texts', () => {
    const found = findSetProblems(
      sets({ none: [], one: some('x', 1), few: some('y', 4), many: some('z', 501) }),
    );
    expect(found).toEqual([
      { kind: 'empty', setId: 'none', name: 'none' },
      { kind: 'one-text', setId: 'one', name: 'one' },
      { kind: 'few-texts', setId: 'few', name: 'few', count: 4 },
      { kind: 'too-many-texts', setId: 'many', name: 'many', count: 501 },
    ]);
  });

  it('tells too few and too many sets', () => {
    expect(findSetProblems([])).toEqual([{ kind: 'too-few-sets', count: 0 }]);
    expect(findSetProblems(sets({ a: some('a') }))).toEqual([{ kind: 'too-few-sets', count: 1 }]);
    const nine = sets(Object.fromEntries([...'abcdefghi'].map((name) => [name, some(name)])));
    expect(findSetProblems(nine)).toEqual([{ kind: 'too-many-sets', count: 9 }]);
  });

  it('tells repeats within a set, white space around them aside', () => {
    const [x, y] = [`x ${BODY}`, `y ${BODY}`];
    const [problem] = findSetProblems(
      sets({ a: [...some('a'), x, y, `${x}\n`, ` ${x}`, y], b: some('b') }),
    );
    expect(problem).toMatchObject({
      kind: 'repeated-within',
      setId: 'a',
      surplus: 3,
      texts: [
        { title: x, times: 3 },
        { title: y, times: 2 },
      ],
    });
  });

  it('tells repeats across sets, by the sets that share them', () => {
    const [x, y] = [`x ${BODY}`, `y ${BODY}`];
    const found = findSetProblems(
      sets({ a: [...some('a'), x, y], b: [...some('b'), x], c: [...some('c'), y, x] }),
    );
    expect(found).toMatchObject([
      { kind: 'repeated-across', names: ['a', 'b', 'c'], texts: [{ setId: 'a', title: x }] },
      { kind: 'repeated-across', names: ['a', 'c'], texts: [{ title: y }] },
    ]);
  });

  it('tells texts of hardly a letter, in any script', () => {
    const short = ['...... ------ !!!!!! ??????', 'short', ''];
    const long = ['漢字'.repeat(10), 'один два три четыре пять'];
    const [problem, ...others] = findSetProblems(
      sets({ a: [...some('a'), ...short, ...long], b: some('b') }),
    );
    expect(problem).toMatchObject({ kind: 'near-empty', setId: 'a' });
    expect(problem.kind === 'near-empty' && problem.texts.map(({ title }) => title)).toEqual([
      short[0],
      'short',
      '',
    ]);
    expect(others).toEqual([]);
  });

  it('tells sets that share a name', () => {
    const twins = createTextSets(
      ['Web', 'web '].map((name) => ({ name, texts: sets({ [name]: some(name) })[0].texts })),
    );
    expect(findSetProblems(twins)).toEqual([
      { kind: 'same-name', setIds: ['web', 'web-2'], name: 'Web' },
    ]);
  });
});

describe('parseDomainFile', () => {
  const line = (id: string, label: string, text: string) =>
    JSON.stringify({ id, label, title: `Title ${id}`, text });

  it('gives the texts of each label with the id that they have in the file', () => {
    const parsed = parseDomainFile(
      [
        line('w1', 'web', 'A page.\n'),
        '',
        line('c1', 'code', '  x = 1'),
        line('w2', 'web', 'B'),
      ].join('\n'),
    );
    expect(parsed.broken.count).toBe(0);
    expect(parsed.sets.map(({ id, texts }) => [id, texts.map(({ text }) => text)])).toEqual([
      ['web', ['A page.\n', 'B']],
      ['code', ['  x = 1']],
    ]);
    expect(parsed.sets[1].texts[0]).toMatchObject({
      title: 'Title c1',
      source: { kind: 'built-in', domain: 'code', id: 'c1' },
    });
  });

  it('tells lines that lack something, and takes nothing for no sets', () => {
    const parsed = parseDomainFile(
      `<!doctype html>\n{"id":"a","label":"web","title":"t"}\n${line('b', 'web', 'x')}`,
    );
    expect(parsed.broken).toEqual({ count: 2, first: [1, 2] });
    expect(parsed.sets).toHaveLength(1);
    expect(parseDomainFile('').sets).toEqual([]);
  });
});
