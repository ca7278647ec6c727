import { describe, expect, it } from 'vitest';
import { listRoles, listScoring, type TestResults } from './head-roles.ts';
import { parseRoleFilter } from './role-filter.ts';
import { findSimilarRoles, standardise } from './similar-roles.ts';

const result = (...scores: number[]) => ({
  scores: Float64Array.from(scores),
  details: new Float64Array(scores.length).fill(Number.NaN),
  evidence: null,
  probeCount: 1,
});

/** Two layers of two heads. */
const TESTS: TestResults = {
  induction: result(0.1, 0.9, 0.4, Number.NaN),
  previous: result(0.95, 0.45, 0, 0.2),
  sink: result(0.2, 1, 0.9, 0.8),
};

describe('listRoles', () => {
  it('puts the strongest first, and common roles after all others', () => {
    const ids = (at: number) => listRoles(TESTS, at).map(({ test }) => test.id);
    expect([0, 1, 2, 3].map(ids)).toEqual([
      ['previous'],
      ['induction', 'previous', 'sink'],
      ['induction', 'sink'],
      ['sink'],
    ]);
    expect(listRoles(TESTS, 1)[0].strength).toBeCloseTo(0.5 / 0.6);
  });
});

describe('the role that leads a family', () => {
  it('names a head that has it, however strong the others are', () => {
    const tests = {
      induction: result(0.5, 0.3),
      'prefix-matching': result(0.9, 0.9),
      retrieval: result(0.95, 0.2),
      previous: result(0.99, 0),
      sink: result(0.4, 0),
      'first-random': result(1, 0),
    };
    expect(listRoles(tests, 0).map(({ test }) => test.id)).toEqual([
      'previous',
      'induction',
      'retrieval',
      'prefix-matching',
      'sink',
      'first-random',
    ]);
    expect(listRoles(tests, 1)[0].test.id).toBe('prefix-matching');
  });
});

describe('listScoring', () => {
  it('gives the heads that reach the threshold, best first', () => {
    expect(listScoring(TESTS, 'induction', 2)).toEqual([
      { layer: 0, head: 1, score: 0.9 },
      { layer: 1, head: 0, score: 0.4 },
    ]);
    expect(listScoring(TESTS, 'retrieval', 2)).toEqual([]);
  });
});

describe('findSimilarRoles', () => {
  it('standardises over the defined heads', () => {
    const [column] = standardise({ induction: result(1, 3, Number.NaN, 2) });
    expect([...column]).toEqual([
      expect.closeTo(-1.2247),
      expect.closeTo(1.2247),
      0,
      expect.closeTo(0),
    ]);
    expect(standardise({ induction: result(1, 1, 1, 1) })).toEqual([]);
  });

  it('finds the head that scores alike', () => {
    const tests = {
      induction: result(0.9, 0.1, 0.8, 0.1),
      previous: result(0.1, 0.9, 0.2, 0.5),
    };
    const [first, ...others] = findSimilarRoles(tests, 2, 0, 3);
    expect([first.layer, first.head]).toEqual([1, 0]);
    expect(first.similarity).toBeGreaterThan(0.95);
    expect(others.at(-1)).toMatchObject({ layer: 0, head: 1 });
    expect(others.at(-1)?.similarity).toBeLessThan(-0.95);
  });
});

describe('parseRoleFilter', () => {
  const matching = (text: string) => {
    const filter = parseRoleFilter(text);
    if (!filter.ok) throw new Error(filter.problem);
    return [0, 1, 2, 3].filter((at) => filter.test(TESTS, Math.floor(at / 2), at % 2, at));
  };

  it('compares scores, layers and heads, and knows roles', () => {
    expect(matching('')).toEqual([0, 1, 2, 3]);
    expect(matching('induction > .3')).toEqual([1, 2]);
    expect(matching('Induction')).toEqual([1, 2]);
    expect(matching('sink >= .8 and layer = 1')).toEqual([2, 3]);
    expect(matching('head = 1, previous < .3')).toEqual([3]);
  });

  it('matches nothing where a score is undefined', () => {
    expect(matching('induction < 2')).toEqual([0, 1, 2]);
    expect(matching('name mover < 2')).toEqual([]);
  });

  it('names what it cannot read', () => {
    expect(parseRoleFilter('induction > .3, nonsense > 2')).toEqual({
      ok: false,
      problem: 'nonsense > 2',
    });
  });
});
