import { BATTERY, getStrength, getTest, hasRole } from './battery.ts';
import type { TestResult } from './role-collector.ts';
import type { RoleTest } from './role-test.ts';

/** Results of tests by id. */
export type TestResults = Readonly<Record<string, TestResult>>;

/** A role that a head has. */
export interface HeadRole {
  readonly test: RoleTest;
  readonly score: number;
  /** How far over the threshold, see `getStrength`. */
  readonly strength: number;
}

/** A head with its score of one test. */
export interface ScoredHead {
  readonly layer: number;
  readonly head: number;
  readonly score: number;
}

/**
 * Roles that a head has, strongest first: those that few heads have before the common ones (sinks and the
 * like), which would hide all others; within a family the one that leads it, as induction does. `at` is
 * layer x heads + head.
 */
export function listRoles(tests: TestResults, at: number): readonly HeadRole[] {
  const sorted = BATTERY.flatMap((test) => {
    const score = tests[test.id]?.scores[at] ?? Number.NaN;
    return test.namesRole && hasRole(test, score)
      ? [{ test, score, strength: getStrength(test, score) }]
      : [];
  }).sort((a, b) => Number(a.test.isCommon) - Number(b.test.isCommon) || b.strength - a.strength);
  for (const leader of sorted.filter(({ test }) => test.leads)) {
    const first = sorted.findIndex(({ test }) => test.family === leader.test.family);
    sorted.splice(sorted.indexOf(leader), 1);
    sorted.splice(first, 0, leader);
  }
  return sorted;
}

/** The heads that have a test's role, best first. */
export function listScoring(
  tests: TestResults,
  id: string,
  headCount: number,
): readonly ScoredHead[] {
  const test = getTest(id);
  return Array.from(tests[id]?.scores ?? [], (score, at) => ({
    layer: Math.floor(at / headCount),
    head: at % headCount,
    score,
  }))
    .filter(({ score }) => hasRole(test, score))
    .sort((a, b) => b.score - a.score);
}
