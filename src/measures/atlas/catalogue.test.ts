import { describe, expect, it } from 'vitest';
import { BATTERY, getStrength, getTest, hasRole } from './battery.ts';
import { CATALOGUE, getTypeOfTest, HEAD_GROUPS } from './catalogue.ts';

/** The survey's table, methods 4.2, type by type in its order. */
const TABLE = [
  'associative-memory',
  'memory',
  'constant',
  'single-letter',
  'negative',
  'previous',
  'positional',
  'rare-words',
  'duplicate',
  'retrieval',
  'subword-merge',
  'syntactic',
  'mover',
  'name-mover',
  'negative-name-mover',
  'letter-mover',
  'context',
  'content-gatherer',
  'sentiment-summarizer',
  'semantic-induction',
  'subject',
  'relation',
  'summary-reader',
  'function-vector',
  'induction',
  'in-context',
  'truthfulness',
  'accuracy',
  'consistency',
  'vulnerable',
  'correct-letter',
  'iteration',
  'successor',
  'suppression',
  'mixed',
  'amplification',
  'correct',
  'coherence',
  'faithfulness',
];

describe('the catalogue', () => {
  it('holds every type of the survey’s table, and says which are from elsewhere', () => {
    const ofTable = CATALOGUE.filter(({ stage }) => stage !== 'beyond');
    expect(ofTable.map(({ id }) => id)).toEqual(TABLE);
    expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length);
    expect(new Set(CATALOGUE.map(({ group }) => group))).toEqual(new Set(HEAD_GROUPS));
  });

  it('has for every type a test or a reason why there is none', () => {
    for (const { id, tests, noTest } of CATALOGUE) {
      expect(tests.length > 0, id).toBe(noTest === null);
      for (const test of tests) expect(getTest(test).id).toBe(test);
    }
  });

  it('gives every test of the battery a type', () => {
    for (const { id } of BATTERY) expect(getTypeOfTest(id).tests).toContain(id);
    expect(CATALOGUE.flatMap(({ tests }) => tests).length).toBe(BATTERY.length);
  });
});

describe('the battery', () => {
  it('has tests of different names, each with a threshold below its full score', () => {
    expect(new Set(BATTERY.map(({ id }) => id)).size).toBe(BATTERY.length);
    for (const { id, threshold, full } of BATTERY) expect(threshold, id).toBeLessThan(full);
  });

  it('measures how far a score lies over the threshold', () => {
    const test = getTest('induction');
    expect([0.4, 1, 0.7].map((score) => getStrength(test, score))).toEqual([
      0,
      1,
      expect.closeTo(0.5),
    ]);
    expect([0.4, 0.39, Number.NaN].map((score) => hasRole(test, score))).toEqual([
      true,
      false,
      false,
    ]);
  });
});
