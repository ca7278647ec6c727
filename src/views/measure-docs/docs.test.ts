import { describe, expect, it } from 'vitest';
import { HEAD_MEASURES } from '../../measures/head-measures.ts';
import { PATTERN_MEASURES } from '../../measures/pattern-measures.ts';
import { SLICE_MEASURES } from '../../measures/slice-measures.ts';
import { parseFormula } from '../../ui/parse-formula.ts';
import { formatTerm } from './arithmetic.ts';
import { DOCS, findDoc, searchDocs } from './docs.ts';
import { DOC_GROUPS, readSource } from './measure-doc.ts';

/** What must have a page, by the names that links may use. */
const WANTED = [
  ...HEAD_MEASURES.map(({ id }) => id),
  ...PATTERN_MEASURES.map(({ id }) => id),
  ...SLICE_MEASURES.map(({ id }) => id),
  'entropy',
  'entropy-share',
  'effective-keys',
  'distance',
  'interdependency',
  'first',
  'sink-rate',
  'confidence',
  'current',
  'previous',
  'duplicate',
  'induction',
  'detection',
  'induction-test',
  'prefix-matching',
  'ov-copying',
  'ov-copying-folded',
  'token-copying',
  'value-weighted',
  'rollout',
  'flow',
  'retrieval',
  'name-copying',
  'negative-name-copying',
  'successor',
  'copy-suppression',
  'copy-suppression-lowest',
  'negative-attention',
  'subword-merge',
  'punctuation',
  'variability',
  'divergence',
  'head-distance',
  'positional',
  'rare-words',
  'streaming',
  'bootstrap',
  'cliffs-delta',
  'hedges-g',
  'permutation-test',
  'false-discovery',
  'silhouette',
  'pca',
  'tsne',
  'umap',
];

describe('pages of measures', () => {
  it.each(WANTED)('%s has one', (id) => {
    expect(findDoc(id)).toBeDefined();
  });
  it('have ids of their own and stand in the groups of the index', () => {
    const ids = DOCS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const facts = DOCS.flatMap((doc) => doc.facts.map(({ id }) => id));
    expect(new Set(facts).size).toBe(facts.length);
    expect([...new Set(DOCS.map(({ group }) => group))]).toEqual([...DOC_GROUPS]);
  });
  it('say nothing of measures that are not there', () => {
    for (const id of ['', 'nonsense', '__proto__']) expect(findDoc(id)).toBeUndefined();
  });
});

describe.each(DOCS.map((doc) => [doc.id, doc] as const))('the page of %s', (_, doc) => {
  const prose = doc.prose();
  const example = doc.work();

  it('has all its parts in words', () => {
    for (const part of ['title', 'sentence', 'reading', 'where', 'also'] as const)
      expect(prose[part].length, part).toBeGreaterThan(2);
    expect(prose.sentence).toMatch(/[.?]$/);
    expect(prose.limits.length).toBeGreaterThanOrEqual(2);
    expect(prose.limits.length).toBeLessThanOrEqual(4);
    for (const sentence of [...prose.limits, ...prose.steps, ...prose.tables])
      expect(sentence).toMatch(/^[^-].{4}/);
    expect(prose.symbols).toHaveLength(doc.symbols.length);
    expect(prose.tables).toHaveLength(example.tables.length);
    expect(prose.results).toHaveLength(example.results.length);
    const said = example.steps.map(({ says }) => says).filter((says) => says !== null);
    expect(said).toEqual(prose.steps.map((_each, i) => i));
  });
  it('has formulas that can be set', () => {
    const sources = [
      ...doc.formulas,
      ...doc.symbols,
      ...[...example.steps, ...example.results].flatMap(({ left, expression }) => [
        left,
        expression.tex,
      ]),
    ];
    expect(doc.formulas.length).toBeGreaterThan(0);
    for (const source of sources) expect(parseFormula(source).length).toBeGreaterThan(0);
  });
  it('names a source, how sure it is, and what is needed', () => {
    expect(doc.facts.length).toBeGreaterThan(0);
    expect(doc.needs.length).toBeGreaterThan(0);
    for (const fact of doc.facts) {
      const { source, certainties } = readSource(fact);
      expect(source).toMatch(/\p{L}{2}.{6}/u);
      expect(source).not.toMatch(/methods|\[|\]/);
      expect(certainties.length).toBeGreaterThan(0);
      expect(certainties.includes('ours')).toBe(
        fact.certainty === 'ours' || /RECON/.test(fact.source),
      );
    }
  });
  it('shows arithmetic that comes to what the program computes', () => {
    expect(example.results.length).toBeGreaterThan(0);
    for (const { expression, value } of example.results) {
      expect(value).not.toBeNaN();
      expect(value).toBeCloseTo(expression.value, 5);
      expect(formatTerm(value)).toBe(formatTerm(expression.value));
    }
    for (const { expression } of example.steps) expect(expression.value).not.toBeNaN();
  });
  it('leads on to pages that are there', () => {
    expect(doc.related.length).toBeGreaterThan(0);
    for (const id of doc.related) {
      expect(
        DOCS.some((other) => other.id === id),
        id,
      ).toBe(true);
      expect(id).not.toBe(doc.id);
    }
  });
  it('has tables without holes', () => {
    for (const { rows, columns, values, kind } of example.tables) {
      expect(values).toHaveLength(rows.length);
      expect(new Set(columns).size).toBe(columns.length);
      for (const row of values) {
        if (kind !== 'attention') expect(row).toHaveLength(columns.length);
        else expect(row.reduce((total, weight) => total + weight, 0)).toBeCloseTo(1);
      }
    }
  });
});

describe('searchDocs', () => {
  const find = (query: string) => searchDocs(query).map(({ id }) => id);
  it('finds by title, other names, ids and authors', () => {
    expect(find('t-sne')).toEqual(['projection']);
    expect(find('entropy-omitted')).toContain('entropy');
    expect(find('olsson')).toContain('prefix-matching');
    expect(find('COSINE heads')).toEqual(['similar-heads']);
  });
  it('finds all with nothing, and nothing with nonsense', () => {
    expect(find('  ')).toHaveLength(DOCS.length);
    expect(find('qwertz')).toEqual([]);
  });
});

it('readSource says in words what the notes mark', () => {
  expect(readSource({ source: 'X 2020; methods 5.14 [MEM]', certainty: 'standard' })).toEqual({
    source: 'X 2020',
    certainties: ['literature'],
  });
  expect(
    readSource({ source: 'after X, y; methods 5.1 [CODE for the pattern]', certainty: 'ours' }),
  ).toEqual({ source: 'after X, y', certainties: ['code', 'ours'] });
});
